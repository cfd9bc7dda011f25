/**
 * A `version` with every field at and beyond its bounds, truncated, and padded.
 *
 * Source: Bitcoin Core `net_processing.cpp` (`ProcessMessage`, `VERSION`).
 *
 * @module
 */

import { ipAddress } from "../../address/address.ts";
import type { PeerRecord } from "../../report/records/peer.ts";
import { USER_AGENT, utf8, verack, version, VERSION_SIZE, type VersionBytes } from "./parts.ts";
import { fails, type HostilePeer, peer, succeeds } from "./steps.ts";

/** A peer with these fields in its version, which is followed directly by its verack. */
type Row = readonly [name: string, fields: VersionBytes, record?: Partial<PeerRecord>];

/** The time at which the clock of these tests is stopped, 13 March 2026. */
export const NOW = 1_773_433_289n;

const MAX_VERSION_SIZE = 4096;
const MIN_PROTOCOL_VERSION = 31_800;
const MAX_INT32 = 0x7fff_ffff;
const MIN_INT32 = -0x8000_0000;
const MAX_INT64 = 0x7fff_ffff_ffff_ffffn;
const ABSENT = { subver: null, startingheight: null, relaytxes: null };

const ACCEPTED: readonly Row[] = [
  ["the lowest protocol version", { protocolVersion: MIN_PROTOCOL_VERSION }, { version: 31_800 }],
  ["the highest protocol version", { protocolVersion: MAX_INT32 }, { version: MAX_INT32 }],
  ["no services", { services: 0n }, { services: "0".repeat(16), servicesnames: [] }],
  ["the highest service bit alone", { services: 1n << 63n }, {
    services: "8000000000000000",
    servicesnames: ["UNKNOWN[2^63]"],
  }],
  ["all services", { services: 0xffff_ffff_ffff_ffffn }, { services: "f".repeat(16) }],
  // Bitcoin Core treats a negative time as 0.
  ["the lowest time", { timestamp: -MAX_INT64 - 1n }, { timeoffset: Number(-NOW) }],
  ["a time just before 1970", { timestamp: -1n }, { timeoffset: Number(-NOW) }],
  ["the time 0", { timestamp: 0n }, { timeoffset: Number(-NOW) }],
  ["the last second of 31 bits", { timestamp: BigInt(MAX_INT32) }, { timeoffset: Number(BigInt(MAX_INT32) - NOW) }],
  ["the first second of 33 bits", { timestamp: 1n << 32n }, { timeoffset: Number((1n << 32n) - NOW) }],
  ["the highest time", { timestamp: MAX_INT64 }, { timeoffset: Number(MAX_INT64 - NOW) }],
  ["a clock a second behind", { clockOffset: -1n }, { timeoffset: -1 }],
  ["a clock a day ahead", { clockOffset: 86_400n }, { timeoffset: 86_400 }],
  ["a clock a year behind", { clockOffset: -31_536_000n }, { timeoffset: -31_536_000 }],
  ["our address in IPv4", { addrRecv: ipAddress("198.51.100.2", 51_234) }, { addrlocal: "198.51.100.2:51234" }],
  ["our address in IPv6", { addrRecv: ipAddress("2001:db8::2", 65_535) }, { addrlocal: "[2001:db8::2]:65535" }],
  ["an unspecified address of ours", { addrRecv: ipAddress("::", 8333) }, { addrlocal: null }],
  ["an unspecified IPv4 address of ours", { addrRecv: ipAddress("0.0.0.0", 8333) }, { addrlocal: null }],
  ["a nonce of 0", { nonce: 0n }],
  ["the highest nonce", { nonce: 0xffff_ffff_ffff_ffffn }],
  ["height -1", { startHeight: -1 }, { startingheight: -1 }],
  ["the lowest height", { startHeight: MIN_INT32 }, { startingheight: MIN_INT32 }],
  ["height 0", { startHeight: 0 }, { startingheight: 0 }],
  ["the highest height", { startHeight: MAX_INT32 }, { startingheight: MAX_INT32 }],
  ["relay 0", { relay: 0 }, { relaytxes: false }],
  ["relay 1", { relay: 1 }, { relaytxes: true }],
  ["relay 2", { relay: 2 }, { relaytxes: true }],
  ["relay 255", { relay: 255 }, { relaytxes: true }],
  ["nothing after our address", { size: 46 }, { ...ABSENT, timeoffset: 0 }],
  ["nothing after the nonce", { size: 80 }, ABSENT],
  ["nothing after the user agent", { size: VERSION_SIZE - 5 }, { startingheight: null, relaytxes: null }],
  ["nothing after the height", { size: VERSION_SIZE - 1 }, { startingheight: 940_000, relaytxes: null }],
  ["a byte after relay", { size: VERSION_SIZE + 1 }],
  ["as many bytes after relay as allowed", { size: MAX_VERSION_SIZE }],
];

const OBSOLETE: readonly Row[] = [
  ["a protocol version one too low", { protocolVersion: MIN_PROTOCOL_VERSION - 1 }, { version: 31_799 }],
  ["protocol version 0", { protocolVersion: 0 }, { version: 0 }],
  ["protocol version -1", { protocolVersion: -1 }, { version: -1 }],
  ["the lowest protocol version of 32 bits", { protocolVersion: MIN_INT32 }, { version: MIN_INT32 }],
  ["an obsolete version and only the mandatory fields", { protocolVersion: 105, size: 46 }, { version: 105 }],
];

