/**
 * Blocks of IP addresses: `10.0.0.0/8`, `2001:db8::/32`.
 *
 * @module
 */

import { isIpv4Mapped, parseIp } from "./ip.ts";

/** A block of addresses, as the first bits of their 16 bytes; IPv4 is mapped into IPv6. */
export interface Prefix {
  /** An address in it. */
  readonly bytes: Uint8Array;
  /** How many bits count, 0 to 128. */
  readonly length: number;
}

/** In the bits of an address, IPv4 begins here. */
const IPV4_OFFSET = 96;

/**
 * Reads a block.
 *
 * @throws {TypeError} when `text` is none.
 */
export function parsePrefix(text: string): Prefix {
  const [ip = "", length = ""] = text.split("/");
  const bytes = parseIp(ip);
  if (bytes === undefined) {
    throw new TypeError(`Cannot read the prefix ${text}: expected an IP address before the slash`);
  }
  return { bytes, length: Number(length) + (isIpv4Mapped(bytes) ? IPV4_OFFSET : 0) };
}

/** What holds for the addresses of some blocks. The blocks are read when the first address is looked up. */
export class PrefixTable<T> {
  readonly #rows: readonly (readonly [prefix: string, value: T])[];
  #prefixes: readonly Prefix[] | null = null;

  /** A table of blocks with their values; a block comes before those that contain it. */
  constructor(rows: readonly (readonly [prefix: string, value: T])[]) {
    this.#rows = rows;
  }

  /** The value of the first block that the 16 bytes at `offset` are in; `undefined` when they are in none. */
  find(bytes: Uint8Array, offset: number): T | undefined {
    this.#prefixes ??= this.#rows.map(([prefix]) => parsePrefix(prefix));
    return this.#rows[this.#prefixes.findIndex((prefix) => startsWith(bytes, offset, prefix))]?.[1];
  }
}

/** Whether the 16 bytes at `offset` are in the block. */
export function startsWith(bytes: Uint8Array, offset: number, prefix: Prefix): boolean {
  for (let i = 0, bits = prefix.length; bits > 0; i++, bits -= 8) {
    const difference = (bytes[offset + i] ?? 0) ^ (prefix.bytes[i] ?? 0);
    if (difference >> Math.max(0, 8 - bits) !== 0) return false;
  }
  return true;
}
