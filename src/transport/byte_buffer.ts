/**
 * A buffer for bytes that arrive in pieces.
 *
 * @module
 */

const FIRST_CAPACITY = 64;

/** Keeps bytes up to a limit. Memory grows with what has arrived, not with the limit. */
export class ByteBuffer {
  #limit: number;
  #room: Uint8Array<ArrayBuffer> = new Uint8Array();
  #length = 0;

  /** Starts empty; keeps at most `limit` bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The bytes so far, as a view that is valid until the next {@linkcode ByteBuffer.add}. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#room.subarray(0, this.#length);
  }

  /** Whether the limit is reached. */
  get isFull(): boolean {
    return this.#length === this.#limit;
  }

  /** Raises the limit to `limit` bytes, but not below what is already there. */
  raiseLimit(limit: number): void {
    this.#limit = limit;
  }

  /** Adds as many of the bytes as fit, and returns how many. */
  add(bytes: Uint8Array): number {
    const taken = Math.min(bytes.length, this.#limit - this.#length);
    const needed = this.#length + taken;
    if (needed > this.#room.length) {
      const grown = new Uint8Array(Math.min(this.#limit, Math.max(needed, 2 * this.#length, FIRST_CAPACITY)));
      grown.set(this.bytes);
      this.#room = grown;
    }
    this.#room.set(bytes.subarray(0, taken), this.#length);
    this.#length = needed;
    return taken;
  }
}
