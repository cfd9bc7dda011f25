import { assertEquals, assertThrows } from "@std/assert";
import { decodeHex, encodeHex } from "@std/encoding/hex";

const ALL = Uint8Array.from({ length: 256 }, (_, byte) => byte);

Deno.test("encodeHex() writes two lower case digits a byte", () => {
  assertEquals(encodeHex(Uint8Array.of(0, 1, 0xab, 0xff)), "0001abff");
  assertEquals(encodeHex(new Uint8Array()), "");
});

Deno.test("encodeHex() takes a view, a buffer and a string, and leaves them as they are", () => {
  const bytes = Uint8Array.of(1, 2, 3);
  assertEquals(encodeHex(bytes.subarray(1)), "0203");
  assertEquals(encodeHex(bytes.buffer), "010203");
  assertEquals(encodeHex("aé"), "61c3a9");
  assertEquals(bytes, Uint8Array.of(1, 2, 3));
});

Deno.test("decodeHex() gives back every byte, from digits of either case", () => {
  assertEquals(decodeHex(encodeHex(ALL)), ALL);
  assertEquals(decodeHex(encodeHex(ALL).toUpperCase()), ALL);
  assertEquals(decodeHex(""), new Uint8Array());
});

Deno.test("decodeHex() gives bytes in a buffer of their own", () => {
  const bytes: Uint8Array<ArrayBuffer> = decodeHex("0102");
  assertEquals([bytes.byteOffset, bytes.buffer.byteLength], [0, 2]);
});

Deno.test("decodeHex() refuses an odd number of digits with a RangeError", () => {
  for (const text of ["0", "012", "xyz", "aé"]) assertThrows(() => decodeHex(text), RangeError, "hex");
});

Deno.test("decodeHex() refuses anything but digits with a TypeError", () => {
  for (const text of ["0g", "0x", " 1", "+1", "0\n", "é", "01ü"]) assertThrows(() => decodeHex(text), TypeError, "hex");
});
