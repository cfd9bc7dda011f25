import { runInNewContext } from "node:vm";
import { assertEquals } from "@std/assert";
import { PayloadReader } from "../../src/wire/reader.ts";
import { PayloadWriter } from "../../src/wire/writer.ts";
import { hex } from "../support/bytes.ts";
import { assertWireError } from "../support/errors.ts";
import { as } from "../support/untyped.ts";

type NumberField = "uint8" | "uint16" | "uint16BigEndian" | "uint32" | "int32";
type BigintField = "uint64" | "int64";

const NUMBERS: readonly (readonly [NumberField, value: number, bytes: string])[] = [
  ["uint8", 0, "00"],
  ["uint8", 0xff, "ff"],
  ["uint16", 0, "0000"],
  ["uint16", 0x0102, "0201"],
  ["uint16", 0xffff, "ffff"],
  ["uint16BigEndian", 0, "0000"],
  ["uint16BigEndian", 8333, "208d"],
  ["uint16BigEndian", 0xffff, "ffff"],
  ["uint32", 0, "00000000"],
  ["uint32", 0x0102_0304, "04030201"],
  ["uint32", 0xffff_ffff, "ffffffff"],
  ["int32", -0x8000_0000, "00000080"],
  ["int32", -1, "ffffffff"],
  ["int32", 60002, "62ea0000"],
  ["int32", 0x7fff_ffff, "ffffff7f"],
];

const BIGINTS: readonly (readonly [BigintField, value: bigint, bytes: string])[] = [
  ["uint64", 0n, "0000000000000000"],
  ["uint64", 0x0102_0304_0506_0708n, "0807060504030201"],
  ["uint64", (1n << 64n) - 1n, "ffffffffffffffff"],
  ["int64", -(1n << 63n), "0000000000000080"],
  ["int64", -1n, "ffffffffffffffff"],
  ["int64", (1n << 63n) - 1n, "ffffffffffffff7f"],
];

const NO_INTEGERS = [NaN, Infinity, -Infinity, 0.5];
const REFUSED_NUMBERS: Readonly<Record<NumberField, readonly number[]>> = {
  uint8: [-1, 0x100, ...NO_INTEGERS],
  uint16: [-1, 0x1_0000, ...NO_INTEGERS],
  uint16BigEndian: [-1, 0x1_0000, ...NO_INTEGERS],
  uint32: [-1, 0x1_0000_0000, ...NO_INTEGERS],
  int32: [-0x8000_0001, 0x8000_0000, ...NO_INTEGERS],
};
const REFUSED_BIGINTS: Readonly<Record<BigintField, readonly bigint[]>> = {
  uint64: [-1n, 1n << 64n],
  int64: [-(1n << 63n) - 1n, 1n << 63n],
};

/** Writes into room for `capacity` bytes. */
function written(capacity: number, write: (writer: PayloadWriter) => void): Uint8Array {
  const writer = new PayloadWriter(capacity);
  write(writer);
  return writer.finish();
}

Deno.test("PayloadWriter writes each integer as PayloadReader reads it", () => {
  for (const [field, value, bytes] of NUMBERS) {
    assertEquals(written(8, (writer) => writer[field](value, "x")), hex(bytes), `${field} ${value}`);
    assertEquals(new PayloadReader(hex(bytes))[field]("x"), value, `${field} ${value}`);
  }
  for (const [field, value, bytes] of BIGINTS) {
    assertEquals(written(8, (writer) => writer[field](value, "x")), hex(bytes), `${field} ${value}`);
    assertEquals(new PayloadReader(hex(bytes))[field]("x"), value, `${field} ${value}`);
  }
});

Deno.test("PayloadWriter fills its capacity to the last byte, and refuses one byte more", () => {
  for (const [field, value, bytes] of NUMBERS) {
    const length = bytes.length / 2;
    assertEquals(written(length, (writer) => writer[field](value, "x")).length, length);
    assertWireError(() => written(length - 1, (writer) => writer[field](value, "x")), "out_of_range", "do not fit");
  }
  for (const [field, value] of BIGINTS) {
    assertEquals(written(8, (writer) => writer[field](value, "x")).length, 8);
    assertWireError(() => written(7, (writer) => writer[field](value, "x")), "out_of_range", "do not fit");
  }
  assertEquals(written(2, (writer) => writer.bytes(hex("0102"), "x")), hex("0102"));
  assertWireError(() => written(1, (writer) => writer.bytes(hex("0102"), "x")), "out_of_range", "do not fit");
});

for (const field of Object.keys(REFUSED_NUMBERS) as NumberField[]) {
  Deno.test(`PayloadWriter.${field}() refuses a value that does not fit, and writes nothing of it`, () => {
    for (const value of REFUSED_NUMBERS[field]) {
      const writer = new PayloadWriter(8);
      assertWireError(() => writer[field](value, "x"), "out_of_range", `got ${value}`);
      assertEquals(writer.finish().length, 0);
    }
  });
}

for (const field of Object.keys(REFUSED_BIGINTS) as BigintField[]) {
  Deno.test(`PayloadWriter.${field}() refuses a value that does not fit, and writes nothing of it`, () => {
    for (const value of REFUSED_BIGINTS[field]) {
      const writer = new PayloadWriter(8);
      assertWireError(() => writer[field](value, "x"), "out_of_range", `got ${value}`);
      assertEquals(writer.finish().length, 0);
    }
  });
}

Deno.test("PayloadWriter says which field it was writing and what it allows", () => {
  assertWireError(
    () => new PayloadWriter(1).uint8(256, "version.relay"),
    "out_of_range",
    "Cannot write version.relay: expected an integer from 0 to 255, got 256",
  );
  assertWireError(
    () => new PayloadWriter(1).int32(1, "version.startHeight"),
    "out_of_range",
    "Cannot write version.startHeight: 4 bytes at offset 0 do not fit into 1",
  );
});

Deno.test("PayloadWriter.finish() gives what has been written, in its order, and not the room left", () => {
  const bytes = written(100, (writer) => {
    writer.uint8(1, "a");
    writer.uint16BigEndian(2, "b");
    writer.bytes(hex("aabb"), "c");
    writer.bytes(new Uint8Array(), "d");
    writer.int64(-2n, "e");
  });
  assertEquals(bytes, hex("01 0002 aabb feffffffffffffff"));
  assertEquals(written(0, () => {}), new Uint8Array());
});

Deno.test("PayloadWriter refuses values of another type, as untyped code may pass them", () => {
  const writer = new PayloadWriter(100);
  const refused = "out_of_range";
  assertWireError(() => writer.uint8(as("1"), "a"), refused, "Cannot write a: expected an integer from 0 to 255");
  assertWireError(() => writer.uint64(as(1), "b"), refused, "Cannot write b: expected an unsigned 64-bit integer");
  assertWireError(() => writer.int64(as(undefined), "c"), refused, "got undefined");
  assertWireError(() => writer.bytes(as("/ua:1.0/"), "d"), refused, "Cannot write d: expected bytes");
  assertEquals(writer.finish().length, 0);
});

Deno.test("PayloadWriter.bytes() writes bytes of another realm, as jsdom has them", () => {
  assertEquals(written(2, (writer) => writer.bytes(runInNewContext("Uint8Array.of(1, 2)"), "a")), hex("0102"));
});
