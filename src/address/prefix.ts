/**
 * IP prefixes: `10.0.0.0/8`, `2001:db8::/32`.
 *
 * @module
 */

import { isIpv4Mapped, mapIpv4, parseIp } from "./ip.ts";

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
 * @throws {TypeError} when there is no IP address before the slash.
 */
export function parsePrefix(text: string): Prefix {
  const [ip = "", length = ""] = text.split("/");
  const bytes = parseIp(ip);
  if (bytes === undefined) {
    throw new TypeError(`Cannot read the prefix ${text}: expected an IP address before the slash`);
  }
  return { bytes, length: Number(length) + (isIpv4Mapped(bytes) ? IPV4_OFFSET : 0) };
}

/** A prefix with its value. */
interface Row<T> {
  readonly prefix: Prefix;
  readonly value: T;
}

/** A table of values by prefix. The prefixes are parsed when the first address is looked up. */
export class PrefixTable<T> {
  readonly #written: readonly (readonly [prefix: string, value: T])[];
  #rows: { readonly ipv4: readonly Row<T>[]; readonly ipv6: readonly Row<T>[] } | null = null;

  /** A table of prefixes with their values; a longer prefix must come before those that contain it. */
  constructor(rows: readonly (readonly [prefix: string, value: T])[]) {
    this.#written = rows;
  }

  /** The value of the first prefix of the 16 bytes at `offset`; `undefined` if there is none. */
  find(bytes: Uint8Array, offset: number): T | undefined {
    const { ipv4, ipv6 } = this.#rows ??= this.#parse();
    const isIpv4 = isIpv4Mapped(bytes, offset);
    const start = isIpv4 ? offset + IPV4_OFFSET / 8 : offset;
    for (const { prefix, value } of isIpv4 ? ipv4 : ipv6) {
      if (startsWith(bytes, start, prefix)) return value;
    }
    return undefined;
  }

  /** The prefixes that IPv4 addresses can have, without the bits that all of these share, and those that others can. */
  #parse(): { ipv4: Row<T>[]; ipv6: Row<T>[] } {
    const rows = this.#written.map(([text, value]) => ({ prefix: parsePrefix(text), value }));
    return {
      ipv4: rows.filter(({ prefix }) => isIpv4Mapped(prefix.bytes) || isAroundIpv4(prefix))
        .map(({ prefix: { bytes, length }, value }) => ({
          prefix: { bytes: bytes.subarray(IPV4_OFFSET / 8), length: length - IPV4_OFFSET },
          value,
        })),
      ipv6: rows.filter(({ prefix }) => !isIpv4Mapped(prefix.bytes)),
    };
  }
}

function isAroundIpv4(prefix: Prefix): boolean {
  return startsWith(mapIpv4(0), 0, prefix);
}

/** Whether the 16 bytes at `offset` have the prefix. */
export function startsWith(bytes: Uint8Array, offset: number, prefix: Prefix): boolean {
  for (let i = 0, bits = prefix.length; bits > 0; i++, bits -= 8) {
    const difference = (bytes[offset + i] ?? 0) ^ (prefix.bytes[i] ?? 0);
    if (difference >> Math.max(0, 8 - bits) !== 0) return false;
  }
  return true;
}
