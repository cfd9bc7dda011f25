import { assertEquals, assertThrows } from "@std/assert";
import { AddressError } from "../../src/address/errors.ts";
import { addrMessage, decodeAddr, decodeAddrV2, encodeAddr } from "../../src/wire/addr.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";
import { concat, hex } from "../support/bytes.ts";
import { assertWireError } from "../support/errors.ts";

const TIME = 0x4966bc61;

/** Source: Bitcoin Core `net_tests.cpp`, the serializations of three addresses (`fixture_addresses`). */
const V1 = `03
  61bc6649 0000000000000000 00000000000000000000000000000001 0000
  79627683 0100000000000000 00000000000000000000000000000001 00f1
  ffffffff 4804000000000000 00000000000000000000000000000001 f1f2`;
const V2 = `03
  61bc6649 00 02 10 00000000000000000000000000000001 0000
  79627683 01 02 10 00000000000000000000000000000001 00f1
  ffffffff fd4804 02 10 00000000000000000000000000000001 f1f2`;
const LOOPBACK = { network: "ipv6", host: "::1" } as const;
const FIXTURE = [
  { time: TIME, services: 0n, address: { ...LOOPBACK, port: 0 } },
  { time: 0x83766279, services: 1n, address: { ...LOOPBACK, port: 0xf1 } },
  { time: 0xffffffff, services: 0x448n, address: { ...LOOPBACK, port: 0xf1f2 } },
];

Deno.test("addrMessage() writes entries as Bitcoin Core does, and they are decoded without a copy", () => {
  for (const [type, text, decode] of [["addr", V1, decodeAddr], ["addrv2", V2, decodeAddrV2]] as const) {
    const message = addrMessage(type, FIXTURE);
    assertEquals(message.payload, hex(text));
    assertEquals(message.count, 3);
    const decoded = decode(message.payload);
    assertEquals(decoded, message);
    assertEquals(decoded.payload.buffer, message.payload.buffer);
    assertEquals(encodeAddr(decoded), message.payload);
  }
});

Deno.test("decodeAddr() and decodeAddrV2() ignore bytes after the last entry", () => {
  assertEquals(decodeAddr(hex(`${V1} ff`)).count, 3);
  assertEquals(decodeAddrV2(concat(hex(V2), new Uint8Array(100))).count, 3);
  assertEquals(decodeAddr(hex("00 01")).count, 0);
});

Deno.test("decodeAddr() and decodeAddrV2() take nothing of a message with one bad entry", () => {
  assertWireError(() => decodeAddr(hex(V1).subarray(0, -1)), "truncated", "addr[2]");
  assertWireError(() => decodeAddrV2(hex(V2.replace("fd4804", "fd0100"))), "non_canonical", "addrv2[2]");
});

Deno.test("addrMessage() writes addresses of every network in addrv2, and IP addresses alone in addr", () => {
  const entries = ONE_OF_EACH.map((address) => ({ time: TIME, services: 2n ** 64n - 1n, address }));
  assertEquals(decodeAddrV2(addrMessage("addrv2", entries).payload).count, entries.length);
  for (const entry of entries) {
    const { network, host } = entry.address;
    if (network === "ipv4" || network === "ipv6") assertEquals(addrMessage("addr", [entry]).payload.length, 31);
    else assertWireError(() => addrMessage("addr", [entry]), "out_of_range", host);
  }
});

Deno.test("addrMessage() makes room for a thousand of the longest entries and for nothing more", () => {
  const address = ONE_OF_EACH.find(({ network }) => network === "onion") ?? { ...LOOPBACK, port: 1 };
  const { payload } = addrMessage("addrv2", Array(1000).fill({ time: TIME, services: 2n ** 64n - 1n, address }));
  assertEquals([payload.length, payload.buffer.byteLength], [49_003, 49_003]);
});

Deno.test("addrMessage() refuses what a message cannot hold", () => {
  const entry = { time: TIME, services: 0n, address: { network: "ipv4", host: "1.2.3.4", port: 8333 } } as const;
  assertEquals(addrMessage("addr", Array(1000).fill(entry)).payload.length, 3 + 30_000);
  assertWireError(() => addrMessage("addr", Array(1001).fill(entry)), "out_of_range", "at most 1000 entries, got 1001");
  for (const type of ["addr", "addrv2"] as const) {
    for (const services of [-1n, 2n ** 64n]) {
      assertWireError(() => addrMessage(type, [{ ...entry, services }]), "out_of_range", `${type}[0].services`);
    }
    assertWireError(() => addrMessage(type, [{ ...entry, time: 2 ** 32 }]), "out_of_range", `${type}[0].time`);
    const bad = { ...entry.address, host: "1.2.3" };
    assertThrows(() => addrMessage(type, [{ ...entry, address: bad }]), AddressError);
  }
});

Deno.test("addrMessage() writes an addrv2 as long as Bitcoin Core's p2p_addrv2_relay.py says", () => {
  const i2p = "c4gfnttsuwqomiygupdqqqyy5y5emnk5c73hrfvatri67prd7vyq.b32.i2p";
  const onion = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion";
  const entries = Array.from({ length: 10 }, (_, i) => {
    const port = 8333 + i;
    const ip = { network: "ipv4", host: `123.123.123.${i}`, port } as const;
    const address = i === 5
      ? { network: "i2p", host: i2p, port: 0 } as const
      : i === 8
      ? { network: "onion", host: onion, port } as const
      : ip;
    return { time: TIME + i, services: 9n, address };
  });
  // The count, then time, services, network, length, address and port of each.
  const size = 1 + 8 * (4 + 1 + 1 + 1 + 4 + 2) + 2 * (4 + 1 + 1 + 1 + 32 + 2);
  assertEquals(decodeAddrV2(addrMessage("addrv2", entries).payload).payload.length, size);
  const [first, ...others] = entries;
  assertEquals(addrMessage("addrv2", first ? [{ ...first, services: 0xfdn }, ...others] : []).payload.length, size + 2);
});
