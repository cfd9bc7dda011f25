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

  /** Adds a value; resolves when there is room for another one. */
  async put(value: T): Promise<void> {
    this.#values.push(value);
    this.#arrived.resolve();
    if (this.#values.length >= this.#capacity) await this.#drained.promise;
  }

  /** Lets the consumer finish once it has taken what is there. */
  close(): void {
    this.#closed = true;
    this.#arrived.resolve();
  }

  /** Takes the values. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, void> {
    while (this.#values.length > 0 || !this.#closed) {
      await this.#arrived.promise;
      const values = this.#values;
      this.#values = [];
      this.#drained.resolve();
      if (!this.#closed) this.#arrived = Promise.withResolvers();
      this.#drained = Promise.withResolvers();
      yield* values;
    }
  }
}
