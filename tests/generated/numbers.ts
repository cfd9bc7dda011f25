/** Properties of the codecs' building blocks: the reader, the writer, CompactSize, network addresses. */

import { assert, assertEquals } from "@std/assert";
import { compactSizeLength, readCompactSize, writeCompactSize } from "../../src/wire/compact_size.ts";
import { WireError } from "../../src/wire/errors.ts";
import { NETWORK_ADDRESS_SIZE, readNetworkAddress, writeNetworkAddress } from "../../src/wire/network_address.ts";
import { PayloadReader } from "../../src/wire/reader.ts";
import { PayloadWriter } from "../../src/wire/writer.ts";
import type { Random } from "../support/random.ts";
import { assertBytes, resultOf, wireErrorOf, withBitFlipped } from "./expect.ts";
import type { Properties } from "./property.ts";
import { ipBytes, networkAddress } from "./values.ts";

/** A field of a payload, with independent ways to write, read and lay it out. */
interface Field {
  readonly size: number;
  readonly write: (writer: PayloadWriter) => void;
  readonly read: (reader: PayloadReader) => unknown;
  readonly value: unknown;
  readonly layout: (view: DataView, offset: number) => void;
}

function anyField(random: Random): Field {
  const [byte, word, port] = [random.integer(0, 0xff), random.integer(0, 0xffff), random.integer(0, 0xffff)];
  const [long, signed] = [random.integer(0, 0xffff_ffff), random.integer(-0x8000_0000, 0x7fff_ffff)];
  const [huge, hugeSigned, raw] = [random.uint64(), random.int64(), random.bytes(random.below(40))];
  const field = (
    size: number,
    value: unknown,
    write: Field["write"],
    read: Field["read"],
    layout: Field["layout"],
  ): Field => ({ size, write, read, value, layout });
  return random.pick([
    field(1, byte, (to) => to.uint8(byte, "f"), (from) => from.uint8("f"), (view, at) => view.setUint8(at, byte)),
    field(2, word, (to) => to.uint16(word, "f"), (from) => from.uint16("f"), (v, at) => v.setUint16(at, word, true)),
    field(
      2,
      port,
      (to) => to.uint16BigEndian(port, "f"),
      (from) => from.uint16BigEndian("f"),
      (view, at) => view.setUint16(at, port),
    ),
    field(4, long, (to) => to.uint32(long, "f"), (from) => from.uint32("f"), (v, at) => v.setUint32(at, long, true)),
    field(4, signed, (to) => to.int32(signed, "f"), (from) => from.int32("f"), (v, at) => v.setInt32(at, signed, true)),
    field(
      8,
      huge,
      (to) => to.uint64(huge, "f"),
      (from) => from.uint64("f"),
      (view, at) => view.setBigUint64(at, huge, true),
    ),
    field(
      8,
      hugeSigned,
      (to) => to.int64(hugeSigned, "f"),
      (from) => from.int64("f"),
      (view, at) => view.setBigInt64(at, hugeSigned, true),
    ),
    field(
      raw.length,
      raw.toHex(),
      (to) => to.bytes(raw, "f"),
      (from) => from.bytes(raw.length, "f").toHex(),
      (v, at) => new Uint8Array(v.buffer).set(raw, at),
    ),
  ]);
}

/** A CompactSize with `width` bytes after its marker, whether that is its shortest form or not. */
function compactSize(value: bigint, width: 1 | 3 | 5 | 9): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(width);
  const marker = { 1: Number(value), 3: 0xfd, 5: 0xfe, 9: 0xff }[width];
  bytes[0] = marker;
  for (let i = 1; i < width; i++) bytes[i] = Number((value >> BigInt(8 * (i - 1))) & 0xffn);
  return bytes;
}

function shortest(value: bigint): 1 | 3 | 5 | 9 {
  return value < 253n ? 1 : value < 1n << 16n ? 3 : value < 1n << 32n ? 5 : 9;
}

const ALL = Number.MAX_SAFE_INTEGER;

/** A number that a CompactSize can be, mostly near the limits of its forms. */
function compactValue(random: Random): number {
  const near = random.pick([0, 252, 253, 0xffff, 0x1_0000, 0x0200_0000, 0xffff_ffff, 0x1_0000_0000, ALL]);
  const value = random.chance(0.6) ? near + random.integer(-2, 2) : Number(random.uint64() >> 11n);
  return Math.min(ALL, Math.max(0, value));
}

