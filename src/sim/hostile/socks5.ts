/**
 * SOCKS5 proxies that speak another protocol, want another login, truncate messages, fall silent or leave.
 *
 * @module
 */

import { raw } from "./parts.ts";
import {
  bePeer,
  CONNECTED,
  granted,
  hearGreeting,
  hearLogin,
  hearRequest,
  type HostileProxy,
  LOGIN,
  NO_LOGIN,
  slow,
  socks5,
  type Socks5Step,
  socks5ThatResets,
  stopped,
  TARGETS,
  UP_TO_REQUEST,
} from "./proxy_steps.ts";
import { AGES, finish, pause, say, sayForever, sayInPieces } from "./steps.ts";

const REFUSED = stopped("proxy_refused");
const MEGABYTES = new Uint8Array(10_000_000);

const UP_TO_LOGIN: readonly Socks5Step[] = [hearGreeting, say(LOGIN), hearLogin];

const METHODS: readonly HostileProxy[] = [
  ...[0, 4, 6, 0xff].map((version) =>
    socks5(`answers the greeting in version ${version}`, [hearGreeting, say(raw([version, 0]))], REFUSED)
  ),
  ...([
    ["none of those offered", 0xff],
    ["GSSAPI", 1],
    ["CHAP", 3],
    ["a private method", 0x80],
  ] as const).map(([name, method]) => socks5(`wants as login ${name}`, [hearGreeting, say(raw([5, method]))], REFUSED)),
  socks5("wants no login", [...UP_TO_REQUEST, say(granted()), bePeer], CONNECTED),
  socks5(
    "wants a login, and takes any",
    [...UP_TO_LOGIN, say(raw([1, 0])), hearRequest, say(granted()), bePeer],
    CONNECTED,
  ),
  ...[1, 2, 0xff].map((status) =>
    socks5(`refuses the login with status ${status}`, [...UP_TO_LOGIN, say(raw([1, status]))], REFUSED)
  ),
  socks5("refuses the login, and closes", [...UP_TO_LOGIN, say(raw([1, 1])), finish], REFUSED),
  ...[0, 2, 5].map((version) =>
    socks5(`answers the login in version ${version}`, [...UP_TO_LOGIN, say(raw([version, 0]))], REFUSED)
  ),
];

const STRANGERS: readonly HostileProxy[] = [
  socks5("speaks HTTP", [hearGreeting, say(raw("HTTP/1.1 400 Bad Request\r\n\r\n")), finish], REFUSED),
  socks5("speaks SOCKS4", [hearGreeting, say(raw([0, 0x5b, 0, 0, 0, 0, 0, 0]))], REFUSED),
  socks5("speaks SSH, unprompted", [say(raw("SSH-2.0-OpenSSH_10.0\r\n"))], REFUSED),
  socks5("sends ten megabytes of zeros", [say(raw(MEGABYTES))], REFUSED),
  socks5("sends zeros forever", [sayForever(0, raw(new Uint8Array(10_000)))], REFUSED),
  socks5("sends its version forever", [sayForever(0, raw(new Uint8Array(10_000).fill(5)))], REFUSED),
  socks5(
    "sends ten megabytes after its answer to the login",
    [...UP_TO_LOGIN, say(raw([1, 0]), raw(MEGABYTES))],
    REFUSED,
  ),
  slow(socks5("reads nothing and sends nothing", [pause(AGES)], stopped("proxy_unreachable"))),
];

const REPLY_FAULTS: readonly HostileProxy[] = [
  ...[0, 1, 4, 6].map((version) =>
    socks5(`replies in version ${version}`, [...UP_TO_REQUEST, say(raw([version, 0, 0, 1, 0, 0, 0, 0, 0, 0]))], REFUSED)
  ),
  socks5(
    "has a reserved byte of 1 in its reply",
    [...UP_TO_REQUEST, say(raw([5, 0, 1, 1, 0, 0, 0, 0, 0, 0]))],
    REFUSED,
  ),
  ...[0, 2, 5, 0xff].map((type) =>
    socks5(
      `is bound to an address of type ${type}`,
      [...UP_TO_REQUEST, say(raw([5, 0, 0, type, 0, 0, 0, 0, 0, 0]))],
      REFUSED,
    )
  ),
  slow(socks5(
    "drips a reply with a long name",
    [...UP_TO_REQUEST, sayInPieces(1, 1000, granted("x".repeat(255)))],
    stopped("timeout"),
  )),
];

const REPLY = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0];

/** Points before the request: silence there means that the proxy is dead. */
const OUTSIDE: readonly (readonly [name: string, steps: readonly Socks5Step[]])[] = [
  ["before its first byte", [hearGreeting]],
  ["after its version", [hearGreeting, say(raw([5]))]],
  ["before the login", [hearGreeting, say(LOGIN)]],
  ["after the login", UP_TO_LOGIN],
  ["after the first byte of its answer to the login", [...UP_TO_LOGIN, say(raw([1]))]],
];

/** Points after which the request is sent: silence there may be that of the peer. */
const INSIDE: readonly (readonly [name: string, steps: readonly Socks5Step[]])[] = [
  ["before the request", [hearGreeting, say(NO_LOGIN)]],
  ["before the request of a client that is logged in", [...UP_TO_LOGIN, say(raw([1, 0]))]],
  ["after the request", UP_TO_REQUEST],
  ...REPLY.slice(1).map((_, i) =>
    [`after byte ${i + 1} of its reply`, [...UP_TO_REQUEST, say(raw(REPLY.slice(0, i + 1)))]] as const
  ),
  ["in the middle of the name to which it is bound", [...UP_TO_REQUEST, say(raw([5, 0, 0, 3, 9, 0x61, 0x62]))]],
  ["in the middle of the IPv6 address to which it is bound", [...UP_TO_REQUEST, say(raw([5, 0, 0, 4, 0, 0]))]],
];

const ENDINGS: readonly HostileProxy[] = [
  ...[...OUTSIDE, ...INSIDE].flatMap(([point, steps]) => [
    socks5(`ends its stream ${point}`, [...steps, finish], stopped("proxy_unreachable")),
    socks5ThatResets(`resets ${point}`, steps, stopped("proxy_unreachable")),
  ]),
  ...OUTSIDE.map(([point, steps]) => slow(socks5(`falls silent ${point}`, steps, stopped("proxy_unreachable")))),
  ...INSIDE.map(([point, steps]) => slow(socks5(`falls silent ${point}`, steps, stopped("timeout")))),
  socks5("ends its stream as soon as it is connected", [finish], stopped("proxy_unreachable")),
  socks5(
    "ends its stream before the request for an IPv4 address",
    [hearGreeting, say(NO_LOGIN), finish],
    stopped("proxy_unreachable"),
    TARGETS.ipv4,
  ),
];

/** Proxies that do not send a complete reply. */
export const SOCKS5_PROXIES: readonly HostileProxy[] = [...METHODS, ...STRANGERS, ...REPLY_FAULTS, ...ENDINGS];
