import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { TransportError } from "../../src/transport/errors.ts";
import type { Frame } from "../../src/transport/transport.ts";
import { decodeContents, encodeContents, needsPayload } from "../../src/transport/v2_contents.ts";
import { type PayloadLimits, tracedPayloadLimit } from "../../src/wire/messages.ts";
import { ascii, concat, hex } from "../support/bytes.ts";

/** BIP 324, the table of message type IDs by rows of four; BIP 434 for 37. */
const TABLE = `
  -             addr          block         blocktxn
  cmpctblock    feefilter     filteradd     filterclear
  filterload    getblocks     getblocktxn   getdata
  getheaders    headers       inv           mempool
  merkleblock   notfound      ping          pong
  sendcmpct     tx            getcfilters   cfilter
  getcfheaders  cfheaders     getcfcheckpt  cfcheckpt
  addrv2        -             -             -
  -             -             -             -
  -             feature
`.trim().split(/\s+/);

const decode = (contents: Uint8Array<ArrayBuffer>): Frame => decodeContents(contents, contents.length);
const encode = (messageType: string, payload = new Uint8Array()): Uint8Array<ArrayBuffer> =>
  concat(...encodeContents(messageType, payload));

/** A message type as a zero and 12 bytes. */
const long = (messageType: string): Uint8Array<ArrayBuffer> => concat(hex("00"), ascii(messageType.padEnd(12, "\0")));

Deno.test("Each short ID stands for its message type in the table, both ways", () => {
  assertEquals(TABLE.length, 38);
  for (const [id, messageType] of TABLE.entries()) {
    if (messageType === "-") continue;
    assertEquals(encode(messageType, hex("aabb")), concat(Uint8Array.of(id), hex("aabb")), messageType);
    assertEquals(decode(Uint8Array.of(id, 1, 2, 3)), {
      messageType,
      size: 3,
      payload: messageType === "ping" || messageType === "pong" ? hex("010203") : null,
      checksum: null,
    });
  }
});

Deno.test("Other types are a zero and 12 bytes", () => {
  for (const messageType of ["version", "verack", "wtxidrelay", "sendaddrv2", "a", "abcdefghijkl", " ~"]) {
    assertEquals(encode(messageType, hex("aabb")), concat(long(messageType), hex("aabb")));
    assertEquals(decode(encode(messageType, hex("aabb"))).messageType, messageType);
  }
});

Deno.test("A message with a short id may come with its long type as well", () => {
  for (const messageType of TABLE.filter((name) => name !== "-")) {
    const { messageType: read, size } = decode(concat(long(messageType), hex("aabb")));
    assertEquals([read, size], [messageType, 2]);
  }
  assertEquals(decode(concat(long("ping"), hex("0102"))).payload, hex("0102"));
});

Deno.test("Payloads with a codec are kept, up to their limits", () => {
  const kept = new Uint8Array(4096).fill(1);
  for (const messageType of ["version", "verack", "ping", "pong"]) {
    for (const size of [0, 1, 4095, 4096]) {
      const frame = decode(encode(messageType, kept.subarray(0, size)));
      assertEquals([frame.size, frame.payload?.length], [size, size], messageType);
    }
  }
  for (const messageType of ["verack", "ping", "pong"]) {
    assertEquals(decode(encode(messageType, new Uint8Array(4097))), {
      messageType,
      size: 4097,
      payload: null,
      checksum: null,
    });
  }
});

Deno.test("Payloads without a codec are kept if they are to be shown, up to 4096 bytes", () => {
  const lengths = [4096, 4097].map((size) => {
    const contents = concat(encode("inv"), new Uint8Array(size));
    return decodeContents(contents, contents.length, tracedPayloadLimit).payload?.length;
  });
  assertEquals(lengths, [4096, undefined]);
});

