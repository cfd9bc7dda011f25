/**
 * Answers that cannot be read: nothing of the message counts, and everything before it does.
 *
 * @module
 */

import { header, message, type Part } from "../parts.ts";
import { answers, counted, type ExpectedAnswer, type HostileAnswer, nothing } from "./answer.ts";
import { addr, addrV2, entryV1, entryV2, ipv4, manyV1, manyV2, overlay } from "./entries.ts";

const malformed = (name: string, part: Part, expected: ExpectedAnswer = nothing("malformed")): HostileAnswer =>
  answers(name, [part], expected);

/** Between two good entries one with an address of this length. */
const sized = (id: number, name: string, size: number): HostileAnswer =>
  malformed(
    `names an address of ${size} bytes in ${name}`,
    addrV2([entryV2(ipv4(1)), entryV2({ id, bytes: new Array<number>(size).fill(1) }), entryV2(ipv4(2))]),
  );

const LENGTHS: readonly HostileAnswer[] = [
  sized(1, "IPv4", 3),
  sized(1, "IPv4", 16),
  sized(2, "IPv6", 4),
  sized(2, "IPv6", 17),
  sized(4, "Tor", 10),
  sized(4, "Tor", 33),
  sized(5, "I2P", 31),
  sized(6, "CJDNS", 15),
  sized(1, "IPv4", 0),
  malformed(
    "names an address of 513 bytes in an unknown network",
    addrV2([entryV2(ipv4(1)), entryV2(overlay(99, 1, 513))]),
  ),
  malformed(
    "announces an address of 4 GiB",
    addrV2([entryV2(ipv4(1)), entryV2({ id: 99, bytes: [], length: [0xfe, 0xff, 0xff, 0xff, 0xff] })]),
  ),
  malformed(
    "announces an address of 2^64 - 1 bytes",
    addrV2([entryV2(ipv4(1)), entryV2({ id: 99, bytes: [], length: [0xff, ...new Array<number>(8).fill(0xff)] })]),
  ),
];

const COUNTS: readonly HostileAnswer[] = [
  malformed("names 1,001 addresses", addrV2(manyV2(1001))),
  malformed("names 1,001 addresses in addr", addr(manyV1(1001))),
  malformed("announces 1,000 addresses and names 999", addrV2(manyV2(999), [0xfd, 0xe8, 0x03])),
  malformed("announces 2^64 - 1 addresses", addrV2(manyV2(2), new Array<number>(9).fill(0xff))),
  malformed("announces 2^64 - 1 addresses in addr", addr(manyV1(2), new Array<number>(9).fill(0xff))),
  malformed("answers with no payload", message("addrv2")),
  malformed("answers with no payload in addr", message("addr")),
];

const COMPACT_SIZES: readonly HostileAnswer[] = [
  malformed("has a count that is longer than necessary", addrV2(manyV2(2), [0xfd, 2, 0])),
  malformed("has a count that is longer than necessary, in addr", addr(manyV1(2), [0xfe, 2, 0, 0, 0])),
  malformed(
    "has services that are longer than necessary",
    addrV2([entryV2(ipv4(1), { services: [0xff, 9, 0, 0, 0, 0, 0, 0, 0] }), entryV2(ipv4(2))]),
  ),
  malformed(
    "has a length that is longer than necessary",
    addrV2([entryV2({ ...ipv4(1), length: [0xfd, 4, 0] }), entryV2(ipv4(2))]),
  ),
];

const CUT: readonly HostileAnswer[] = [
  malformed("ends in the middle of its last port", addrV2([entryV2(ipv4(1)), entryV2(ipv4(2)).slice(0, -1)])),
  malformed("ends in the middle of its last address", addrV2([entryV2(ipv4(1)), entryV2(ipv4(2)).slice(0, -4)])),
  malformed(
    "ends in the middle of its last time, in addr",
    addr([entryV1("192.0.2.1"), entryV1("192.0.2.2").slice(0, 3)]),
  ),
  malformed("sends addrv2 under the name of addr", message("addr", Uint8Array.from([2, ...manyV2(2).flat()]))),
  malformed(
    "has a megabyte behind its last entry, more than 1,000 entries can take",
    message("addrv2", Uint8Array.from([2, ...manyV2(2).flat(), ...new Uint8Array(1_000_000)])),
  ),
  malformed(
    "announces an addrv2 of 600,000 bytes, and sends none of them",
    header("addrv2", 600_000),
    nothing("silent"),
  ),
  malformed("announces an addr of 4,000,001 bytes", header("addr", 4_000_001)),
  malformed("changes its magic", message("addrv2", Uint8Array.of(0), { chain: { magic: 0x0102_0304 } })),
];

const AFTER_GOOD: readonly HostileAnswer[] = [
  answers(
    "names two addresses, and then answers with no payload",
    [addrV2(manyV2(2)), message("addrv2")],
    counted({ ipv4: 2 }, { outcome: "malformed" }),
  ),
  answers(
    "answers with no payload, and then names 1,000 addresses",
    [message("addrv2"), addrV2(manyV2(1000))],
    nothing("malformed"),
  ),
];

/** Answers that cannot be read. */
export const MALFORMED: readonly HostileAnswer[] = [...LENGTHS, ...COUNTS, ...COMPACT_SIZES, ...CUT, ...AFTER_GOOD];
