/**
 * SOCKS5 proxies with every possible reply, in every form and split, and with what the peer sends after it.
 *
 * @module
 */

import type { ErrorCode } from "../../net/errors.ts";
import { socks5Reply } from "../proxies/socks5_messages.ts";
import { first, type Part, raw, verack, version } from "./parts.ts";
import {
  bePeer,
  CONNECTED,
  type ExpectedProxyRecord,
  granted,
  hearGreeting,
  hearLogin,
  hearRequest,
  type HostileProxy,
  LOGIN,
  NO_LOGIN,
  slow,
  socks5,
  socks5ThatResets,
  stopped,
  TARGETS,
  UP_TO_REQUEST,
} from "./proxy_steps.ts";
import { finish, pause, say, sayCutAt, sayInPieces } from "./steps.ts";

/** What a reply means for an onion name and, if different, for any other host. */
const CODES: readonly (readonly [code: number, onion: ErrorCode, other?: ErrorCode])[] = [
  [0x01, "proxy_failure"],
  [0x02, "proxy_refused"],
  [0x03, "host_unreachable"],
  [0x04, "not_found", "host_unreachable"],
  [0x05, "connection_refused"],
  [0x06, "timeout"],
  [0x07, "proxy_refused"],
  [0x08, "proxy_refused"],
  [0xf0, "not_found"],
  [0xf1, "not_found"],
  [0xf2, "host_unreachable"],
  [0xf3, "host_unreachable"],
  [0xf4, "unauthorized"],
  [0xf5, "unauthorized"],
  [0xf6, "not_found"],
  [0xf7, "host_unreachable"],
  // These have no meaning.
  [0x09, "proxy_failure"],
  [0x80, "proxy_failure"],
  [0xef, "proxy_failure"],
  [0xf8, "proxy_failure"],
  [0xff, "proxy_failure"],
];

const replies = (code: number, bound?: string) => [...UP_TO_REQUEST, say(raw(socks5Reply(code, bound)))];
const hex = (code: number) => `0x${code.toString(16).padStart(2, "0")}`;

const FAILURES: readonly HostileProxy[] = [
  ...CODES.flatMap(([code, onion, other = onion]) => [
    socks5(`replies ${hex(code)} for an onion name`, [...replies(code), finish], stopped(onion)),
    ...(["ipv4", "ipv6", "name"] as const).map((type) =>
      socks5(`replies ${hex(code)} for a target by ${type}`, [...replies(code), finish], stopped(other), TARGETS[type])
    ),
  ]),
  socks5("replies 0x05, bound to a name", replies(0x05, "proxy.invalid"), stopped("connection_refused")),
  socks5("replies 0x05, bound to an IPv6 address", replies(0x05, "::1"), stopped("connection_refused")),
  socks5(
    "replies 0x05, and omits the rest",
    [...UP_TO_REQUEST, say(raw([5, 5])), finish],
    stopped("connection_refused"),
  ),
  socks5(
    "replies 0x05 byte by byte",
    [...UP_TO_REQUEST, sayInPieces(1, 2, raw(socks5Reply(5)))],
    stopped("connection_refused"),
  ),
  socks5(
    "replies 0x05, and goes on as if it were the peer",
    [...UP_TO_REQUEST, say(raw(socks5Reply(5)), version(), verack)],
    stopped("connection_refused"),
  ),
];

const BOUND: readonly (readonly [name: string, reply: Part])[] = [
  ["an IPv4 address", granted("192.0.2.1")],
  ["an IPv6 address", granted("2001:db8::1")],
  ["a name", granted("proxy.invalid")],
  ["an empty name", granted("")],
  ["the longest name", granted("x".repeat(255))],
  ["a name of zeros", granted("\0\0\0")],
];

const FORMS: readonly HostileProxy[] = BOUND.flatMap(([bound, reply]) => [
  socks5(`is bound to ${bound}`, [...UP_TO_REQUEST, say(reply), bePeer], CONNECTED),
  socks5(`is bound to ${bound}, with the peer's messages in the same segment`, [
    ...UP_TO_REQUEST,
    say(reply, version(), verack),
  ], CONNECTED),
  socks5(
    `is bound to ${bound}, and says so byte by byte`,
    [...UP_TO_REQUEST, sayInPieces(1, 2, reply), bePeer],
    CONNECTED,
  ),
  socks5(`is bound to ${bound}, and replies in two halves`, [...UP_TO_REQUEST, sayCutAt(6, reply), bePeer], CONNECTED),
]);

const CUTS: readonly HostileProxy[] = [
  socks5("sends everything byte by byte, including the peer's messages", [
    hearGreeting,
    sayInPieces(1, 2, LOGIN),
    hearLogin,
    sayInPieces(1, 2, raw([1, 0])),
    hearRequest,
    sayInPieces(1, 2, granted(), version(), verack),
  ], CONNECTED),
  socks5("sends everything before it is asked, including the peer's messages", [
    say(NO_LOGIN, granted(), version(), verack),
  ], CONNECTED),
  socks5("sends everything before it is asked, with a login", [
    say(LOGIN, raw([1, 0]), granted(), version(), verack),
  ], CONNECTED),
  socks5("has half of the peer's version in the reply's segment", [
    ...UP_TO_REQUEST,
    sayCutAt(60, granted(), version(), verack),
  ], CONNECTED),
  socks5("has the peer's first byte in the reply's segment", [
    ...UP_TO_REQUEST,
    sayCutAt(11, granted(), version(), verack),
  ], CONNECTED),
  socks5("pauses before each message", [
    pause(100),
    hearGreeting,
    pause(100),
    say(NO_LOGIN),
    hearRequest,
    pause(100),
    say(granted()),
    pause(100),
    bePeer,
  ], CONNECTED),
  ...(["ipv4", "ipv6", "name"] as const).map((type) =>
    socks5(`leads to a target by ${type}`, [...UP_TO_REQUEST, say(granted()), bePeer], CONNECTED, TARGETS[type])
  ),
];

/** What comes after the reply is from the peer. */
type Peer = readonly [name: string, parts: readonly Part[], expected: ExpectedProxyRecord];

const WAITING_PEERS: readonly Peer[] = [
  ["and then nothing", [], stopped("timeout", "version")],
  ["and half of a version", [first(60, version())], stopped("timeout", "version")],
  ["and only a version", [version()], stopped("timeout", "verack")],
];

const PEERS: readonly Peer[] = [
  ["and junk", [raw("junk, and more of it, and more")], stopped("not_bitcoin", "version")],
  ["and ten megabytes of zeros", [raw(new Uint8Array(10_000_000))], stopped("not_bitcoin", "version")],
  ["and its reply again", [granted()], stopped("not_bitcoin", "version")],
];

const grants = ([name, parts, expected]: Peer) =>
  socks5(`grants the request, ${name}`, [...UP_TO_REQUEST, say(granted(), ...parts)], expected);

const AFTERWARDS: readonly HostileProxy[] = [
  ...PEERS.map(grants),
  ...WAITING_PEERS.map((peer) => slow(grants(peer))),
  socks5(
    "ends its stream after its reply",
    [...UP_TO_REQUEST, say(granted()), finish],
    stopped("connection_closed", "version"),
  ),
  socks5ThatResets(
    "resets after its reply",
    [...UP_TO_REQUEST, say(granted()), pause(200)],
    stopped("connection_reset", "version"),
  ),
];

/** Proxies that send a reply. */
export const SOCKS5_REPLIES: readonly HostileProxy[] = [...FAILURES, ...FORMS, ...CUTS, ...AFTERWARDS];