/** Places where a version must not end. */
const CUT: readonly (readonly [name: string, size: number])[] = [
  ["before its first byte", 0],
  ["in the protocol version", 3],
  ["after the protocol version", 4],
  ["in the services", 11],
  ["after the services", 12],
  ["in the time", 19],
  ["after the time", 20],
  ["in our address", 44],
  ["before the last byte of our port", 45],
  ["in its own address", 47],
  ["after its own address", 72],
  ["in the nonce", 79],
  ["after the length of the user agent", 81],
  ["in the user agent", VERSION_SIZE - 6],
  ["in the height", VERSION_SIZE - 2],
];

/** User agents with a wrong or overlong length. */
const LENGTHS: readonly Row[] = [
  ["a user agent of 257 bytes", { userAgent: new Uint8Array(257).fill(0x2f) }],
  ["a user agent of 4,000 bytes", { userAgent: new Uint8Array(4000).fill(0x2f) }],
  ["a user agent's length in three bytes where one would do", { userAgentLength: [0xfd, 13, 0] }],
  ["a user agent's length in three bytes, 252", { userAgent: new Uint8Array(252), userAgentLength: [0xfd, 252, 0] }],
  ["a user agent's length in five bytes", { userAgentLength: [0xfe, 13, 0, 0, 0] }],
  ["a user agent's length in nine bytes", { userAgentLength: [0xff, 13, 0, 0, 0, 0, 0, 0, 0] }],
  ["a user agent's length that is cut short", { size: 82, userAgentLength: [0xfd, 0] }],
  ["a user agent longer than the payload", { userAgentLength: [200] }],
  ["a user agent one byte longer than the payload", { userAgentLength: [USER_AGENT.length + 6] }],
  ["a user agent of 2^32 bytes", { userAgentLength: [0xff, 0, 0, 0, 0, 1, 0, 0, 0] }],
  ["a user agent of 2^64 - 1 bytes", { userAgentLength: new Array<number>(9).fill(0xff) }],
];

/** User agents, as bytes and as a record shows them. */
const USER_AGENTS: readonly (readonly [name: string, bytes: string | readonly number[], shown: string])[] = [
  ["that is empty", [], ""],
  ["of 252 bytes", "/".repeat(252), "/".repeat(252)],
  ["of 253 bytes", "/".repeat(253), "/".repeat(253)],
  ["of 255 bytes", "/".repeat(255), "/".repeat(255)],
  ["of 256 bytes", "/".repeat(256), "/".repeat(256)],
  ["of 256 bytes that are all escaped", new Array<number>(256).fill(0xff), "\\xff".repeat(256)],
  ["that clears a terminal", "\x1b[2J\x1b]0;title\x07", "\\x1b[2J\\x1b]0;title\\x07"],
  ["with C1 controls", [0x9b, 0x32, 0x4a], "\\x9b2J"],
  ["that is not UTF-8", [0xc3, 0x28, 0xed, 0xa0, 0x80, 0xff], "\\xc3(\\xed\\xa0\\x80\\xff"],
  ["in UTF-8", "/größe🧡/", "/gr\\xc3\\xb6\\xc3\\x9fe\\xf0\\x9f\\xa7\\xa1/"],
  ["that reverses text", "/\u202eevil/", "/\\xe2\\x80\\xaeevil/"],
  ["with a byte order mark", "\ufeff/bom/", "\\xef\\xbb\\xbf/bom/"],
  ["of markup", "<script>alert('x')</script>&amp;", "<script>alert('x')</script>&amp;"],
  ["with newlines and tabs", "/a\r\nb\tc/", "/a\\x0d\\x0ab\\x09c/"],
  ["that looks like a line of a log", "\n2026-03-13T20:21:30.919Z  INFO x", "\\x0a2026-03-13T20:21:30.919Z  INFO x"],
  ["of NULs", [0, 0, 0], "\\x00\\x00\\x00"],
  ["with a NUL inside", "/a\0b/", "/a\\x00b/"],
  ["with quotes and spaces", ` "a" 'b' =c `, ` "a" 'b' =c `],
  ["with backslashes", "\\x00\\", "\\\\x00\\\\"],
  ["of the highest printable byte and the next", [0x7e, 0x7f], "~\\x7f"],
  ["that is a formula to a spreadsheet", `=HYPERLINK("http://x","y")`, `=HYPERLINK("http://x","y")`],
  ["that is JSON", `{"success":false}`, `{"success":false}`],
  ["with a format's placeholders", "%s%n{}${x}$&", "%s%n{}${x}$&"],
];

const SEEN = ["version", "verack"];

/** Versions. */
export const VERSIONS: readonly HostilePeer[] = [
  ...ACCEPTED.map(([name, fields, record]) =>
    peer(`sends a version with ${name}`, [version(fields), verack], succeeds(SEEN, record))
  ),
  ...USER_AGENTS.map(([name, bytes, shown]) =>
    peer(
      `sends a user agent ${name}`,
      [version({ userAgent: typeof bytes === "string" ? utf8(bytes) : Uint8Array.from(bytes) }), verack],
      succeeds(SEEN, { subver: shown, startingheight: 940_000, relaytxes: true }),
    )
  ),
  ...OBSOLETE.map(([name, fields, record]) =>
    peer(
      `sends a version with ${name}`,
      [version(fields), verack],
      fails("obsolete_version", "version", { messages: ["version"], ...record }),
    )
  ),
  ...[
    ...CUT.map(([name, size]): Row => [`an end ${name}`, { size }]),
    ...LENGTHS,
    ["a payload of one byte too many", { size: MAX_VERSION_SIZE + 1 }] satisfies Row,
  ].map(([name, fields]) =>
    peer(
      `sends a version with ${name}`,
      [version(fields), verack],
      fails("malformed_message", "version", { version: null, services: null, subver: null, timeoffset: null }),
    )
  ),
];
