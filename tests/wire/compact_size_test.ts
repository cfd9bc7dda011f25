import { assertEquals } from "@std/assert";
import { compactSizeLength, MAX_COMPACT_SIZE, readCompactSize, writeCompactSize } from "../../src/wire/compact_size.ts";
import { PayloadReader } from "../../src/wire/reader.ts";
import { PayloadWriter } from "../../src/wire/writer.ts";
import { hex } from "../support/bytes.ts";
import { assertWireError } from "../support/errors.ts";

/** Each value in its shortest form, on both sides of every change of length. */
const CANONICAL: readonly (readonly [value: number, bytes: string])[] = [
  [0, "00"],
  [1, "01"],
  [252, "fc"],
  [253, "fd fd00"],
  [254, "fd fe00"],
  [255, "fd ff00"],
  [256, "fd 0001"],
  [0xffff, "fd ffff"],
  [0x1_0000, "fe 00000100"],
  [0x0200_0000, "fe 00000002"],
  [0xffff_ffff, "fe ffffffff"],
  [2 ** 32, "ff 0000000001000000"],
  [Number.MAX_SAFE_INTEGER, "ff ffffffffffff1f00"],
];

const NON_CANONICAL = [
  "fd 0000",
  "fd 0100",
  "fd fc00",
  "fe 00000000",
  "fe fc000000",
  "fe fd000000",
  "fe ffff0000",
  "ff 0000000000000000",
  "ff fc00000000000000",
  "ff ffff000000000000",
  "ff 0000010000000000",
  "ff ffffffff00000000",
];

const read = (bytes: string, max?: number): number => readCompactSize(new PayloadReader(hex(bytes)), "x", max);

Deno.test("readCompactSize() reads the shortest form of each value", () => {
  for (const [value, bytes] of CANONICAL) {
    assertEquals(read(bytes, Number.MAX_SAFE_INTEGER), value, bytes);
  }
});

Deno.test("writeCompactSize() writes the shortest form, as long as compactSizeLength() says", () => {
  for (const [value, bytes] of CANONICAL) {
    const writer = new PayloadWriter(9);
    writeCompactSize(writer, value, "x");
    assertEquals(writer.finish(), hex(bytes), `${value}`);
    assertEquals(compactSizeLength(value), hex(bytes).length, `${value}`);
  }
});

Deno.test("readCompactSize() refuses every longer form", () => {
  for (const bytes of NON_CANONICAL) assertWireError(() => read(bytes), "non_canonical", "shortest form", bytes);
});

Deno.test("readCompactSize() says of a number both too long and too large that it is too long", () => {
  assertWireError(() => read("fd fc00", 10), "non_canonical", "got 252 with marker 0xfd");
});

Deno.test("readCompactSize() reads up to its limit and refuses one more", () => {
  for (const [max, at, over] of [[0, "00", "01"], [252, "fc", "fdfd00"], [256, "fd0001", "fd0101"]] as const) {
    assertEquals(read(at, max), max);
    assertWireError(() => read(over, max), "limit_exceeded", `at most ${max}, got ${max + 1}`);
  }
});

Deno.test("readCompactSize() takes up to 32 MiB by default, as Bitcoin Core does", () => {
  assertEquals(read("fe 00000002"), MAX_COMPACT_SIZE);
  for (const bytes of ["fe 01000002", "fe ffffffff", "ff 0000000001000000", "ff ffffffffffffffff"]) {
    assertWireError(() => read(bytes), "limit_exceeded", undefined, bytes);
  }
});

Deno.test("readCompactSize() says the exact value of a number that JavaScript's numbers cannot hold", () => {
  assertWireError(() => read("ff 01000000000000f0"), "limit_exceeded", "got 17293822569102704641");
});

Deno.test("readCompactSize() refuses part of a number, and leaves what comes after a whole one", () => {
  for (const [, bytes] of CANONICAL) {
    const whole = hex(bytes);
    for (let length = 0; length < whole.length; length++) {
      assertWireError(() => readCompactSize(new PayloadReader(whole.subarray(0, length)), "x"), "truncated");
    }
    const reader = new PayloadReader(hex(`${bytes} 07`));
    readCompactSize(reader, "x", Number.MAX_SAFE_INTEGER);
    assertEquals(reader.uint8("y"), 7, bytes);
  }
});

Deno.test("writeCompactSize() refuses anything but an integer from 0 to 2^53 - 1, and writes nothing of it", () => {
  for (const value of [-1, 0.5, NaN, Infinity, 2 ** 53]) {
    const writer = new PayloadWriter(9);
    assertWireError(
      () => writeCompactSize(writer, value, "x"),
      "out_of_range",
      `to 2^53 - 1, got ${value}`,
    );
    assertEquals(writer.finish().length, 0);
  }
});
