import { assertEquals } from "@std/assert";
import { fieldsOf } from "../../../src/report/trace/fields.ts";
import { ascii, concat, hex } from "../../support/bytes.ts";
import { WIKI_VERSION_MESSAGE } from "../../support/published.ts";

const VERSION = WIKI_VERSION_MESSAGE.subarray(24);

Deno.test("fieldsOf() shows each field of a version", () => {
  assertEquals(fieldsOf("version", VERSION), [
    ["protocolVersion", "60002"],
    ["services", "0x0000000000000001 (NETWORK)"],
    ["timestamp", "1355854353 (2012-12-18T18:12:33Z)"],
    ["addrRecv", "0.0.0.0:0, services 0x0000000000000001 (NETWORK)"],
    ["addrFrom", "0.0.0.0:0, services 0x0000000000000000 (NONE)"],
    ["nonce", "0x6517e68c5db32e3b"],
    ["userAgent", "/Satoshi:0.7.2/"],
    ["startHeight", "212672"],
  ]);
});

Deno.test("fieldsOf() ends where an old node's version does, and shows what comes after relay", () => {
  assertEquals(fieldsOf("version", VERSION.subarray(0, 46)).map(([name]) => name).at(-1), "addrRecv");
  assertEquals(fieldsOf("version", concat(VERSION, hex("01"))).at(-1), ["relay", "1"]);
  const [last] = fieldsOf("version", concat(VERSION.subarray(0, 80), hex("00"))).slice(-1);
  assertEquals(last, ["userAgent", ""]);
  const withRelay = fieldsOf("version", concat(VERSION, hex("02"), hex("beef")));
  assertEquals(withRelay.slice(-2), [["relay", "2"], ["rest", "beef"]]);
});

Deno.test("fieldsOf() keeps the fields before a truncated one, and names it", () => {
  const whole = fieldsOf("version", VERSION);
  for (let length = 0; length < VERSION.length; length++) {
    const fields = fieldsOf("version", VERSION.subarray(0, length));
    const known = fields.filter(([name]) => name !== "malformed");
    assertEquals(known, whole.slice(0, known.length), `${length}`);
  }
  assertEquals(fieldsOf("version", VERSION.subarray(0, 6)), [
    ["protocolVersion", "60002"],
    ["malformed", "Cannot read services: expected 8 bytes at offset 4, 6 of them are missing"],
  ]);
  const end = (messageType: string, payload: Uint8Array) => fieldsOf(messageType, payload).at(-1);
  for (
    const [size, message] of [
      [47, "Cannot read addrFrom.services: expected 8 bytes at offset 46, 7 of them are missing"],
      [97, "Cannot read startHeight: expected 4 bytes at offset 96, 3 of them are missing"],
    ] as const
  ) assertEquals(end("version", VERSION.subarray(0, size)), ["malformed", message]);
  assertEquals(end("ping", hex("00")), [
    "malformed",
    "Cannot read nonce: expected 8 bytes at offset 0, 7 of them are missing",
  ]);
});

Deno.test("fieldsOf() knows the messages that nodes send around a handshake", () => {
  const hash = Uint8Array.from({ length: 32 }, (_, i) => i);
  const shownHash = hash.toReversed().toHex();
  const cases: [messageType: string, payload: Uint8Array, ...fields: [string, string][]][] = [
    ["verack", hex("")],
    ["wtxidrelay", hex("")],
    ["ping", hex("")],
    ["ping", hex("0100000000000000"), ["nonce", "0x0000000000000001"]],
    ["pong", hex("ffffffffffffff7f"), ["nonce", "0x7fffffffffffffff"]],
    ["sendcmpct", hex("010200000000000000"), ["announce", "1"], ["version", "2"]],
    ["feefilter", hex("e803000000000000"), ["feerate", "1000 sat/kvB"]],
    ["sendtxrcncl", hex("010000000200000000000000"), ["version", "1"], ["salt", "0x0000000000000002"]],
    ["feature", concat(hex("04"), ascii("test"), hex("02beef")), ["featureId", "test"], ["featureData", "beef"]],
    [
      "reject",
      concat(hex("07"), ascii("version"), hex("1103"), ascii("old")),
      ["message", "version"],
      ["ccode", "0x11"],
      ["reason", "old"],
    ],
    ["reject", hex("000100"), ["message", ""], ["ccode", "0x01"], ["reason", ""]],
    ["inv", concat(hex("0101000000"), hash), ["count", "1"], ["[0]", `type 1, ${shownHash}`]],
    [
      "getheaders",
      concat(hex("8011010001"), hash, new Uint8Array(32)),
      ["protocolVersion", "70016"],
      ["count", "1"],
      ["[0]", shownHash],
      ["rest", "00".repeat(32)],
    ],
    ["getaddr", hex("")],
    ["sendaddrv2", hex("")],
    ["headers", hex("fdd007"), ["count", "2000"]],
    ["headers", hex("00ff"), ["count", "0"], ["rest", "ff"]],
    ["xyzzy", hex("00ff"), ["payload", "00ff"]],
    ["constructor", hex("00"), ["payload", "00"]],
  ];
  for (const [messageType, payload, ...fields] of cases) assertEquals(fieldsOf(messageType, payload), fields);
});

