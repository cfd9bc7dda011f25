/**
 * The garbage of the v2 transport: bytes that mean nothing, behind a key and up to a terminator, so that what goes over
 * the wire has no length of its own.
 *
 * Source: BIP 324, "Overview and design".
 *
 * @module
 */

import type { RandomBytes } from "../crypto/ellswift.ts";
import { GARBAGE_TERMINATOR_SIZE } from "../crypto/key_schedule.ts";
import { ByteBuffer } from "./byte_buffer.ts";
import { TransportError } from "./errors.ts";

/** The longest garbage, in bytes. */
export const MAX_GARBAGE_SIZE = 4095;

/** Random bytes, from 0 to {@linkcode MAX_GARBAGE_SIZE} of them, each length as likely. */
export function randomGarbage(randomBytes: RandomBytes): Uint8Array<ArrayBuffer> {
  const [low = 0, high = 0] = randomBytes(2);
  return randomBytes((low | high << 8) & MAX_GARBAGE_SIZE);
}

/** The garbage that comes, of which only what ends it is known. */
export class IncomingGarbage {
  readonly #terminator: Uint8Array;
  readonly #received = new ByteBuffer(MAX_GARBAGE_SIZE + GARBAGE_TERMINATOR_SIZE);

  /** Starts behind the peer's key. */
  constructor(terminator: Uint8Array) {
    this.#terminator = terminator;
  }

  /**
   * Takes bytes, no further than to the end of the terminator; returns how many, and the garbage if that was reached.
   *
   * @throws {TransportError} `v2_protocol_error` when there is no terminator where it can still be.
   */
  take(bytes: Uint8Array): { taken: number; garbage: Uint8Array | null } {
    const before = this.#received.bytes.length;
    const taken = this.#received.add(bytes);
    const received = this.#received.bytes;
    const size = GARBAGE_TERMINATOR_SIZE;
    for (let start = Math.max(0, before - size + 1); start + size <= received.length; start++) {
      if (this.#terminator.every((byte, i) => received[start + i] === byte)) {
        return { taken: start + size - before, garbage: received.subarray(0, start) };
      }
    }
    if (this.#received.isFull) {
      throw new TransportError(
        "v2_protocol_error",
        `Expected a garbage terminator behind ${MAX_GARBAGE_SIZE} bytes of garbage at the latest, it did not come`,
      );
    }
    return { taken, garbage: null };
  }
}
