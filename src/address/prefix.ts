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

/** Whether the 16 bytes at `offset` are in the block. */
export function startsWith(bytes: Uint8Array, offset: number, prefix: Prefix): boolean {
  for (let i = 0, bits = prefix.length; bits > 0; i++, bits -= 8) {
    const difference = (bytes[offset + i] ?? 0) ^ (prefix.bytes[i] ?? 0);
    if (difference >> Math.max(0, 8 - bits) !== 0) return false;
  }
  return true;
}
