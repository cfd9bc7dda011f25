/**
 * What a transport has to send, collected until its connection takes it.
 *
 * @module
 */

const NOTHING = new Uint8Array();

/** Nobody adds to it. */
const NO_PARTS: Uint8Array<ArrayBuffer>[] = [];

/** Bytes to send, in order. */
export class Outbox {
  #parts = NO_PARTS;

  /** Adds bytes behind those that are there; they must not change any more. */
  add(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#parts.length === 0) this.#parts = [bytes];
    else this.#parts.push(bytes);
  }

  /** Everything that was added since the last time, as one write. */
  take(): Uint8Array<ArrayBuffer> {
    const parts = this.#parts;
    const [first = NOTHING] = parts;
    if (parts.length === 0) return first;
    this.#parts = NO_PARTS;
    if (parts.length === 1) return first;
    const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let offset = 0;
    for (const part of parts) {
      joined.set(part, offset);
      offset += part.length;
    }
    return joined;
  }
}
