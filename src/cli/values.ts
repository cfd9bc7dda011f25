/**
 * Parsers for the values of options. Each returns `undefined` for a text that is not allowed.
 *
 * @module
 */

import { zoneOf } from "../address/host.ts";
import { type Network, NETWORK_NAMES } from "../address/network.ts";
import { MAX_AGE } from "../crawl/rules.ts";
import { HOLD, MAX_TIME, TIMEOUT } from "../scan/rules.ts";
import { parseTarget } from "../scan/target.ts";
import type { ValueRule, WordRule } from "../wire/argument.ts";
import { MAX_CHALLENGE_SIZE } from "../wire/signet.ts";

const DNS_PORT = 53;

/** The allowed values of an option, and their parser. */
export interface Values<T> {
  /** The allowed values, as the words after "expected". */
  readonly allowed: string;
  /** The words allowed, if only certain words are. */
  readonly choices?: readonly string[];
  /** Parses a value; returns `undefined` if it is not allowed. */
  readonly parse: (text: string) => T | undefined;
}

/** An integer that a rule allows. */
export function integer({ allowed, allows }: ValueRule<number>): Values<number> {
  return {
    allowed,
    parse: (text) => {
      const value = /^-?\d{1,10}$/.test(text) ? Number(text) : NaN;
      return allows(value) ? value : undefined;
    },
  };
}

/** One of the words that a rule allows. */
export function word<W extends string>({ allowed, choices }: WordRule<W>): Values<W> & Pick<WordRule<W>, "choices"> {
  return { allowed, choices, parse: (text) => choices.find((choice) => choice === text) };
}

/** Seconds, checked by a rule for milliseconds; `range` describes the allowed values. */
function seconds(range: string, { allows }: ValueRule<number>): Values<number> {
  return {
    allowed: `seconds ${range} ${MAX_TIME / 1000}, fractions allowed`,
    parse: (text) => {
      const milliseconds = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) * 1000 : NaN;
      return allows(milliseconds) ? milliseconds : undefined;
    },
  };
}

/** A time limit. */
export const TIMEOUT_SECONDS: Values<number> = seconds("greater than 0 and at most", TIMEOUT);

/** How long to hold connections open, or 0. */
export const HOLD_SECONDS: Values<number> = seconds("from 0 to", HOLD);

/** The units of a duration, in milliseconds. */
const DURATION_UNITS: { readonly [unit: string]: number } = {
  "": 1000,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A number with a unit, or of seconds, checked by a rule for milliseconds; `most` is the longest one allowed. */
function duration(most: string, { allows }: ValueRule<number>): Values<number> {
  return {
    allowed: `a number with s, m, h or d, or of seconds, greater than 0 and at most ${most}`,
    parse: (text) => {
      const [, number, unit = ""] = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text) ?? [];
      const milliseconds = Number(number) * (DURATION_UNITS[unit] ?? NaN);
      return allows(milliseconds) ? milliseconds : undefined;
    },
  };
}

/** How long to work. */
export const TIME_DURATION: Values<number> = duration(String(MAX_TIME / 1000), TIMEOUT);

/** An age. */
export const AGE_DURATION: Values<number> = duration("36500d", MAX_AGE);

/** The challenge of a signet. */
export const CHALLENGE: Values<Uint8Array> = {
  allowed: `a script of 1 to ${MAX_CHALLENGE_SIZE} bytes in hex`,
  parse: (text) => {
    const isHex = /^(?:[0-9a-f]{2})+$/i.test(text) && text.length <= 2 * MAX_CHALLENGE_SIZE;
    return isHex ? Uint8Array.fromHex(text) : undefined;
  },
};

/** Any text that a rule allows. */
export function text({ allowed, allows }: ValueRule<string>): Values<string> {
  return { allowed, parse: (text) => allows(text) ? text : undefined };
}

/** `9,0x409`, or `x9,x409` as in the names of subdomains; without duplicates. */
export const SERVICE_BIT_LIST: Values<bigint[]> = {
  allowed: "comma-separated hex numbers of at most 64 bits, not 0",
  parse: (text) => {
    const words = text.split(",");
    if (!words.every((word) => /^(0?x)?[0-9a-f]{1,16}$/i.test(word))) return undefined;
    const bits = words.map((word) => BigInt(`0x${word.replace(/^0?x/i, "")}`));
    return bits.includes(0n) ? undefined : [...new Set(bits)];
  },
};

/** Comma-separated networks. */
export const NETWORK_LIST: Values<Network[]> = {
  allowed: `networks from ${NETWORK_NAMES.join(",")}`,
  parse: (text) => {
    const names = text.split(",");
    return names.every(isNetwork) ? names : undefined;
  },
};

function isNetwork(name: string): name is Network {
  return NETWORK_NAMES.some((network) => network === name);
}

/** The address of a name server. A URL is not taken for one: who writes `https:` expects more than plain DNS. */
export const NAME_SERVER: Values<{ ipAddr: string; port: number }> = {
  allowed: "an IP address without a zone, with or without a port",
  parse: (text) => {
    if (text.includes("/")) return undefined;
    try {
      const { network, host, port } = parseTarget(text);
      return network === null || zoneOf(host) !== undefined ? undefined : { ipAddr: host, port: port ?? DNS_PORT };
    } catch {
      return undefined;
    }
  },
};
