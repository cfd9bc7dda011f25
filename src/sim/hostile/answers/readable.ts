/**
 * Answers that must be read: everything that BIP 155 allows, and what is to be skipped.
 *
 * @module
 */

import { message, times } from "../parts.ts";
import { NOW } from "../versions.ts";
import { sayInPieces } from "../steps.ts";
import { answers, answersBy, counted, type HostileAnswer } from "./answer.ts";
import { addr, addrV2, entryV1, entryV2, ipBytes, ipv4, ipv6, little, manyV1, manyV2, overlay } from "./entries.ts";

const ALL_ONES = new Array<number>(8).fill(0xff);

/** Bytes that are no address of the network in whose name they come, of the right length or not. */
const skippedAlone = (name: string, id: number, bytes: readonly number[]): HostileAnswer =>
  answers(
    `names an address ${name}, between two others`,
    [addrV2([entryV2(ipv4(1)), entryV2({ id, bytes }), entryV2(ipv4(2))])],
    counted({ ipv4: 2 }, { skipped: 1 }),
  );

const SKIPPED: readonly HostileAnswer[] = [
  skippedAlone("in network 0", 0, [1, 2, 3, 4]),
  skippedAlone("of Tor's version 2, in network 3", 3, new Array<number>(10).fill(5)),
  skippedAlone("in network 3 with four bytes", 3, [1, 2, 3, 4]),
  skippedAlone("of Yggdrasil, in network 7", 7, [2, ...new Array<number>(15).fill(1)]),
  skippedAlone("in network 255, of no bytes", 255, []),
  skippedAlone("in network 99, of 512 bytes", 99, new Array<number>(512).fill(9)),
  skippedAlone("in IPv4, but mapped into IPv6", 2, ipBytes("192.0.2.7")),
  skippedAlone("of OnionCat in IPv6", 2, ipBytes("fd87:d87e:eb43::1")),
  answers(
    "names 1,000 addresses in unknown networks",
    [addrV2(Array.from({ length: 1000 }, (_, i) => entryV2({ id: 8 + i % 248, bytes: little(i, i % 5) })))],
    counted({}, { skipped: 1000 }),
  ),
];

const NETWORKS: readonly HostileAnswer[] = [
  answers(
    "names an address in every network",
    [addrV2([
      entryV2(ipv4(1)),
      entryV2(ipv6(1)),
      ...[4, 5].map((id) => entryV2(overlay(id, 1))),
      entryV2(overlay(6, 1, 16)),
    ])],
    counted({ ipv4: 1, ipv6: 1, onion: 1, i2p: 1, cjdns: 1 }),
  ),
  answers(
    "names CJDNS addresses without their prefix",
    [addrV2([entryV2({ id: 6, bytes: ipBytes("fd00::1") }), entryV2({ id: 6, bytes: ipBytes("2001:db8::1") })])],
    counted({ cjdns: 2 }),
  ),
  answers(
    "names CJDNS addresses in addr, where there are none",
    [addr([entryV1("fc00::1"), entryV1("fc00::2")])],
    counted({ ipv6: 2 }),
  ),
  answers(
    "names addresses that nobody can have",
    [addrV2(
      ["0.0.0.0", "255.255.255.255", "127.0.0.1", "224.0.0.1"].map((ip) =>
        entryV2({ id: 1, bytes: ipBytes(ip).slice(12) })
      ),
    )],
    counted({ ipv4: 4 }),
  ),
  answers(
    "names IPv6 addresses that nobody can have",
    [addr(["::", "::1", "ff02::1"].map((ip) => entryV1(ip)))],
    counted({ ipv6: 3 }),
  ),
  answers(
    "names I2P addresses with a port",
    [addrV2([entryV2(overlay(5, 1), { port: 8333 }), entryV2(overlay(5, 2), { port: 0 })])],
    counted({ i2p: 2 }),
  ),
  answers(
    "names addresses with port 0 and with port 65,535",
    [addrV2([entryV2(ipv4(1), { port: 0 }), entryV2(ipv4(1), { port: 65_535 })])],
    counted({ ipv4: 2 }),
  ),
  answers(
    "names 1,000 times the same address",
    [addrV2(new Array(1000).fill(entryV2(ipv4(1))))],
    counted({ ipv4: 1000 }),
  ),
];

const FIELDS: readonly HostileAnswer[] = [
  answers(
    "names addresses with all services there are",
    [addrV2([entryV2(ipv4(1), { services: [0xff, ...ALL_ONES] }), entryV2(ipv4(2), { services: [0] })])],
    counted({ ipv4: 2 }),
  ),
  answers(
    "names addresses with services above the usual bound of a CompactSize",
    [addrV2([entryV2(ipv4(1), { services: [0xfe, ...little(0x0300_0000, 4)] }), entryV2(ipv4(2))])],
    counted({ ipv4: 2 }),
  ),
  answers(
    "names addresses with all services there are, in addr",
    [addr([entryV1("192.0.2.1", { services: ALL_ONES }), entryV1("192.0.2.2")])],
    counted({ ipv4: 2 }),
  ),
  answers(
    "names addresses last seen never, in 1973, tomorrow and in 2106",
    [addrV2([0, 100_000_000, Number(NOW) + 86_400, 0xffff_ffff].map((time, i) => entryV2(ipv4(i), { time })))],
    counted({ ipv4: 4 }),
  ),
];

const SHAPES: readonly HostileAnswer[] = [
  answers("names 1,000 addresses", [addrV2(manyV2(1000))], counted({ ipv4: 1000 })),
  answers("names 1,000 addresses in addr, which nobody asked for", [addr(manyV1(1000))], counted({ ipv4: 1000 })),
  answers(
    "has bytes behind its last entry",
    [addrV2([entryV2(ipv4(1)), entryV2(ipv4(2)), [1, 2, 3]], [2])],
    counted({ ipv4: 2 }),
  ),
  answers(
    "has bytes behind its last entry, in addr",
    [addr([entryV1("192.0.2.1"), entryV1("192.0.2.2"), [1, 2, 3]], [2])],
    counted({ ipv4: 2 }),
  ),
  answers(
    "names itself, and then 1,000 addresses, in one write with a dozen other messages",
    [
      message("sendcmpct", new Uint8Array(9)),
      addrV2([entryV2(ipv4(0))]),
      ...times(10, message("inv", Uint8Array.of(0))),
      message("feefilter", new Uint8Array(8)),
      addrV2(manyV2(1000)),
    ],
    counted({ ipv4: 1001 }, { messages: 2 }),
  ),
  answersBy(
    "names two addresses, a byte at a time",
    [sayInPieces(1, 0, addrV2(manyV2(2)))],
    counted({ ipv4: 2 }),
  ),
  answers(
    "names some in addr and some in addrv2",
    [addr(manyV1(3)), addrV2(manyV2(4))],
    counted({ ipv4: 7 }, { messages: 2 }),
  ),
  answers(
    "has a wrong checksum in one of its messages",
    [message("addrv2", Uint8Array.from([2, ...manyV2(2).flat()]), { badChecksum: true }), addrV2(manyV2(3))],
    counted({ ipv4: 3 }),
  ),
];

/** Answers that must be read. */
export const READABLE: readonly HostileAnswer[] = [...SKIPPED, ...NETWORKS, ...FIELDS, ...SHAPES];
