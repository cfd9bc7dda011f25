/**
 * The options of the command line. One definition makes an option's parsing, its help and its error.
 *
 * @module
 */

import { DEFAULT_SETTINGS } from "../scan/settings.ts";
import { parsePort, parseTarget } from "../scan/target.ts";
import { CHAINS, findChain } from "../wire/chains.ts";
import { parseServices, SERVICE_BITS } from "../wire/services.ts";
import { MAX_USER_AGENT_LENGTH } from "../wire/user_agent.ts";

/** An option that takes a value of type `T`. */
export interface ValueOption<T> {
  /** The letter of its short form. */
  readonly short?: string;
  /** What stands for its value in the help. */
  readonly placeholder: string;
  /** What it is for. */
  readonly help: string;
  /** Which values are allowed, as the end of "expected …". */
  readonly allowed: string;
  /** The value when it is not given, as one would write it. */
  readonly default?: string;
  /** The value when it is given without one, which then can only be joined to it by `=`. */
  readonly bare?: string;
  /** Whether it can be given more than once, each time for one more value; else the last one counts. */
  readonly repeatable?: boolean;
  /** Reads a value; `undefined` when it is not allowed. */
  readonly parse: (text: string) => T | undefined;
}

/** An option that is given or not. */
export interface FlagOption {
  /** The letter of its short form. */
  readonly short?: string;
  /** What it is for. */
  readonly help: string;
}

/** Longest timeout: what fits the 32-bit milliseconds of a timer, in seconds. */
const MAX_TIMEOUT = 2_147_483;

/** Most handshakes in flight: as many as there are TCP ports. */
const MAX_CONCURRENCY = 65_535;

const SERVICES_ALLOWED = `a 64-bit number, decimal or 0x hex, or names from ${[...SERVICE_BITS.keys()].join(",")}`;

/** The options that take a value, by long name. */
export const VALUE_OPTIONS = {
  chain: {
    short: "c",
    placeholder: "CHAIN",
    help: "Chain of the peers",
    allowed: `one of ${CHAINS.flatMap(({ name, aliases }) => [name, ...aliases]).join(", ")}`,
    default: DEFAULT_SETTINGS.chain.name,
    parse: findChain,
  },
  port: {
    short: "p",
    placeholder: "PORT",
    help: "Port of the receiving node, for targets that name none; the chain's own by default",
    allowed: "a number from 1 to 65535",
    parse: parsePort,
  },
  services: {
    short: "s",
    placeholder: "BITS",
    help: "Services of the transmitting node",
    allowed: SERVICES_ALLOWED,
    default: String(DEFAULT_SETTINGS.services),
    parse: parseServices,
  },
  "receiving-services": {
    short: "r",
    placeholder: "BITS",
    help: "Services of the receiving node",
    allowed: SERVICES_ALLOWED,
    default: String(DEFAULT_SETTINGS.receivingServices),
    parse: parseServices,
  },
  timeout: {
    short: "t",
    placeholder: "SECONDS",
    help: "Most time for one peer, connect included, and for one name",
    allowed: `seconds greater than 0, at most ${MAX_TIMEOUT}, fractions allowed`,
    default: String(DEFAULT_SETTINGS.timeout / 1000),
    parse: parseSeconds,
  },
  concurrency: {
    short: "j",
    placeholder: "N",
    help: "Handshakes in flight at once",
    ...integer(1, MAX_CONCURRENCY),
    default: String(DEFAULT_SETTINGS.concurrency),
  },
  "dns-server": {
    placeholder: "IP[:PORT]",
    help: "Name server to ask; the system's by default",
    allowed: "an IP address, with or without port",
    parse: parseNameServer,
  },
  "user-agent": {
    placeholder: "UA",
    help: "User agent to announce (BIP 14)",
    allowed: `at most ${MAX_USER_AGENT_LENGTH} bytes`,
    default: DEFAULT_SETTINGS.userAgent,
    parse: parseUserAgent,
  },
  "protocol-version": {
    placeholder: "N",
    help: "Protocol version to announce",
    ...integer(0, 0x7fff_ffff),
    default: String(DEFAULT_SETTINGS.protocolVersion),
  },
  "start-height": {
    placeholder: "N",
    help: "Start height to announce",
    ...integer(-0x8000_0000, 0x7fff_ffff),
    default: String(DEFAULT_SETTINGS.startHeight),
  },
  "service-bits": {
    placeholder: "HEX,HEX,...",
    help: "Service bits of the subdomains that an audit asks; by default those that the seed is known to support, or 9",
    allowed: "hex numbers of at most 64 bits, not 0, with commas between them",
    parse: parseServiceBits,
  },
  format: { placeholder: "F", help: "Form of the results", ...oneOf("text", "ndjson", "csv"), default: "text" },
  targets: {
    placeholder: "FILE",
    help: "More targets, one a line, # begins a comment; - reads standard input; can be repeated",
    repeatable: true,
    allowed: "a file name, or - for standard input",
    parse: (text: string) => text === "" ? undefined : text,
  },
  report: {
    placeholder: "FILE.html",
    help: "Write a page with charts and every peer too, in one file that needs nothing else",
    allowed: "a file name",
    parse: (text: string) => text === "" || text === "-" ? undefined : text,
  },
  trace: {
    placeholder: "FORM",
    help:
      "In text: show every message as it goes by, with its fields, or draw each handshake as a diagram for Markdown",
    ...oneOf("text", "mermaid"),
    bare: "text",
  },
  "log-level": {
    placeholder: "L",
    help: "Diagnostics on standard error",
    ...oneOf("debug", "info", "warn", "error"),
    default: "info",
  },
} as const satisfies Record<string, ValueOption<unknown>>;

