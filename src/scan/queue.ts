/**
 * What waits for a pool, and in which order it is taken.
 *
 * @module
 */

/** Items that wait. Whoever has an order of its own, by priority for instance, gives a pool its own. */
export interface Queue<T> {
  /** How many items wait. */
  readonly size: number;
  /** Adds an item. */
  push(item: T): void;
  /** Removes the next item; `undefined` when there is none, or none that may be started now. */
  take(): T | undefined;
  /** Removes all items. */
  clear(): void;
}

/** First come, first served. It keeps nothing of what has been taken. */
export class FifoQueue<T> implements Queue<T> {
  /** The newest item last. */
  #incoming: T[] = [];
  /** The oldest item last; all of them are older than those of `#incoming`. */
  #outgoing: T[] = [];

  get size(): number {
    return this.#incoming.length + this.#outgoing.length;
  }

  push(item: T): void {
    this.#incoming.push(item);
  }

  take(): T | undefined {
    if (this.#outgoing.length === 0) {
      this.#outgoing = this.#incoming.reverse();
      this.#incoming = [];
    }
    return this.#outgoing.pop();
  }

  clear(): void {
    this.#incoming = [];
    this.#outgoing = [];
  }
}