Deno.test("needsPayload() tells from the message type and the size whether a payload is kept", () => {
  const cases: readonly (readonly [beginning: Uint8Array, limit: number])[] = [
    [long("version"), 4096],
    [long("ping"), 4096],
    [concat(hex("12"), new Uint8Array(12)), 4096],
    [concat(hex("0e"), new Uint8Array(12)), -1],
    [concat(hex("24"), new Uint8Array(12)), -1],
    [long("inv"), -1],
  ];
  for (const [beginning, limit] of cases) {
    const typeSize = beginning[0] === 0 ? 13 : 1;
    const kept = [4096, 4097].map((size) => needsPayload(beginning, typeSize + size));
    assertEquals(kept, [limit >= 4096, false], beginning.toHex());
    const shown = [4096, 4097].map((size) => needsPayload(beginning, typeSize + size, tracedPayloadLimit));
    assertEquals(shown, [true, false], beginning.toHex());
  }
});

Deno.test("A version of over 4096 bytes is malformed_message", () => {
  const beginning = long("version");
  const error = assertThrows(() => decodeContents(beginning, 13 + 4097), TransportError);
  assertEquals(error.code, "malformed_message");
  assertStringIncludes(error.message, "a version of at most 4096 bytes, but its packet has 4097");
});

Deno.test("A payload of 4,000,000 bytes passes, of which the beginning is enough; one more is oversized_message", () => {
  for (
    const [beginning, messageType] of [[hex("02"), "block"], [long("block"), "block"], [long("xyz"), "xyz"]] as const
  ) {
    const frame = decodeContents(beginning, beginning.length + 4_000_000);
    assertEquals(frame, { messageType, size: 4_000_000, payload: null, checksum: null });
    const oversized = () => decodeContents(beginning, beginning.length + 4_000_001);
    const error = assertThrows(oversized, TransportError, `the packet of ${messageType} has 4000001`);
    assertEquals(error.code, "oversized_message");
  }
});

Deno.test("An invalid message type is shown, and is not a known message", () => {
  const cases: readonly (readonly [contents: Uint8Array<ArrayBuffer>, shown: string, size: number])[] = [
    [hex(""), "", 0],
    [hex("1d"), "\\x1d", 0],
    [hex("24 aa"), "\\x24", 1],
    [hex("26"), "\\x26", 0],
    [hex("ff 01 02"), "\\xff", 2],
    [hex("00"), "\\x00", 0],
    [concat(hex("00"), ascii("version")), "\\x00version", 0],
    [long("version").slice(0, 12), "\\x00version\\x00\\x00\\x00\\x00", 0],
    [long(""), "", 0],
    [long("ver\0sion"), "ver\\x00sion", 0],
    [long("version\0\0\0\0x"), "version\\x00\\x00\\x00\\x00x", 0],
    [long("\0verack"), "\\x00verack", 0],
    [long("\x1b[2J"), "\\x1b[2J", 0],
    [long("a\\b"), "a\\\\b", 0],
    [long("VERSION"), "VERSION", 0],
  ];
  for (const [contents, messageType, size] of cases) {
    assertEquals(decode(contents), { messageType, size, payload: null, checksum: null }, contents.toHex());
  }
});

Deno.test("An invalid message type cannot be sent", () => {
  for (const type of ["", "abcdefghijklm", "ping\0", "\n", "\x7f", "é"]) {
    assertThrows(() => encodeContents(type, new Uint8Array()), RangeError, "1 to 12 ASCII characters");
  }
});

Deno.test("needsPayload() is true of a message within its limit, and never without one", () => {
  const limits: PayloadLimits = (type) => type === "ping" ? { maxSize: 8, overlong: "ignored" } : undefined;
  const ping = concat(hex("12"), new Uint8Array(12));
  assertEquals([1, 9, 10].map((size) => needsPayload(ping, size, limits)), [true, true, false]);
  const pong = concat(hex("13"), new Uint8Array(12));
  assertEquals([1, 2, 9].map((size) => needsPayload(pong, size, limits)), [false, false, false]);
});
