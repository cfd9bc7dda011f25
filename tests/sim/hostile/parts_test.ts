import { assertEquals } from "@std/assert";
import { ipAddress } from "../../../src/address/address.ts";
import {
  filler,
  first,
  header,
  message,
  nonceBytes,
  type Part,
  ping,
  raw,
  times,
  utf8,
  verack,
  version,
  VERSION_SIZE,
  zeros,
} from "../../../src/sim/hostile/parts.ts";
import { CHAINS, MAINNET } from "../../../src/wire/chains.ts";
import { concat, hex } from "../../support/bytes.ts";
import { frame } from "../../support/raw.ts";

const NOW = 1_700_000_000n;

const OTHER = CHAINS.find((chain) => chain !== MAINNET) ?? MAINNET;

/** The bytes of parts, one after the other. */
async function bytesOf(...parts: readonly Part[]): Promise<Uint8Array<ArrayBuffer>> {
  return concat(...await Promise.all(parts.map((part) => part(NOW))));
}

Deno.test("raw() is the bytes that it is given, or those of a text", async () => {
  assertEquals(await bytesOf(raw("bö"), raw([1, 0xff]), raw(Uint8Array.of(3))), hex("62 c3b6 01 ff 03"));
});

Deno.test("message() is a message of mainnet unless it has a fault", async () => {
  const payload = hex("0102");
  const cases: [part: Part, bytes: Uint8Array][] = [
    [verack, await frame("verack")],
    [message("inv", payload), await frame("inv", payload)],
    [message("inv", payload, { chain: OTHER }), await frame("inv", payload, { chain: OTHER })],
    [message("inv", payload, { size: 0x01020304 }), await frame("inv", payload, { size: 0x01020304 })],
    [message("inv", payload, { badChecksum: true }), await frame("inv", payload, { badChecksum: true })],
    [message([0xff, 0, 0x61], payload), await frame("x", payload, { typeBytes: hex("ff0061") })],
    [message([]), await frame("x", undefined, { typeBytes: hex("00") })],
    [message("abcdefghijkl"), await frame("abcdefghijkl")],
    [zeros("inv", 3), await frame("inv", new Uint8Array(3))],
    [header("inv", 5), await frame("inv", undefined, { size: 5 })],
    [ping(0x0807060504030201n), await frame("ping", hex("0102030405060708"))],
  ];
  for (const [part, bytes] of cases) assertEquals(await bytesOf(part), bytes);
});

Deno.test("nonceBytes() is little-endian, with zeros behind it as they are wanted", () => {
  assertEquals(nonceBytes(2n), hex("0200000000000000"));
  assertEquals(nonceBytes(2n, 2), hex("0200000000000000 0000"));
});

Deno.test("first() cuts a part, from its end with a negative number; times() repeats it", async () => {
  assertEquals(await bytesOf(first(2, raw("abcd")), first(-1, raw("xyz"))), utf8("abxy"));
  assertEquals(await bytesOf(...times(3, raw("ab"))), utf8("ababab"));
});

Deno.test("filler() is as many messages as it is told to be, and as many bytes in all", async () => {
  for (const [count, total] of [[1, 24], [3, 100], [4, 1003]] as const) {
    const parts = await Promise.all(filler(count, total).map((part) => part(NOW)));
    assertEquals([parts.length, concat(...parts).length], [count, total]);
    const each = Math.floor(total / count);
    for (const [i, bytes] of parts.entries()) {
      const size = i < count - 1 ? each : total - each * (count - 1);
      assertEquals(bytes, await frame("filler", new Uint8Array(size - 24)));
    }
  }
});

/** The bytes of a version's payload, field by field; by default those of the default version. */
const payloadOf = (fields: Readonly<Record<string, string>> = {}): Uint8Array<ArrayBuffer> =>
  hex(
    Object.values({
      protocolVersion: "80110100",
      services: "090c000000000000",
      timestamp: "00f15365 00000000",
      addrRecv: `0000000000000000 ${"00".repeat(16)} 0000`,
      addrFrom: `090c000000000000 ${"00".repeat(16)} 0000`,
      nonce: "ed5eed5eed5eed5e",
      userAgentLength: "0d",
      userAgent: "2f686f7374696c653a312e302f",
      startHeight: "e0570e00",
      relay: "01",
      ...fields,
    }).join(" "),
  );

Deno.test("version() is that of a current node, with the fields that it is given", async () => {
  const cases: [part: Part, payload: Uint8Array<ArrayBuffer>][] = [
    [version(), payloadOf()],
    [version({ protocolVersion: -2 }), payloadOf({ protocolVersion: "feffffff" })],
    [
      version({ services: 1n }),
      payloadOf({ services: "0100000000000000", addrFrom: `0100000000000000 ${"00".repeat(16)} 0000` }),
    ],
    [version({ timestamp: -1n }), payloadOf({ timestamp: "ffffffffffffffff" })],
    [version({ clockOffset: 2n }), payloadOf({ timestamp: "02f15365 00000000" })],
    [version({ clockOffset: -1n }), payloadOf({ timestamp: "fff05365 00000000" })],
    [
      version({ addrRecv: ipAddress("192.0.2.1", 8333) }),
      payloadOf({ addrRecv: "0000000000000000 00000000000000000000ffffc0000201 208d" }),
    ],
    [version({ nonce: 1n }), payloadOf({ nonce: "0100000000000000" })],
    [version({ userAgent: utf8("ab") }), payloadOf({ userAgentLength: "02", userAgent: "6162" })],
    [
      version({ userAgent: new Uint8Array(300) }),
      payloadOf({ userAgentLength: "fd2c01", userAgent: "00".repeat(300) }),
    ],
    [version({ userAgentLength: [0xfd, 1, 0] }), payloadOf({ userAgentLength: "fd0100" })],
    [version({ startHeight: -1 }), payloadOf({ startHeight: "ffffffff" })],
    [version({ relay: 0 }), payloadOf({ relay: "00" })],
    [version({ size: 46 }), payloadOf().slice(0, 46)],
    [version({ size: 120 }), concat(payloadOf(), new Uint8Array(120 - VERSION_SIZE))],
  ];
  for (const [part, payload] of cases) assertEquals(await bytesOf(part), await frame("version", payload));
  assertEquals(payloadOf().length, VERSION_SIZE);
  const faulty = await frame("version", payloadOf(), { chain: OTHER, size: 7, badChecksum: true });
  assertEquals(await bytesOf(version({}, { chain: OTHER, size: 7, badChecksum: true })), faulty);
});
