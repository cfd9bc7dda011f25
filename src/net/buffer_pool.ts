/**
 * Buffers to read into, used again and again: one of its own for each of many thousand connections would be much to
 * clear away.
 *
 * @module
 */

/** Buffers of one size; there are never more of them than were in use at once. */
export class BufferPool {
  readonly #size: number;
  readonly #free: Uint8Array<ArrayBuffer>[] = [];

  /** Has no buffer yet; each will have `size` bytes. */
  constructor(size: number) {
    this.#size = size;
  }

  /** A buffer for the caller alone, with anything in it. */
  take(): Uint8Array<ArrayBuffer> {
    return this.#free.pop() ?? new Uint8Array(this.#size);
  }

  /** Takes back a buffer that nobody reads into, or looks at, any more. */
  giveBack(buffer: Uint8Array<ArrayBuffer>): void {
    this.#free.push(buffer);
  }
}
