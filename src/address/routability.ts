/**
 * Which addresses a node can have, and which of them are routable on the public internet or an overlay network.
 *
 * @module
 */

import { CJDNS_PREFIX, type Host, isLinkLocal, withoutZone, zoneOf } from "./host.ts";
import { formatIp, isIpv4Mapped, mapIpv4, parseIp, parseIpv4, UNSPECIFIED_IP } from "./ip.ts";
import { KEY_HOST_OFFSET, keyNetwork, MAX_KEY_SIZE, writeKey } from "./key.ts";
import { linkedIpv4 } from "./linked_ipv4.ts";
import type { Network } from "./network.ts";
import { PrefixTable } from "./prefix.ts";

/**
 * The IP addresses that are not routable on the public internet, longer prefixes first. Source: Bitcoin Core's
 * `CNetAddr::IsRoutable`, which decides which addresses from seeds and peers a node keeps; in addition, those that no
 * node can have (multicast) and those assigned to nobody (240.0.0.0/4, 192.0.0.0/24).
 */
const UNROUTABLE = new PrefixTable([
  ["0.0.0.0/8", "this network, RFC 1122"],
  ["10.0.0.0/8", "for private use, RFC 1918"],
  ["100.64.0.0/10", "for carrier-grade NAT, RFC 6598"],
  ["127.0.0.0/8", "loopback, RFC 1122"],
  ["169.254.0.0/16", "link-local, RFC 3927"],
  ["172.16.0.0/12", "for private use, RFC 1918"],
  ["192.0.0.0/24", "for protocol assignments, RFC 6890"],
  ["192.0.2.0/24", "for documentation, RFC 5737"],
  ["192.168.0.0/16", "for private use, RFC 1918"],
  ["198.18.0.0/15", "for benchmarking, RFC 2544"],
  ["198.51.100.0/24", "for documentation, RFC 5737"],
  ["203.0.113.0/24", "for documentation, RFC 5737"],
  ["224.0.0.0/4", "multicast, RFC 5771"],
  ["255.255.255.255/32", "broadcast, RFC 919"],
  ["240.0.0.0/4", "reserved, RFC 1112"],
  ["::/128", "unspecified, RFC 4291"],
  ["::1/128", "loopback, RFC 4291"],
  ["2001:10::/28", "ORCHID, RFC 4843"],
  ["2001:20::/28", "ORCHIDv2, RFC 7343"],
  ["2001:db8::/32", "for documentation, RFC 3849"],
  ["fc00::/7", "unique local, RFC 4193"],
  ["fe80::/64", "link-local, RFC 4862"],
  ["ff00::/8", "multicast, RFC 4291"],
]);

/**
 * Why an address is not routable, as the words after "is"; `undefined` if it is routable. IPv6 with an embedded IPv4
 * address (6to4, NAT64, Teredo, SIIT) is as routable as that IPv4 address. Onion and I2P names are always routable,
 * CJDNS addresses if they begin with `fc`.
 *
 * @example
 * ```ts
 * import { whyUnroutable } from "@bitcoin-p2p/handshake/wire";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(whyUnroutable({ network: "ipv4", host: "10.0.0.1" }), "for private use, RFC 1918");
 * assertEquals(whyUnroutable({ network: "ipv4", host: "9.255.255.255" }), undefined);
 * ```
 *
 * @throws {AddressError} when the host is not an address of its network.
 */
export function whyUnroutable(host: Host): string | undefined {
  const key = new Uint8Array(MAX_KEY_SIZE);
  writeKey({ ...host, port: 0 }, key, 0);
  return whyKeyUnroutable(key, 0);
}

/** As {@linkcode whyUnroutable}, for the address whose key is in `source` at `offset`. */
export function whyKeyUnroutable(source: Uint8Array, offset: number): string | undefined {
  return whyBytesUnroutable(keyNetwork(source, offset), source, offset + KEY_HOST_OFFSET);
}

function whyBytesUnroutable(network: Network, bytes: Uint8Array, offset: number): string | undefined {
  if (network === "onion" || network === "i2p") return undefined;
  if (network === "cjdns") return bytes[offset] === CJDNS_PREFIX ? undefined : NOT_CJDNS;
  const linked = network === "ipv6" ? linkedIpv4(bytes, offset) : undefined;
  if (linked === undefined) return UNROUTABLE.find(bytes, offset);
  const ipv4 = mapIpv4(linked.ipv4);
  const why = whyBytesUnroutable("ipv4", ipv4, 0);
  return why === undefined ? undefined : `${linked.name} for ${formatIp(ipv4)}, which is ${why}`;
}

/** Why no connection to an address is possible, as the words after "is"; `undefined` if one may be. */
export function whyUndialable({ network, host }: Host): string | undefined {
  if (network === "ipv4") return whyIpv4Undialable(parseIpv4(host));
  if (network === "cjdns") return parseIp(host)?.[0] === CJDNS_PREFIX ? undefined : NOT_CJDNS;
  if (network !== "ipv6") return undefined;
  if (host === UNSPECIFIED_IP) return UNSPECIFIED; // RFC 4291, section 2.5.2
  const bytes = parseIp(withoutZone(host));
  if (bytes === undefined || isIpv4Mapped(bytes)) return "not an ipv6 address";
  if (bytes[0] === 0xff) return MULTICAST; // RFC 4291, section 2.7
  if (bytes[0] === CJDNS_PREFIX) return CJDNS;
  return isLinkLocal(bytes) && zoneOf(host) === undefined
    ? `a link-local address without a zone: add the network interface, as in ${host}%eth0`
    : undefined;
}

/** Why a CJDNS address cannot be reached over IPv6. */
export const CJDNS = "a CJDNS address, in fc00::/8";

const NOT_CJDNS = "a CJDNS address outside fc00::/8";
const UNSPECIFIED = "an unspecified address, which no node can have";
const MULTICAST = "a multicast address, which no node can have";

function whyIpv4Undialable(ipv4: number | undefined): string | undefined {
  if (ipv4 === undefined) return "not an ipv4 address";
  const first = ipv4 >>> 24;
  if (first === 0) return UNSPECIFIED; // RFC 1122, section 3.2.1.3
  if (ipv4 === 0xffff_ffff) return "the broadcast address, which no node can have";
  return first >= 224 && first <= 239 ? MULTICAST : undefined; // RFC 5771
}
