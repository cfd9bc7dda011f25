/**
 * The rules for the library's options. The command line uses them too.
 *
 * @module
 */

import { parseIp } from "../address/ip.ts";
import { NETWORK_NAMES } from "../address/network.ts";
import {
  arrayOf,
  BOOLEAN,
  FUNCTION,
  INT32,
  integer,
  invalid,
  isNumber,
  isObject,
  isString,
  objectWith,
  oneOf,
  optional,
  type Rule,
  rule,
  type ValueRule,
} from "../wire/argument.ts";
import { CHAIN, PORT } from "../wire/chains.ts";
import { SERVICES } from "../wire/services.ts";
import { USER_AGENT } from "../wire/user_agent.ts";
import type { ScanOptions } from "./settings.ts";
import { nearest } from "./suggest.ts";

/** The longest time, in milliseconds: what fits into a 32-bit timer, in whole seconds. */
export const MAX_TIME = 2_147_483_000;

/** A time limit. */
export const TIMEOUT: ValueRule<number> = rule(
  `milliseconds greater than 0 and at most ${MAX_TIME}`,
  isNumber,
  (milliseconds) => milliseconds > 0 && milliseconds <= MAX_TIME,
);

/** How long to hold connections open, or 0. */
export const HOLD: ValueRule<number> = rule(
  `milliseconds from 0 to ${MAX_TIME}`,
  isNumber,
  (milliseconds) => milliseconds >= 0 && milliseconds <= MAX_TIME,
);

/** The number of handshakes in flight: at most one for each TCP port. */
export const CONCURRENCY: ValueRule<number> = integer(1, 65_535);

/** The transports to ask for. */
export const TRANSPORT = oneOf("v1", "v2", "auto");

/** A protocol version to announce. */
export const PROTOCOL_VERSION: ValueRule<number> = integer(0, 0x7fff_ffff);

const NAME_SERVER = objectWith("an IP address and a port, as { ipAddr, port }", {
  ipAddr: rule("an IP address", isString, (text) => parseIp(text) !== undefined),
  port: PORT,
});

const ENDPOINT_PARTS = {
  host: rule("a host, or unix: and the path of a socket", isString, ({ length }) => length > 0),
  port: integer(0, 65_535),
};

const ENDPOINT = objectWith("an endpoint, as { host, port }", ENDPOINT_PARTS);

/** A user name or password, as in RFC 1929. */
export const LOGIN_PART: ValueRule<string> = rule("1 to 255 bytes in UTF-8", isString, (text) => {
  const { length } = new TextEncoder().encode(text);
  return length >= 1 && length <= 255;
});

const SOCKS5_PROXY = objectWith("a SOCKS5 proxy, as { host, port, login: { user, password } }", {
  ...ENDPOINT_PARTS,
  login: optional(objectWith("a login, as { user, password }", { user: LOGIN_PART, password: LOGIN_PART })),
});

const IO = objectWith("an object with the members of denoIo", {
  clock: objectWith("a clock, as systemClock is", { now: FUNCTION, unixTime: FUNCTION, schedule: FUNCTION }),
  randomNonce: FUNCTION,
  randomBytes: FUNCTION,
  connect: FUNCTION,
  resolve: FUNCTION,
});

/** The rule of each option. */
export const OPTION_RULES: { readonly [K in keyof Required<ScanOptions>]: Rule } = {
  chain: CHAIN,
  transport: TRANSPORT,
  port: PORT,
  services: SERVICES,
  receivingServices: SERVICES,
  protocolVersion: PROTOCOL_VERSION,
  userAgent: USER_AGENT,
  startHeight: INT32,
  relay: BOOLEAN,
  timeout: TIMEOUT,
  concurrency: CONCURRENCY,
  hold: HOLD,
  networks: arrayOf(oneOf(...NETWORK_NAMES), { empty: false }),
  nameServer: NAME_SERVER,
  resolvesNames: BOOLEAN,
  proxy: SOCKS5_PROXY,
  onion: arrayOf(SOCKS5_PROXY, { empty: true }),
  i2psam: ENDPOINT,
  cjdns: BOOLEAN,
  dials: FUNCTION,
  onScarcity: FUNCTION,
  onProxyLost: FUNCTION,
  onFallback: FUNCTION,
  trace: FUNCTION,
  signal: rule("an AbortSignal", (value) => value instanceof AbortSignal),
  io: IO,
};

/**
 * Checks the given options; one that is `undefined` counts as not given.
 *
 * @throws {TypeError} when one is unknown, or of the wrong type.
 * @throws {RangeError} when one is not allowed.
 */
export function checkOptions(options: object, rules: { readonly [name: string]: Rule }): void {
  if (!isObject(options)) throw new TypeError(invalid("options", "an object", options));
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) throw new TypeError(unknownOption(name, Object.keys(rules)));
    if (value !== undefined) rule.check(name, value);
  }
}

function unknownOption(name: string, known: readonly string[]): string {
  const suggestion = nearest(name, known);
  const hint = suggestion === undefined ? `expected one of ${known.join(", ")}` : `did you mean ${suggestion}?`;
  return `Unknown option ${name}: ${hint}`;
}
