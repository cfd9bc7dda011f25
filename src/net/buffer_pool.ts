/**
 * Reusable read buffers: a new one for each of many thousand connections would burden the garbage collector.
 *
 * @module
 */

/** Buffers of one size; never holds more than were in use at once. */
export class BufferPool {
  readonly #size: number;
  readonly #free: Uint8Array<ArrayBuffer>[] = [];

  /** Starts empty; each buffer will have `size` bytes. */
  constructor(size: number) {
    this.#size = size;
  }

  /** A buffer for the caller's exclusive use, with arbitrary contents. */
  take(): Uint8Array<ArrayBuffer> {
    return this.#free.pop() ?? new Uint8Array(this.#size);
  }

  /** Takes back a buffer that is no longer in use. */
  giveBack(buffer: Uint8Array<ArrayBuffer>): void {
    this.#free.push(buffer);
  }
}
