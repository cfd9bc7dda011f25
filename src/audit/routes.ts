/**
 * What the machine that audits has no way to, which is no fault of a seed.
 *
 * @module
 */

import type { Network } from "../address/network.ts";
import type { AuditedPeer } from "./peer.ts";

/**
 * The families that this machine has no way to, as far as the operating system's word goes: it called every single
 * address of them unreachable. Without IPv6, that is what Linux says of all IPv6 addresses, at once.
 */
export function networksWithoutRoute(peers: Iterable<AuditedPeer>): ReadonlySet<Network> {
  const reached = new Set<Network>();
  const unreached = new Set<Network>();
  for (const { network, error } of peers) {
    (error?.code === "host_unreachable" && error.phase === "connect" ? unreached : reached).add(network);
  }
  return unreached.difference(reached);
}
