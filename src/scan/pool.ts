/**
 * Bounded concurrency.
 *
 * @module
 */

/** Works on items, at most `limit` at once, first come first served. */
export class Pool<T> {
  readonly #limit: number;
  readonly #work: (item: T) => Promise<void>;
  readonly #onIdle: () => void;
  #waiting: T[] = [];
  #next = 0;
  #active = 0;

  /** `work` must not reject; `onIdle` is called whenever the last item is done. */
  constructor(limit: number, work: (item: T) => Promise<void>, onIdle: () => void) {
    this.#limit = limit;
    this.#work = work;
    this.#onIdle = onIdle;
  }

  /** How many items are being worked on. */
  get active(): number {
    return this.#active;
  }

  /** How many items wait. */
  get waiting(): number {
    return this.#waiting.length - this.#next;
  }

  /** Whether nothing is being worked on and nothing waits. */
  get idle(): boolean {
    return this.#active === 0 && this.waiting === 0;
  }

  /** Adds an item, and starts on it if there is room. */
  add(item: T): void {
    this.#waiting.push(item);
    this.#startWaiting();
  }

  /** Forgets what has not been started. */
  clear(): void {
    this.#waiting = [];
    this.#next = 0;
  }

  #startWaiting(): void {
    while (this.#active < this.#limit && this.#next < this.#waiting.length) {
      const item = this.#waiting[this.#next++] as T;
      this.#active++;
      this.#work(item).then(this.#onDone);
    }
  }

  readonly #onDone = (): void => {
    this.#active--;
    this.#startWaiting();
    if (this.idle) this.#onIdle();
  };
}
