/**
 * Where a node can be reached over the public internet, and which addresses are near each other.
 *
 * @module
 */

import { formatIp, isIpv4Mapped, parseIp } from "../wire/ip.ts";

/** In the bits of an address, IPv4 begins here. */
const IPV4_OFFSET = 96;

/**
 * The addresses that are not routable on the public internet. Source: Bitcoin Core's `CNetAddr::IsRoutable`, which
 * decides what a node keeps of what a seed gives, and besides it the multicast addresses, at which no node can be.
 */
const UNROUTABLE: readonly (readonly [prefix: string, what: string])[] = [
  ["0.0.0.0/8", "of this host, RFC 1122"],
  ["10.0.0.0/8", "for private use, RFC 1918"],
  ["100.64.0.0/10", "for customers of one provider, RFC 6598"],
  ["127.0.0.0/8", "of the loopback, RFC 1122"],
  ["169.254.0.0/16", "link-local, RFC 3927"],
  ["172.16.0.0/12", "for private use, RFC 1918"],
  ["192.0.2.0/24", "for documentation, RFC 5737"],
  ["192.168.0.0/16", "for private use, RFC 1918"],
  ["198.18.0.0/15", "for benchmarks, RFC 2544"],
  ["198.51.100.0/24", "for documentation, RFC 5737"],
  ["203.0.113.0/24", "for documentation, RFC 5737"],
  ["224.0.0.0/4", "multicast, RFC 5771"],
  ["255.255.255.255/32", "broadcast, RFC 919"],
  ["::/128", "unspecified, RFC 4291"],
  ["::1/128", "of the loopback, RFC 4291"],
  ["2001:10::/28", "ORCHID, RFC 4843"],
  ["2001:20::/28", "ORCHIDv2, RFC 7343"],
  ["2001:db8::/32", "for documentation, RFC 3849"],
  ["fc00::/7", "unique local, RFC 4193"],
  ["fe80::/64", "link-local, RFC 4862"],
  ["ff00::/8", "multicast, RFC 4291"],
];

const PREFIXES = UNROUTABLE.map(([prefix, what]) => ({ ...parsePrefix(prefix), what }));

/**
 * Why an IP address is not routable on the public internet, as a phrase; `undefined` when it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { whyUnroutable } from "./routable.ts";
 *
 * assertEquals(whyUnroutable("10.0.0.1"), "for private use, RFC 1918");
 * assertEquals(whyUnroutable("9.255.255.255"), undefined);
 * ```
 */
export function whyUnroutable(ip: string): string | undefined {
  const bytes = parseIp(ip);
  if (bytes === undefined) return "no IP address";
  return PREFIXES.find(({ network, length }) => startsWith(bytes, network, length))?.what;
}

/**
 * The network that probably is one operator's: IPv4 /16, IPv6 /32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { netgroup } from "./routable.ts";
 *
 * assertEquals(netgroup("203.0.113.7"), "203.0.0.0/16");
 * assertEquals(netgroup("2001:db8:1::7"), "2001:db8::/32");
 * ```
 *
 * @throws {TypeError} when `ip` is no IP address.
 */
export function netgroup(ip: string): string {
  const bytes = parseIp(ip);
  if (bytes === undefined) throw new TypeError(`Cannot find the netgroup of "${ip}": expected an IP address`);
  const length = isIpv4Mapped(bytes) ? 16 : 32;
  bytes.fill(0, (isIpv4Mapped(bytes) ? IPV4_OFFSET + length : length) / 8);
  return `${formatIp(bytes)}/${length}`;
}

/** The bytes of a network, and how many of their bits count. */
function parsePrefix(prefix: string): { network: Uint8Array; length: number } {
  const [ip = "", length] = prefix.split("/");
  const network = parseIp(ip) ?? new Uint8Array(16);
  return { network, length: Number(length) + (isIpv4Mapped(network) ? IPV4_OFFSET : 0) };
}

function startsWith(bytes: Uint8Array, network: Uint8Array, length: number): boolean {
  return network.every((byte, i) => {
    const bits = Math.min(8, Math.max(0, length - 8 * i));
    return (byte ^ (bytes[i] ?? 0)) >> (8 - bits) === 0;
  });
}
