/**
 * The garbage of the v2 transport: random bytes after a key, up to a terminator, so that the traffic has no typical
 * length.
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

/** From 0 to {@linkcode MAX_GARBAGE_SIZE} random bytes, each length equally likely. */
export function randomGarbage(randomBytes: RandomBytes): Uint8Array<ArrayBuffer> {
  const [low = 0, high = 0] = randomBytes(2);
  return randomBytes((low | high << 8) & MAX_GARBAGE_SIZE);
}

/** Incoming garbage, which ends with a known terminator. */
export class IncomingGarbage {
  readonly #terminator: Uint8Array;
  readonly #received = new ByteBuffer(MAX_GARBAGE_SIZE + GARBAGE_TERMINATOR_SIZE);

  /** Starts after the peer's key. */
  constructor(terminator: Uint8Array) {
    this.#terminator = terminator;
  }

  /**
   * Takes bytes up to the end of the terminator; returns how many, and the garbage once it is complete.
   *
   * @throws {TransportError} `v2_protocol_error` when the terminator can no longer come in time.
   */
  take(bytes: Uint8Array): { taken: number; garbage: Uint8Array | null } {
    const before = this.#received.bytes.length;
    const taken = this.#received.add(bytes);
    const received = this.#received.bytes;
    const size = indexOf(received, this.#terminator, Math.max(0, before - GARBAGE_TERMINATOR_SIZE + 1));
    if (size !== -1) {
      return { taken: size + GARBAGE_TERMINATOR_SIZE - before, garbage: received.subarray(0, size) };
    }
    if (this.#received.isFull) {
      throw new TransportError(
        "v2_protocol_error",
        `Expected a garbage terminator after at most ${MAX_GARBAGE_SIZE} bytes of garbage, but there was none`,
      );
    }
    return { taken, garbage: null };
  }
}

/** The index of `part` in `bytes`, from `start` on; -1 if there is none. */
function indexOf(bytes: Uint8Array, part: Uint8Array, start: number): number {
  const [first = 0] = part;
  for (let at = bytes.indexOf(first, start); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (part.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return -1;
}
