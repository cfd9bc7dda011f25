/**
 * A bounded little-endian reader of a message payload.
 *
 * @module
 */

import { BYTES } from "./argument.ts";
import { WireError } from "./errors.ts";

/**
 * Reads fields from a payload, one after another. Every method takes the name of the field, for the
 * {@linkcode WireError} of a failed read, which also gives the offset and the number of missing bytes.
 *
 * @example
 * ```ts
 * import { PayloadReader } from "@bitcoin-p2p/handshake/wire";
 * import { assertEquals } from "@std/assert";
 *
 * const reader = new PayloadReader(Uint8Array.of(0x62, 0xea, 0x00, 0x00));
 * assertEquals(reader.int32("version"), 60002);
 * assertEquals(reader.remaining, 0);
 * ```
 */
export class PayloadReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  /**
   * Starts at the first byte of `bytes`, which is neither copied nor changed.
   *
   * @throws {TypeError} when it is not a `Uint8Array`.
   */
  constructor(bytes: Uint8Array) {
    BYTES.check("payload", bytes);
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** How many bytes have not been read yet. */
  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  /** Unsigned 8-bit integer. */
  uint8(field: string): number {
    return this.#view.getUint8(this.#advance(1, field));
  }

  /** Unsigned 16-bit integer. */
  uint16(field: string): number {
    return this.#view.getUint16(this.#advance(2, field), true);
  }

  /** Unsigned 16-bit integer in network byte order, as ports are. */
  uint16BigEndian(field: string): number {
    return this.#view.getUint16(this.#advance(2, field), false);
  }

  /** Unsigned 32-bit integer. */
  uint32(field: string): number {
    return this.#view.getUint32(this.#advance(4, field), true);
  }

  /** Signed 32-bit integer. */
  int32(field: string): number {
    return this.#view.getInt32(this.#advance(4, field), true);
  }

  /** Unsigned 64-bit integer. */
  uint64(field: string): bigint {
    return this.#view.getBigUint64(this.#advance(8, field), true);
  }

  /** Signed 64-bit integer. */
  int64(field: string): bigint {
    return this.#view.getBigInt64(this.#advance(8, field), true);
  }

  /** The next `length` bytes, as a view into the payload; `length` is an integer from 0. */
  bytes(length: number, field: string): Uint8Array {
    if (!Number.isInteger(length) || length < 0) {
      throw new WireError("out_of_range", `Cannot read ${field}: expected a non-negative length, got ${length}`);
    }
    const start = this.#advance(length, field);
    return this.#bytes.subarray(start, start + length);
  }

  /** Advances by `length` bytes, if they are there. */
  #advance(length: number, field: string): number {
    const start = this.#offset;
    if (length > this.remaining) {
      throw new WireError(
        "truncated",
        `Cannot read ${field}: expected ${length} bytes at offset ${start}, ${
          length - this.remaining
        } of them are missing`,
      );
    }
    this.#offset += length;
    return start;
  }
}