Deno.test("fieldsOf() shows the addresses that a peer knows, and the bytes of those of other networks", () => {
  const time = hex("0090de5a");
  const ipv4 = concat(time, hex("09"), hex("0104"), Uint8Array.of(203, 0, 113, 7), hex("208d"));
  const yggdrasil = concat(time, hex("fd0004"), hex("0710"), hex("02".repeat(16)), hex("208d"));
  const seen = "seen 1524535296 (2018-04-24T02:01:36Z)";
  assertEquals(fieldsOf("addrv2", concat(hex("02"), ipv4, yggdrasil)), [
    ["count", "2"],
    ["[0]", `203.0.113.7:8333, services 0x0000000000000009 (NETWORK, WITNESS), ${seen}`],
    ["[1]", `${"02".repeat(16)} port 8333, services 0x0000000000000400 (NETWORK_LIMITED), ${seen}`],
  ]);
  const five = fieldsOf("addrv2", concat(hex("05"), ipv4, ipv4, ipv4, ipv4, ipv4)).map(([name]) => name);
  assertEquals(five, ["count", "[0]", "[1]", "[2]", "[3]"]);
  const high = concat(time, hex("0900000001000000"), new Uint8Array(10), hex("ffffcb007107208d"));
  assertEquals(fieldsOf("addr", concat(hex("01"), high)).at(-1), [
    "[0]",
    `203.0.113.7:8333, services 0x0000000100000009 (NETWORK, WITNESS, UNKNOWN[2^32]), ${seen}`,
  ]);
  const old = concat(time, hex("0900000000000000"), hex("20010db8"), new Uint8Array(11), hex("01208d"));
  assertEquals(fieldsOf("addr", concat(hex("fde803"), old)), [
    ["count", "1000"],
    ["[0]", `[2001:db8::1]:8333, services 0x0000000000000009 (NETWORK, WITNESS), ${seen}`],
    ["malformed", "Cannot read the entry of addr[1]: expected 30 bytes at offset 33, 30 of them are missing"],
  ]);
});

Deno.test("fieldsOf() shows the beginning of long lists and long payloads", () => {
  const inventory = concat(hex("fde803"), new Uint8Array(36 * 1000));
  assertEquals(fieldsOf("inv", inventory).map(([name]) => name), ["count", "[0]", "[1]", "[2]", "[3]", "rest"]);
  assertEquals(fieldsOf("xyzzy", new Uint8Array(33)), [["payload", `${"00".repeat(32)}... (33 bytes)`]]);
});

Deno.test("fieldsOf() escapes what a peer says, and shows a time out of range as a number", () => {
  const userAgent = Uint8Array.of(0x1b, 0x5b, 0x32, 0x4a, 0x0a, 0xff);
  const head = concat(hex("80110100"), new Uint8Array(8), hex("ffffffffffffff7f"), new Uint8Array(26 + 26 + 8));
  const fields = new Map(fieldsOf("version", concat(head, Uint8Array.of(userAgent.length), userAgent)));
  assertEquals(fields.get("userAgent"), String.raw`\x1b[2J\x0a\xff`);
  assertEquals(fields.get("timestamp"), "9223372036854775807");
});
