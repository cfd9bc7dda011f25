/**
 * CompactSize, the variable-length integer before strings and lists: one byte below 253, otherwise a marker byte and 2,
 * 4 or 8 bytes, little-endian. Not to be confused with LEB128 varints.
 *
 * Source: Bitcoin Core `serialize.h` (`ReadCompactSize`, `WriteCompactSize`).
 *
 * @module
 */

import { WireError } from "./errors.ts";
import type { PayloadReader } from "./reader.ts";
import type { PayloadWriter } from "./writer.ts";

/** The largest value that Bitcoin Core accepts for a length (`MAX_SIZE` in `serialize.h`): 32 MiB. */
export const MAX_COMPACT_SIZE = 0x0200_0000;

const MARKER_16_BIT = 0xfd;
const MARKER_32_BIT = 0xfe;
const MARKER_64_BIT = 0xff;

/**
 * Reads a CompactSize from 0 to `max`.
 *
 * @throws {WireError} `non_canonical` when it is longer than necessary, `limit_exceeded` when it is over `max`,
 * `truncated` when bytes are missing.
 */
export function readCompactSize(reader: PayloadReader, field: string, max: number = MAX_COMPACT_SIZE): number {
  const marker = reader.uint8(field);
  const [value, least] = marker < MARKER_16_BIT
    ? [marker, 0]
    : marker === MARKER_16_BIT
    ? [reader.uint16(field), MARKER_16_BIT]
    : marker === MARKER_32_BIT
    ? [reader.uint32(field), 0x1_0000]
    : [reader.uint64(field), 0x1_0000_0000n];
  if (value < least) {
    throw new WireError(
      "non_canonical",
      `Cannot read ${field}: expected a CompactSize in its shortest form, got ${value} with marker 0x${
        marker.toString(16)
      }`,
    );
  }
  if (value > max) {
    throw new WireError(
      "limit_exceeded",
      `Cannot read ${field}: expected a CompactSize of at most ${max}, got ${value}`,
    );
  }
  return Number(value);
}

/** How many bytes {@linkcode writeCompactSize} takes for `value`: 1, 3, 5 or 9. */
export function compactSizeLength(value: number): number {
  return value < MARKER_16_BIT ? 1 : value <= 0xffff ? 3 : value <= 0xffff_ffff ? 5 : 9;
}

/**
 * Writes `value` in the shortest form.
 *
 * @throws {WireError} `out_of_range` unless it is an integer from 0 to `Number.MAX_SAFE_INTEGER`.
 */
export function writeCompactSize(writer: PayloadWriter, value: number, field: string): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new WireError(
      "out_of_range",
      `Cannot write ${field}: expected a CompactSize from 0 to 2^53 - 1, got ${value}`,
    );
  }
  switch (compactSizeLength(value)) {
    case 1:
      writer.uint8(value, field);
      break;
    case 3:
      writer.uint8(MARKER_16_BIT, field);
      writer.uint16(value, field);
      break;
    case 5:
      writer.uint8(MARKER_32_BIT, field);
      writer.uint32(value, field);
      break;
    default:
      writer.uint8(MARKER_64_BIT, field);
      writer.uint64(BigInt(value), field);
  }
}
