/**
 * Network groups: addresses that probably are one operator's. An IPv4 /16 is one, an IPv6 /32, and each overlay network as a
 * whole, as everybody can have any number of addresses there.
 *
 * Bitcoin Core's `NetGroupManager::GetGroup` (`netgroup.cpp`) also takes the first bits of an onion, I2P or CJDNS address,
 * puts all addresses that are not routable into one group, and takes /36 of Hurricane Electric's 2001:470::/32.
 *
 * @module
 */

import type { Host } from "./host.ts";
import { formatIp, mapIpv4, readIpv4 } from "./ip.ts";
import { KEY_HOST_OFFSET, keyNetwork, MAX_KEY_SIZE, writeKey } from "./key.ts";
import { linkedIpv4 } from "./linked_ipv4.ts";
import { networkOfId, NETWORKS } from "./network.ts";

/** Groups of IPv4 are below, those of IPv6 from here on … */
const IPV6_GROUPS = 2 ** 32;

/** … and those that are a whole network from here on. */
const NETWORK_GROUPS = 2 ** 33;

/**
 * The network group of an address, a number below 2^34 that means nothing but which others are in it. IPv6 that stands for
 * an IPv4 address, of 6to4, NAT64, Teredo or SIIT, is in the group of that.
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
 * @throws {AddressError} when the host is no address of its network.
 */
export function networkGroup(host: Host): number {
  const key = new Uint8Array(MAX_KEY_SIZE);
  writeKey({ ...host, port: 0 }, key, 0);
  return keyNetworkGroup(key, 0);
}

/** The same of the address whose key is in `source` at `offset`. */
export function keyNetworkGroup(source: Uint8Array, offset: number): number {
  const network = keyNetwork(source, offset);
  const start = offset + KEY_HOST_OFFSET;
  switch (network) {
    case "ipv4":
      return ipv4Group(readIpv4(source, start + 12));
    case "ipv6": {
      const linked = linkedIpv4(source, start);
      return linked === undefined ? IPV6_GROUPS + readIpv4(source, start) : ipv4Group(linked.ipv4);
    }
    default:
      return NETWORK_GROUPS + NETWORKS[network].id;
  }
}

/** A network group as text: `203.0.0.0/16`, `2001:db8::/32`, or the name of the network that it is. */
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
