/**
 * What a transport has to send, until the connection takes it.
 *
 * @module
 */

const NOTHING = new Uint8Array();

/** Never added to. */
const NO_PARTS: Uint8Array<ArrayBuffer>[] = [];

/** Bytes to send, in order. */
export class Outbox {
  #parts = NO_PARTS;

  /** Appends bytes, which must not change after that. */
  add(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#parts.length === 0) this.#parts = [bytes];
    else this.#parts.push(bytes);
  }

  /** Takes everything added since the last call, for a single write. */
  take(): Uint8Array<ArrayBuffer> {
    const parts = this.#parts;
    const [first = NOTHING] = parts;
    this.#parts = NO_PARTS;
    if (parts.length <= 1) return first;
    const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let offset = 0;
    for (const part of parts) {
      joined.set(part, offset);
      offset += part.length;
    }
    return joined;
  }
}
