/**
 * What a transport has to send, collected until its connection takes it.
 *
 * @module
 */

const NOTHING = new Uint8Array();

/** Bytes to send, in order. */
export class Outbox {
  #parts: Uint8Array<ArrayBuffer>[] = [];

  /** Adds bytes behind those that are there; they must not change any more. */
  add(bytes: Uint8Array<ArrayBuffer>): void {
    this.#parts.push(bytes);
  }

  /** Everything that was added since the last time, as one write. */
  take(): Uint8Array<ArrayBuffer> {
    const parts = this.#parts;
    const [first = NOTHING] = parts;
    if (parts.length === 0) return first;
    this.#parts = [];
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
