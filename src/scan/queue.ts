/**
 * The items waiting for a pool, and their order.
 *
 * @module
 */

/** Waiting items. For another order, by priority for instance, give the pool another implementation. */
export interface Queue<T> {
  /** How many items are waiting. */
  readonly size: number;
  /** Adds an item. */
  push(item: T): void;
  /** Removes and returns the next item; `undefined` if there is none, or none that may be started now. */
  take(): T | undefined;
  /** Removes all items. */
  clear(): void;
}

/** First come, first served. Keeps no reference to items that have been taken. */
export class FifoQueue<T> implements Queue<T> {
  /** The newest item last. */
  #incoming: T[] = [];
  /** The oldest item last; all are older than those in `#incoming`. */
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
