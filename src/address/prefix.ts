/**
 * IP prefixes: `10.0.0.0/8`, `2001:db8::/32`.
 *
 * @module
 */

import { isIpv4Mapped, parseIp } from "./ip.ts";

/** A prefix of the 16 bytes of an address; IPv4 is mapped into IPv6. */
export interface Prefix {
  /** An address with the prefix. */
  readonly bytes: Uint8Array;
  /** Length in bits, 0 to 128. */
  readonly length: number;
}

/** Where the bits of a mapped IPv4 address begin. */
const IPV4_OFFSET = 96;

/**
 * Parses a prefix.
 *
 * @throws {TypeError} when `text` is not a prefix.
 */
export function parsePrefix(text: string): Prefix {
  const [ip = "", length = ""] = text.split("/");
  const bytes = parseIp(ip);
  if (bytes === undefined) {
    throw new TypeError(`Cannot read the prefix ${text}: expected an IP address before the slash`);
  }
  return { bytes, length: Number(length) + (isIpv4Mapped(bytes) ? IPV4_OFFSET : 0) };
}

/** A table of values by prefix. The prefixes are parsed when the first address is looked up. */
export class PrefixTable<T> {
  readonly #rows: readonly (readonly [prefix: string, value: T])[];
  #prefixes: readonly Prefix[] | null = null;

  /** A table of prefixes with their values; a longer prefix must come before those that contain it. */
  constructor(rows: readonly (readonly [prefix: string, value: T])[]) {
    this.#rows = rows;
  }

  /** The value of the first prefix of the 16 bytes at `offset`; `undefined` if there is none. */
  find(bytes: Uint8Array, offset: number): T | undefined {
    const prefixes = this.#prefixes ??= this.#rows.map(([prefix]) => parsePrefix(prefix));
    let i = 0;
    for (const prefix of prefixes) {
      if (startsWith(bytes, offset, prefix)) break;
      i++;
    }
    return this.#rows[i]?.[1];
  }
}

/** Whether the 16 bytes at `offset` have the prefix. */
export function startsWith(bytes: Uint8Array, offset: number, prefix: Prefix): boolean {
  for (let i = 0, bits = prefix.length; bits > 0; i++, bits -= 8) {
    const difference = (bytes[offset + i] ?? 0) ^ (prefix.bytes[i] ?? 0);
    if (difference >> Math.max(0, 8 - bits) !== 0) return false;
  }
  return true;
}
