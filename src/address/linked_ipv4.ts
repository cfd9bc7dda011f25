/**
 * IPv6 addresses that embed an IPv4 address.
 *
 * Source: Bitcoin Core `netaddress.cpp` (`CNetAddr::HasLinkedIPv4`, `GetLinkedIPv4`).
 *
 * @module
 */

import { readIpv4 } from "./ip.ts";
import { PrefixTable } from "./prefix.ts";

/** A way to embed an IPv4 address in an IPv6 address. */
interface Embedding {
  /** The name of such addresses. */
  readonly name: string;
  /** Offset of the four bytes within the 16. */
  readonly offset: number;
  /** Whether their bits are inverted. */
  readonly inverted?: boolean;
}

const EMBEDDINGS = new PrefixTable<Embedding>([
  ["2002::/16", { name: "6to4 (RFC 3056)", offset: 2 }],
  ["64:ff9b::/96", { name: "NAT64 (RFC 6052)", offset: 12 }],
  ["::ffff:0:0:0/96", { name: "IPv4-translated (RFC 2765)", offset: 12 }],
  // The client's address; the server's is in bytes 4 to 7.
  ["2001::/32", { name: "Teredo (RFC 4380)", offset: 12, inverted: true }],
]);

/** An embedded IPv4 address. */
export interface LinkedIpv4 {
  /** The address as a 32-bit number. */
  readonly ipv4: number;
  /** The name of the embedding. */
  readonly name: string;
}

/** The IPv4 address embedded in the 16 bytes of an IPv6 address at `offset`; `undefined` if there is none. */
export function linkedIpv4(bytes: Uint8Array, offset: number): LinkedIpv4 | undefined {
  const found = EMBEDDINGS.find(bytes, offset);
  if (found === undefined) return undefined;
  const ipv4 = readIpv4(bytes, offset + found.offset);
  return { ipv4: found.inverted ? ~ipv4 >>> 0 : ipv4, name: found.name };
}
