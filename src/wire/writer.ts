/**
 * A bounded little-endian writer of a message payload.
 *
 * @module
 */

import { isBytes } from "./argument.ts";
import { WireError } from "./errors.ts";

/**
 * Writes fields into a payload of bounded size. A value that does not fit into its field, or a field past the bound, is
 * a {@linkcode WireError} `out_of_range`; values are never truncated or wrapped.
 *
 * @example
 * ```ts
 * import { PayloadWriter } from "@bitcoin-p2p/handshake/wire";
 * import { assertEquals } from "@std/assert";
 *
 * const writer = new PayloadWriter(16);
 * writer.int32(60002, "version");
 * assertEquals(writer.finish(), Uint8Array.of(0x62, 0xea, 0x00, 0x00));
 * ```
 */
export class PayloadWriter {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView<ArrayBuffer>;
  #offset = 0;

  /** Makes room for at most `capacity` bytes. */
  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Unsigned 8-bit integer. */
  uint8(value: number, field: string): void {
    checkInteger(value, 0, 0xff, field);
    this.#view.setUint8(this.#advance(1, field), value);
  }

  /** Unsigned 16-bit integer. */
  uint16(value: number, field: string): void {
    checkInteger(value, 0, 0xffff, field);
    this.#view.setUint16(this.#advance(2, field), value, true);
  }

  /** Unsigned 16-bit integer in network byte order, as ports are. */
  uint16BigEndian(value: number, field: string): void {
    checkInteger(value, 0, 0xffff, field);
    this.#view.setUint16(this.#advance(2, field), value, false);
  }

  /** Unsigned 32-bit integer. */
  uint32(value: number, field: string): void {
    checkInteger(value, 0, 0xffff_ffff, field);
    this.#view.setUint32(this.#advance(4, field), value, true);
  }

  /** Signed 32-bit integer. */
  int32(value: number, field: string): void {
    checkInteger(value, -0x8000_0000, 0x7fff_ffff, field);
    this.#view.setInt32(this.#advance(4, field), value, true);
  }

  /** Unsigned 64-bit integer. */
  uint64(value: bigint, field: string): void {
    checkBits(value, BigInt.asUintN, "an unsigned", field);
    this.#view.setBigUint64(this.#advance(8, field), value, true);
  }

  /** Signed 64-bit integer. */
  int64(value: bigint, field: string): void {
    checkBits(value, BigInt.asIntN, "a signed", field);
    this.#view.setBigInt64(this.#advance(8, field), value, true);
  }

  /** Raw bytes. */
  bytes(value: Uint8Array, field: string): void {
    if (!isBytes(value)) {
      throw new WireError("out_of_range", `Cannot write ${field}: expected bytes, got ${value}`);
    }
    this.#bytes.set(value, this.#advance(value.length, field));
  }

  /** What has been written so far, as a view. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#offset);
  }

  /** Advances by `length` bytes, if they fit. */
  #advance(length: number, field: string): number {
    const start = this.#offset;
    if (start + length > this.#bytes.length) {
      throw new WireError(
        "out_of_range",
        `Cannot write ${field}: ${length} bytes at offset ${start} do not fit into ${this.#bytes.length}`,
      );
    }
    this.#offset += length;
    return start;
  }
}

function checkInteger(value: number, min: number, max: number, field: string): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new WireError(
      "out_of_range",
      `Cannot write ${field}: expected an integer from ${min} to ${max}, got ${value}`,
    );
  }
}

function checkBits(value: bigint, wrap: typeof BigInt.asIntN, signedness: string, field: string): void {
  if (typeof value !== "bigint" || value !== wrap(64, value)) {
    throw new WireError(
      "out_of_range",
      `Cannot write ${field}: expected ${signedness} 64-bit integer, got ${value}`,
    );
  }
}