/** The properties, by name. */
export const NUMBER_PROPERTIES: Properties = {
  "reader-writer": {
    says: "What a writer writes lies where it must, and a reader reads it; neither goes a byte beyond its bounds",
    weight: 40,
    check(random) {
      const fields = random.list(0, 12, () => anyField(random));
      const size = fields.reduce((sum, field) => sum + field.size, 0);
      const expected = new Uint8Array(size);
      const writer = new PayloadWriter(size);
      let offset = 0;
      for (const { write, layout, size } of fields) {
        write(writer);
        layout(new DataView(expected.buffer), offset);
        offset += size;
      }
      assertBytes(writer.finish(), expected);
      const more = anyField(random);
      assertEquals(wireErrorOf(() => more.write(writer)), more.size === 0 ? null : "out_of_range");
      const reader = new PayloadReader(random.embedded(expected));
      for (const { read, value } of fields) assertEquals(read(reader), value);
      assertEquals(reader.remaining, 0);
      assertEquals(wireErrorOf(() => more.read(reader)), more.size === 0 ? null : "truncated");
    },
  },
  "compact-size-round-trip": {
    says: "A CompactSize is written in its shortest form and read back; in every longer form it is non-canonical",
    weight: 40,
    check(random) {
      const value = compactValue(random);
      const width = shortest(BigInt(value));
      const writer = new PayloadWriter(9);
      writeCompactSize(writer, value, "n");
      assertEquals(compactSizeLength(value), width);
      assertBytes(writer.finish(), compactSize(BigInt(value), width));
      assertEquals(readCompactSize(new PayloadReader(writer.finish()), "n", ALL), value);
      for (const longer of ([3, 5, 9] as const).filter((each) => each > width)) {
        const reader = new PayloadReader(compactSize(BigInt(value), longer));
        assertEquals(wireErrorOf(() => readCompactSize(reader, "n", ALL)), "non_canonical");
      }
      for (let length = 0; length < width; length++) {
        const reader = new PayloadReader(writer.finish().subarray(0, length));
        assertEquals(wireErrorOf(() => readCompactSize(reader, "n", ALL)), "truncated");
      }
    },
  },
  "compact-size-limit": {
    says: "A CompactSize is read up to the limit, and nothing that is no CompactSize is written",
    weight: 20,
    check(random) {
      const wide = random.chance(0.3) ? random.uint64() : BigInt(compactValue(random));
      const limit = compactValue(random);
      const code = wireErrorOf(() => readCompactSize(new PayloadReader(compactSize(wide, shortest(wide))), "n", limit));
      assertEquals(code, wide > BigInt(limit) ? "limit_exceeded" : null);
      const bad = random.pick([-1, -0.5, 0.5, NaN, Infinity, -Infinity, 2 ** 53, -(2 ** 31)]);
      assertEquals(wireErrorOf(() => writeCompactSize(new PayloadWriter(9), bad, "n")), "out_of_range");
    },
  },
  "compact-size-garbage": {
    says: "Any bytes begin with a CompactSize that is written back as it was, or are a WireError",
    weight: 40,
    check(random) {
      const bytes = random.bytes(random.below(12));
      if (random.chance(0.7) && bytes.length > 0) bytes[0] = random.pick([0xfc, 0xfd, 0xfe, 0xff]);
      if (random.chance(0.3)) bytes.fill(0, random.integer(1, 9));
      const reader = new PayloadReader(bytes);
      const value = resultOf(() => readCompactSize(reader, "n", ALL), WireError);
      if (value instanceof WireError) return;
      assert(Number.isSafeInteger(value) && value >= 0);
      const writer = new PayloadWriter(9);
      writeCompactSize(writer, value, "n");
      assertBytes(writer.finish(), bytes.subarray(0, bytes.length - reader.remaining));
    },
  },
  "network-address-round-trip": {
    says: "A network address is read back as it was written; cut short anywhere it is truncated",
    weight: 20,
    check(random) {
      const address = networkAddress(random);
      const writer = new PayloadWriter(NETWORK_ADDRESS_SIZE);
      writeNetworkAddress(writer, address, "a");
      const bytes = random.embedded(writer.finish());
      assertEquals(bytes.length, NETWORK_ADDRESS_SIZE);
      assertEquals(readNetworkAddress(new PayloadReader(bytes), "a"), address);
      const length = random.below(NETWORK_ADDRESS_SIZE);
      assertEquals(
        wireErrorOf(() => readNetworkAddress(new PayloadReader(bytes.subarray(0, length)), "a")),
        "truncated",
      );
    },
  },
  "network-address-bits": {
    says: "Any 26 bytes are a network address that is written back as they are, and each bit of them counts",
    weight: 4,
    check(random) {
      const bytes = random.bytes(NETWORK_ADDRESS_SIZE);
      bytes.set(ipBytes(random), 8);
      const seen = new Set<string>();
      for (let bit = -1; bit < 8 * bytes.length; bit++) {
        const flipped = bit < 0 ? bytes : withBitFlipped(bytes, bit);
        const address = readNetworkAddress(new PayloadReader(flipped), "a");
        const writer = new PayloadWriter(NETWORK_ADDRESS_SIZE);
        writeNetworkAddress(writer, address, "a");
        assertBytes(writer.finish(), flipped);
        seen.add(`${address.services} ${address.host} ${address.port}`);
      }
      assertEquals(seen.size, 1 + 8 * bytes.length);
    },
  },
};
