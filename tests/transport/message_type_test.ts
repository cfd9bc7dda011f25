import { assertEquals, assertThrows } from "@std/assert";
import {
  isCommonType,
  MESSAGE_TYPE_SIZE,
  readMessageType,
  writeMessageType,
} from "../../src/transport/message_type.ts";
import { NEGOTIATION_MESSAGE_TYPES } from "../../src/wire/messages.ts";
import { ascii, hex } from "../support/bytes.ts";

/** Reads the type from 12 bytes, with others before and after. */
function read(bytes: Uint8Array): string {
  const around = new Uint8Array(30).fill(0xee);
  around.set(bytes, 8);
  return readMessageType(new DataView(around.buffer, 3), 5);
}

Deno.test("writeMessageType() and readMessageType() are each other's inverse, and touch nothing around the 12 bytes", () => {
  for (const messageType of ["a", "version", "verack", "sendaddrv2", "unknown", "sendtxrcncl", "twelve_bytes", " ~"]) {
    const bytes = new Uint8Array(20).fill(0xee).fill(0, 4, 4 + MESSAGE_TYPE_SIZE);
    writeMessageType(messageType, bytes, 4);
    const padded = messageType.padEnd(12, "\0");
    assertEquals(bytes, Uint8Array.of(...hex("eeeeeeee"), ...ascii(padded), ...hex("eeeeeeee")), messageType);
    assertEquals(read(ascii(padded)), messageType);
  }
});

Deno.test("readMessageType() tells types apart in each of their bytes", () => {
  for (const messageType of ["version", "verack", "sendtxrcncl"]) {
    for (let i = 0; i < messageType.length; i++) {
      const other = `${messageType.slice(0, i)}X${messageType.slice(i + 1)}`;
      assertEquals(read(ascii(other.padEnd(12, "\0"))), other);
    }
  }
});

Deno.test("readMessageType() escapes what is unprintable, and keeps NULs inside", () => {
  assertEquals(read(hex("766572 00 61636b 0000000000")), "ver\\x00ack");
  assertEquals(read(hex("ff0a00000000000000000001")), "\\xff\\x0a\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x01");
  assertEquals(read(new Uint8Array(12)), "");
});

Deno.test("writeMessageType() refuses what has not 1 to 12 ASCII characters", () => {
  for (const messageType of ["", "thirteen_byte", "é", "a\0", "\x7f", "a\n"]) {
    assertThrows(() => writeMessageType(messageType, new Uint8Array(12), 0), RangeError, "1 to 12 ASCII characters");
  }
});

Deno.test("isCommonType() knows the types that connections begin with, and no other", () => {
  const common = ["version", "verack", ...NEGOTIATION_MESSAGE_TYPES, "ping", "reject"];
  assertEquals(common.filter(isCommonType), common);
  assertEquals(["", "pong", "inv", "Version", "addr", "version\0"].filter(isCommonType), []);
});
