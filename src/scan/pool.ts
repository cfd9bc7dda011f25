/**
 * Bounded concurrency.
 *
 * @module
 */

import { FifoQueue, type Queue } from "./queue.ts";

/** Options of a {@linkcode Pool}. */
export interface PoolOptions<T> {
  /** Maximum number of items in progress at once. */
  readonly limit: number;
  /** Works on an item; must not reject. */
  readonly work: (item: T) => Promise<void>;
  /** Called whenever the last item is done. */
  readonly onIdle: () => void;
  /** The waiting items, in the order in which they are started; first come, first served by default. */
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

  /** Does nothing until {@linkcode Pool.add} or {@linkcode Pool.start}. */
  constructor({ limit, work, onIdle, queue = new FifoQueue() }: PoolOptions<T>) {
    this.#limit = limit;
    this.#work = work;
    this.#onIdle = onIdle;
    this.#queue = queue;
  }

  /** How many items are in progress. */
  get active(): number {
    return this.#active;
  }

  /** How many items are waiting. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** Whether nothing is in progress or waiting. */
  get idle(): boolean {
    return this.#active === 0 && this.waiting === 0;
  }

  /** Adds an item, and starts it if there is room. */
  add(item: T): void {
    this.#queue.push(item);
    this.start();
  }

  /** Starts waiting items while there is room; to be called after adding to the queue directly. */
  start(): void {
    while (this.#active < this.#limit) {
      const item = this.#queue.take();
      if (item === undefined) break;
      this.#active++;
      this.#work(item).then(this.#onDone);
    }
    this.#makeRoom();
  }

  /** Drops the items that have not been started. */
  clear(): void {
    this.#queue.clear();
    this.#makeRoom();
  }

  /** Resolves when fewer than `most` items are waiting; `undefined` if that is already so. One caller at a time. */
  room(most: number): Promise<void> | undefined {
    if (this.waiting < most) return undefined;
    return new Promise((resolve) => this.#room = { most, resolve });
  }

  #makeRoom(): void {
    if (this.#room === null || this.waiting >= this.#room.most) return;
    this.#room.resolve();
  }

  readonly #onDone = (): void => {
    this.#active--;
    this.start();
    if (this.idle) this.#onIdle();
  };
}
