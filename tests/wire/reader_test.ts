import { assertEquals, assertThrows } from "@std/assert";
import { PayloadReader } from "../../src/wire/reader.ts";
import { hex } from "../support/bytes.ts";
import { assertWireError } from "../support/errors.ts";
import { as } from "../support/untyped.ts";

interface Case {
  readonly name: string;
  readonly read: (reader: PayloadReader) => unknown;
  readonly values: readonly (readonly [bytes: string, value: number | bigint | Uint8Array])[];
}

const CASES: readonly Case[] = [
  {
    name: "uint8",
    read: (reader) => reader.uint8("x"),
    values: [["00", 0], ["7f", 127], ["80", 128], ["ff", 255]],
  },
  {
    name: "uint16",
    read: (reader) => reader.uint16("x"),
    values: [["0000", 0], ["0102", 0x0201], ["0080", 0x8000], ["ffff", 0xffff]],
  },
  {
    name: "uint16BigEndian",
    read: (reader) => reader.uint16BigEndian("x"),
    values: [["0000", 0], ["208d", 8333], ["8000", 0x8000], ["ffff", 0xffff]],
  },
  {
    name: "uint32",
    read: (reader) => reader.uint32("x"),
    values: [["00000000", 0], ["01020304", 0x04030201], ["00000080", 0x8000_0000], ["ffffffff", 0xffff_ffff]],
  },
  {
    name: "int32",
    read: (reader) => reader.int32("x"),
    values: [["62ea0000", 60002], ["ffffff7f", 0x7fff_ffff], ["00000080", -0x8000_0000], ["ffffffff", -1]],
  },
  {
    name: "uint64",
    read: (reader) => reader.uint64("x"),
    values: [
      ["0102030405060708", 0x0807060504030201n],
      ["0000000000000080", 1n << 63n],
      ["ffffffffffffffff", (1n << 64n) - 1n],
    ],
  },
  {
    name: "int64",
    read: (reader) => reader.int64("x"),
    values: [
      ["ffffffffffffff7f", (1n << 63n) - 1n],
      ["0000000000000080", -(1n << 63n)],
      ["ffffffffffffffff", -1n],
    ],
  },
  { name: "bytes", read: (reader) => reader.bytes(3, "x"), values: [["000102", Uint8Array.of(0, 1, 2)]] },
];

for (const { name, read, values } of CASES) {
  Deno.test(`PayloadReader.${name}() reads its bytes and no more`, () => {
    for (const [bytes, value] of values) {
      const exact = new PayloadReader(hex(bytes));
      assertEquals([read(exact), exact.remaining], [value, 0], bytes);
      const longer = new PayloadReader(hex(`${bytes} aa`));
      assertEquals([read(longer), longer.remaining], [value, 1], `${bytes} aa`);
    }
  });

  Deno.test(`PayloadReader.${name}() refuses any part of its bytes, and stays where it was`, () => {
    const whole = hex(values[0]?.[0] ?? "");
    for (let length = 0; length < whole.length; length++) {
      const reader = new PayloadReader(whole.subarray(0, length));
      assertWireError(() => read(reader), "truncated", `${whole.length - length} of them are missing`, `${length}`);
      assertEquals(reader.remaining, length);
    }
  });
}

Deno.test("PayloadReader reads one field after another", () => {
  const reader = new PayloadReader(hex("01 0200 0003 04000000 0500000000000000 0607"));
  const fields = [
    reader.uint8("a"),
    reader.uint16("b"),
    reader.uint16BigEndian("c"),
    reader.int32("d"),
    reader.uint64("e"),
    reader.bytes(2, "f"),
  ];
  assertEquals(fields, [1, 2, 3, 4, 5n, Uint8Array.of(6, 7)]);
  assertEquals(reader.remaining, 0);
});

Deno.test("PayloadReader reads a payload in the middle of a buffer, and stops at the payload's end", () => {
  const reader = new PayloadReader(hex("ffff 01000000 ffff").subarray(2, 6));
  assertEquals(reader.uint32("x"), 1);
  assertWireError(() => reader.uint8("x"), "truncated");
});

Deno.test("PayloadReader says which field it was reading, where, and how many bytes were missing", () => {
  const reader = new PayloadReader(hex("0102030405"));
  reader.uint16("first");
  const message = "Cannot read version.nonce: expected 8 bytes at offset 2, 5 of them are missing";
  assertWireError(() => reader.uint64("version.nonce"), "truncated", message);
});

Deno.test("PayloadReader.bytes() reads nothing from an empty payload, and refuses to read more than there is", () => {
  const reader = new PayloadReader(new Uint8Array());
  assertEquals(reader.bytes(0, "x"), new Uint8Array());
  for (const length of [1, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
    assertWireError(() => reader.bytes(length, "x"), "truncated");
  }
});

Deno.test("PayloadReader.bytes() refuses an invalid length, and stays where it is", () => {
  const reader = new PayloadReader(new Uint8Array(4));
  reader.uint16("a");
  for (const length of [-1, NaN, 0.5, Infinity]) {
    assertWireError(() => reader.bytes(length, "x"), "out_of_range");
    assertEquals(reader.remaining, 2);
  }
});

Deno.test("PayloadReader refuses what is no Uint8Array, as untyped code may pass it", () => {
  for (const payload of ["0102", [1, 2], new ArrayBuffer(2), undefined]) {
    assertThrows(() => new PayloadReader(as(payload)), TypeError, "Invalid payload: expected bytes, as a Uint8Array");
  }
});
