/**
 * Messages around `version` and `verack`, in any order and with any name: all are legal and ignored.
 *
 * @module
 */

import { NEGOTIATION_MESSAGE_TYPES } from "../../wire/messages.ts";
import { message, nonceBytes, type Part, utf8, verack, version } from "./parts.ts";
import { type HostilePeer, peer, succeeds } from "./steps.ts";

/** A sequence of messages before the verack: their parts, and their types as shown in a record. */
type Order = readonly [name: string, parts: readonly Part[], messages: readonly string[]];

const negotiation = NEGOTIATION_MESSAGE_TYPES;
const second = version({ services: 0n, userAgent: utf8("/second:2.0/"), startHeight: 1, nonce: 2n });
const empty = (types: readonly string[]): readonly Part[] => types.map((type) => message(type));
const all = (types: readonly string[]): readonly Part[] => [version(), ...empty(types)];

const ORDERS: readonly Order[] = [
  ["sends nothing between version and verack", [version()], ["version"]],
  ["negotiates as Bitcoin Core does", all(negotiation), ["version", ...negotiation]],
  ["negotiates in reverse order", all(negotiation.toReversed()), ["version", ...negotiation.toReversed()]],
  ["negotiates everything twice", all([...negotiation, ...negotiation]), ["version", ...negotiation, ...negotiation]],
  ["negotiates before its version", [...empty(negotiation), version()], [...negotiation, "version"]],
  ["negotiates with unknown payloads", [
    version(),
    ...negotiation.map((type) => message(type, nonceBytes(1n, 99))),
  ], [
    "version",
    ...negotiation,
  ]],
  ["sends its verack first too", [verack, version()], ["verack", "version"]],
  ["sends three veracks before its version", [verack, verack, verack, version()], [
    "verack",
    "verack",
    "verack",
    "version",
  ]],
  ["sends a second version, which is ignored", [version(), second], ["version", "version"]],
  ["sends a second, obsolete version", [version(), version({ protocolVersion: 1 })], ["version", "version"]],
  ["sends a second, truncated version", [version(), version({ size: 45 })], ["version", "version"]],
  ["sends a second version with a wrong checksum", [version(), version({}, { badChecksum: true })], [
    "version",
    "version",
  ]],
  ["sends unsolicited blocks and transactions", all(["inv", "tx", "block", "headers"]), [
    "version",
    "inv",
    "tx",
    "block",
    "headers",
  ]],
  ["sends alert and reject", all(["alert", "reject"]), ["version", "alert", "reject"]],
  ["sends an unsolicited pong", [version(), message("pong", nonceBytes(1n))], ["version", "pong"]],
  ["sends a pong without a nonce", [version(), message("pong")], ["version", "pong"]],
  ["sends addr, getaddr and getheaders first", [...empty(["addr", "getaddr", "getheaders"]), version()], [
    "addr",
    "getaddr",
    "getheaders",
    "version",
  ]],
  ["sends forty messages, of which a record shows 32", all(new Array<string>(39).fill("inv")), [
    "version",
    ...new Array<string>(31).fill("inv"),
  ]],
];

/** Message types, as bytes in the header and as shown in a record. */
const NAMES: readonly (readonly [name: string, bytes: string | readonly number[], shown: string])[] = [
  ["that is unknown", "hello", "hello"],
  ["of one character", "x", "x"],
  ["of 12 bytes, without a NUL", "abcdefghijkl", "abcdefghijkl"],
  ["that is empty", [], ""],
  ["in capitals: VERACK", "VERACK", "VERACK"],
  ["with a trailing space: verack", "verack ", "verack "],
  ["with a leading space: verack", " verack", " verack"],
  ["that is a prefix of another: verac", "verac", "verac"],
  ["with a NUL inside", [0x61, 0, 0x62], "a\\x00b"],
  ["of verack with more after its NUL", [...utf8("verack"), 0, 0x21], "verack\\x00!"],
  ["of verack with its last byte set", [...utf8("verack"), 0, 0, 0, 0, 0, 1], "verack\\x00\\x00\\x00\\x00\\x00\\x01"],
  ["of verack after a NUL", [0, ...utf8("verack")], "\\x00verack"],
  ["in UTF-8", "größe", "gr\\xc3\\xb6\\xc3\\x9fe"],
  ["that is not UTF-8", [0xff, 0xfe, 0xc3, 0x28], "\\xff\\xfe\\xc3("],
  ["with a backslash", "a\\x00b", "a\\\\x00b"],
  ["that clears a terminal", "\x1b[2J\x1b[H", "\\x1b[2J\\x1b[H"],
  ["with a newline", "inv\r\nverack", "inv\\x0d\\x0averack"],
  ["with quotes, a comma and a bar", '"in",v|\'', '"in",v|\''],
  ["of markup", "<b>inv</b>", "<b>inv</b>"],
  ["of twelve bytes 0xff", new Array<number>(12).fill(0xff), "\\xff".repeat(12)],
  ["that every object has: constructor", "constructor", "constructor"],
  ["that every object has: __proto__", "__proto__", "__proto__"],
  ["that every object has: toString", "toString", "toString"],
];

/** Orders and types of messages. */
export const NEGOTIATION: readonly HostilePeer[] = [
  ...ORDERS.map(([name, parts, messages]) =>
    peer(name, [...parts, verack], {
      ...succeeds([...messages, "verack"].slice(0, 32)),
      subver: "/hostile:1.0/",
      startingheight: 940_000,
    })
  ),
  ...NAMES.map(([name, bytes, shown]) =>
    peer(
      `sends a message with a name ${name}`,
      [message(bytes), version(), message(bytes, nonceBytes(1n)), verack],
      succeeds([shown, "version", shown, "verack"]),
    )
  ),
  peer("sends its verack twice", [version(), verack, verack], succeeds(["version", "verack"])),
];
