/**
 * Bytes that come in pieces.
 *
 * @module
 */

const FIRST_CAPACITY = 64;

/** Keeps bytes up to a limit. It makes room for what has come, not for what may. */
export class ByteBuffer {
  #limit: number;
  #room: Uint8Array<ArrayBuffer> = new Uint8Array();
  #length = 0;

  /** Starts empty; keeps `limit` bytes at most. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** What has come, as a view that is good until the next {@linkcode ByteBuffer.add}. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#room.subarray(0, this.#length);
  }

  /** Whether the limit is reached. */
  get isFull(): boolean {
    return this.#length === this.#limit;
  }

  /** Keeps `limit` bytes at most from now on, no fewer than there are. */
  raiseLimit(limit: number): void {
    this.#limit = limit;
  }

  /** Adds as many of the bytes as there is room for, and says how many. */
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
