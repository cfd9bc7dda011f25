/**
 * How the values of options are read. Each reader gives `undefined` for a text that is not allowed.
 *
 * @module
 */

import { zoneOf } from "../address/host.ts";
import { parseTarget } from "../scan/target.ts";
import { MAX_CHALLENGE_SIZE } from "../wire/signet.ts";
import { MAX_USER_AGENT_LENGTH } from "../wire/user_agent.ts";

/** Longest timeout: what fits the 32-bit milliseconds of a timer, in seconds. */
const MAX_TIMEOUT = 2_147_483;

const DNS_PORT = 53;

/** What an option allows, and how it reads that. */
export interface Values<T> {
  /** Which values are allowed, as the end of "expected …". */
  readonly allowed: string;
  /** The words that are all it allows. */
  readonly choices?: readonly string[];
  /** Reads a value; `undefined` when it is not allowed. */
  readonly parse: (text: string) => T | undefined;
}

/** An integer from `min` to `max`. */
export function integer(min: number, max: number): Values<number> {
  return {
    allowed: `an integer from ${min} to ${max}`,
    parse: (text) => {
      const value = /^-?\d{1,10}$/.test(text) ? Number(text) : NaN;
      return value >= min && value <= max ? value : undefined;
    },
  };
}

/** One of a few words. */
export function oneOf<W extends string>(...words: readonly W[]): Values<W> & { readonly choices: readonly W[] } {
  return {
    allowed: `one of ${words.join(", ")}`,
    choices: words,
    parse: (text) => words.find((word) => word === text),
  };
}

/** Seconds, to milliseconds. */
export const SECONDS: Values<number> = {
  allowed: `seconds greater than 0, at most ${MAX_TIMEOUT}, fractions allowed`,
  parse: (text) => {
    const seconds = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : 0;
    return seconds > 0 && seconds <= MAX_TIMEOUT ? seconds * 1000 : undefined;
  },
};

/** Seconds or none, to milliseconds. */
export const SECONDS_FROM_0: Values<number> = {
  allowed: `seconds from 0, at most ${MAX_TIMEOUT}, fractions allowed`,
  parse: (text) => /^0+(\.0*)?$/.test(text) ? 0 : SECONDS.parse(text),
};

/** The challenge of a signet. */
export const CHALLENGE: Values<Uint8Array> = {
  allowed: `a script in hex, of 1 to ${MAX_CHALLENGE_SIZE} bytes`,
  parse: (text) => {
    const isHex = /^(?:[0-9a-f]{2})+$/i.test(text) && text.length <= 2 * MAX_CHALLENGE_SIZE;
    return isHex ? Uint8Array.fromHex(text) : undefined;
  },
};

/** A user agent. */
export const USER_AGENT: Values<string> = {
  allowed: `at most ${MAX_USER_AGENT_LENGTH} bytes`,
  parse: (text) => new TextEncoder().encode(text).length <= MAX_USER_AGENT_LENGTH ? text : undefined,
};

/** `9,0x409`, or `x9,x409` as the names of the subdomains have them; each once. */
export const SERVICE_BIT_LIST: Values<bigint[]> = {
  allowed: "hex numbers of at most 64 bits, not 0, with commas between them",
  parse: (text) => {
    const words = text.split(",");
    if (!words.every((word) => /^(0?x)?[0-9a-f]{1,16}$/i.test(word))) return undefined;
    const bits = words.map((word) => BigInt(`0x${word.replace(/^0?x/i, "")}`));
    return bits.includes(0n) ? undefined : [...new Set(bits)];
  },
};

/** The address of a name server. */
export const NAME_SERVER: Values<{ ipAddr: string; port: number }> = {
  allowed: "an IP address without a zone, with or without port",
  parse: (text) => {
    try {
      const { network, host, port } = parseTarget(text);
      return network === null || zoneOf(host) !== undefined ? undefined : { ipAddr: host, port: port ?? DNS_PORT };
    } catch {
      return undefined;
    }
  },
};
