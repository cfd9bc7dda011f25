/**
 * Bounded concurrency.
 *
 * @module
 */

import { FifoQueue, type Queue } from "./queue.ts";

/** What a {@linkcode Pool} does. */
export interface PoolOptions<T> {
  /** How many items are worked on at once, at most. */
  readonly limit: number;
  /** Works on an item; must not reject. */
  readonly work: (item: T) => Promise<void>;
  /** Called whenever the last item is done. */
  readonly onIdle: () => void;
  /** What waits, in the order in which it is started; first come, first served by default. */
  readonly queue?: Queue<T>;
}

/** Works on items, a limited number at once. */
export class Pool<T> {
  readonly #limit: number;
  readonly #work: (item: T) => Promise<void>;
  readonly #onIdle: () => void;
  readonly #queue: Queue<T>;
  #active = 0;
  #room: { readonly most: number; readonly resolve: () => void } | null = null;

  /** A pool that starts on what is in its queue when it is told to. */
  constructor({ limit, work, onIdle, queue = new FifoQueue() }: PoolOptions<T>) {
    this.#limit = limit;
    this.#work = work;
    this.#onIdle = onIdle;
    this.#queue = queue;
  }

  /** How many items are being worked on. */
  get active(): number {
    return this.#active;
  }

  /** How many items wait. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** Whether nothing is being worked on and nothing waits. */
  get idle(): boolean {
    return this.#active === 0 && this.waiting === 0;
  }

  /** Adds an item, and starts on it if there is room. */
  add(item: T): void {
    this.#queue.push(item);
    this.start();
  }

  /** Starts on what waits, as far as there is room; to be called after others have added to the queue. */
  start(): void {
    while (this.#active < this.#limit) {
      const item = this.#queue.take();
      if (item === undefined) break;
      this.#active++;
      this.#work(item).then(this.#onDone);
    }
    this.#makeRoom();
  }

  /** Forgets what has not been started. */
  clear(): void {
    this.#queue.clear();
    this.#makeRoom();
  }

  /** Resolves when fewer than `most` items wait; `undefined` where they do already. One caller at a time. */
  room(most: number): Promise<void> | undefined {
    if (this.waiting < most) return undefined;
    return new Promise((resolve) => this.#room = { most, resolve });
  }

  #makeRoom(): void {
    if (this.#room === null || this.waiting >= this.#room.most) return;
    this.#room.resolve();
    this.#room = null;
  }

  readonly #onDone = (): void => {
    this.#active--;
    this.start();
    if (this.idle) this.#onIdle();
  };
}
