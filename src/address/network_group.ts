/**
 * Network groups: addresses that probably belong to one operator. Each IPv4 /16 is a group, each IPv6 /32, and each
 * overlay network as a whole, as anyone can have any number of addresses there.
 *
 * Bitcoin Core's `NetGroupManager::GetGroup` (`netgroup.cpp`) differs: it uses the first bits of onion, I2P and CJDNS
 * addresses, puts all unroutable addresses into one group, and splits Hurricane Electric's 2001:470::/32 into /36.
 *
 * @module
 */

import { type Host, hostBytes } from "./host.ts";
import { formatIp, mapIpv4, readIpv4 } from "./ip.ts";
import { linkedIpv4 } from "./linked_ipv4.ts";
import { networkOfId, NETWORKS } from "./network.ts";

/** Groups of IPv4 are below this, those of IPv6 from here… */
const IPV6_GROUPS = 2 ** 32;

/** …and whole networks from here. */
const NETWORK_GROUPS = 2 ** 33;

/**
 * The network group of an address, as an opaque number below 2^34. IPv6 with an embedded IPv4 address (6to4, NAT64,
 * Teredo, SIIT) is in the group of that IPv4 address.
 *
 * @example
 * ```ts
 * import { formatNetworkGroup, networkGroup } from "@bitcoin-p2p/handshake/wire";
 * import { assertEquals } from "@std/assert";
 *
 * const group = networkGroup({ network: "ipv4", host: "203.0.113.7" });
 * assertEquals(formatNetworkGroup(group), "203.0.0.0/16");
 * assertEquals(networkGroup({ network: "ipv6", host: "64:ff9b::203.0.113.9" }), group);
 * ```
 *
 * @throws {AddressError} when the host is not an address of its network.
 */
export function networkGroup(host: Host): number {
  const bytes = hostBytes(host);
  switch (host.network) {
    case "ipv4":
      return ipv4Group(readIpv4(bytes, 12));
    case "ipv6": {
      const linked = linkedIpv4(bytes, 0);
      return linked === undefined ? IPV6_GROUPS + readIpv4(bytes, 0) : ipv4Group(linked.ipv4);
    }
    default:
      return NETWORK_GROUPS + NETWORKS[host.network].id;
  }
}

/** A network group as text: `203.0.0.0/16`, `2001:db8::/32`, or the name of a network. */
export function formatNetworkGroup(group: number): string {
  if (group >= NETWORK_GROUPS) return networkOfId(group - NETWORK_GROUPS) ?? "none";
  if (group < IPV6_GROUPS) return `${formatIp(mapIpv4(group))}/16`;
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setUint32(0, group - IPV6_GROUPS);
  return `${formatIp(bytes)}/32`;
}

function ipv4Group(ipv4: number): number {
  return (ipv4 & 0xffff_0000) >>> 0;
}