/** The options that take none, by long name. */
export const FLAG_OPTIONS = {
  ipv4: { short: "4", help: "Only IPv4; together with -6, both" },
  ipv6: { short: "6", help: "Only IPv6; together with -4, both" },
  relay: { help: "Announce that we want transactions" },
  audit: { help: "Judge DNS seeds by what they give; without one, those that Bitcoin Core ships for the chain" },
  "include-unroutable": { help: "An audit dials addresses that are not routable on the public internet, too" },
  demo: { help: "Scan a simulated network on this machine; takes no target" },
  quiet: { short: "q", help: "In text: only the two count lines" },
  help: { short: "h", help: "Print help" },
  version: { short: "V", help: "Print version" },
} as const satisfies Record<string, FlagOption>;

/** All options, in the order of the help. */
export const OPTIONS: readonly [name: string, option: ValueOption<unknown> | FlagOption][] = Object.entries({
  ...VALUE_OPTIONS,
  ...FLAG_OPTIONS,
});

/** The long name of an option that takes a value. */
export type ValueName = keyof typeof VALUE_OPTIONS;

/** The long name of an option that takes none. */
export type FlagName = keyof typeof FLAG_OPTIONS;

type Parsed<N extends ValueName> = NonNullable<ReturnType<(typeof VALUE_OPTIONS)[N]["parse"]>>;

type NameWithDefault = {
  [N in ValueName]: (typeof VALUE_OPTIONS)[N] extends { default: string } ? N : never;
}[ValueName];

/** A command line, read and checked. */
export type CommandLine =
  & { readonly [N in NameWithDefault]: Parsed<N> }
  & { readonly [N in Exclude<ValueName, NameWithDefault | "targets">]: Parsed<N> | undefined }
  & { readonly [N in FlagName]: boolean }
  & {
    /** The target files, in order. */
    readonly targets: readonly string[];
    /** The targets, in order. */
    readonly seeds: readonly string[];
  };

/** An integer from `min` to `max`. */
function integer(min: number, max: number): Pick<ValueOption<number>, "allowed" | "parse"> {
  return {
    allowed: `an integer from ${min} to ${max}`,
    parse: (text) => {
      const value = /^-?\d{1,10}$/.test(text) ? Number(text) : NaN;
      return value >= min && value <= max ? value : undefined;
    },
  };
}

/** One of a few words. */
function oneOf<W extends string>(...words: readonly W[]): Pick<ValueOption<W>, "allowed" | "parse"> {
  return { allowed: `one of ${words.join(", ")}`, parse: (text) => words.find((word) => word === text) };
}

/** Seconds to milliseconds. */
function parseSeconds(text: string): number | undefined {
  const seconds = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : 0;
  return seconds > 0 && seconds <= MAX_TIMEOUT ? seconds * 1000 : undefined;
}

function parseUserAgent(text: string): string | undefined {
  return new TextEncoder().encode(text).length <= MAX_USER_AGENT_LENGTH ? text : undefined;
}

/** `9,0x409`, or `x9,x409` as the names of the subdomains have them; each once. */
function parseServiceBits(text: string): bigint[] | undefined {
  const words = text.split(",");
  if (!words.every((word) => /^(0?x)?[0-9a-f]{1,16}$/i.test(word))) return undefined;
  const bits = words.map((word) => BigInt(`0x${word.replace(/^0?x/i, "")}`));
  return bits.includes(0n) ? undefined : [...new Set(bits)];
}

function parseNameServer(text: string): { ipAddr: string; port: number } | undefined {
  const DNS_PORT = 53;
  try {
    const { host, isName, port } = parseTarget(text);
    return isName ? undefined : { ipAddr: host, port: port ?? DNS_PORT };
  } catch {
    return undefined;
  }
}
