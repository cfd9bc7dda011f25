/**
 * A bounded queue between producers and one consumer.
 *
 * @module
 */

/** Values put in come out in order; `put` waits while `capacity` of them wait to be taken. */
export class Channel<T> implements AsyncIterable<T> {
  readonly #capacity: number;
  #values: T[] = [];
  #closed = false;
  #arrived = Promise.withResolvers<void>();
  #drained = Promise.withResolvers<void>();

  /** An open, empty channel. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Adds a value; where there is no room for another one, resolves when there is. */
  put(value: T): void | Promise<void> {
    this.#values.push(value);
    this.#arrived.resolve();
    if (this.#values.length >= this.#capacity) return this.#drained.promise;
  }

  /** Lets the consumer finish once it has taken what is there. */
  close(): void {
    this.#closed = true;
    this.#arrived.resolve();
  }

  /** Takes all values that are there, one at least; `null` when there are none left and none will come. */
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
