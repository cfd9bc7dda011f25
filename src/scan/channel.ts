/**
 * A bounded queue between producers and one consumer.
 *
 * @module
 */

/** Values come out in the order they were put in; `put` waits while the channel holds `capacity` of them. */
export class Channel<T> implements AsyncIterable<T> {
  #capacity: number;
  #values: T[] = [];
  #closed = false;
  #arrived = Promise.withResolvers<void>();
  #drained = Promise.withResolvers<void>();

  /** An open, empty channel. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Adds a value; if that fills the channel, resolves when there is room again. */
  put(value: T): void | Promise<void> {
    this.#values.push(value);
    this.#arrived.resolve();
    if (this.#values.length >= this.#capacity) return this.#drained.promise;
  }

  /** Ends the channel once the consumer has taken everything in it. */
  close(): void {
    this.#closed = true;
    this.#arrived.resolve();
  }

  /** Nobody takes values any more: `put` never waits again. */
  abandon(): void {
    this.#capacity = Infinity;
    this.#drained.resolve();
  }

  /** Takes all values in the channel, at least one; `null` once it is closed and empty. */
  async take(): Promise<readonly T[] | null> {
    await this.#arrived.promise;
    const values = this.#values;
    this.#values = [];
    this.#drained.resolve();
    this.#drained = Promise.withResolvers();
    if (!this.#closed) this.#arrived = Promise.withResolvers();
    return values.length > 0 ? values : null;
  }

  /** All values, one by one, until the channel is closed. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, void> {
    for (let values; (values = await this.take()) !== null;) {
      for (const value of values) yield value;
    }
  }
}
