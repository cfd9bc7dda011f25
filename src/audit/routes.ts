/**
 * Networks that the auditing machine has no route to, which is not the seeds' fault.
 *
 * @module
 */

import type { Network } from "../address/network.ts";
import type { AuditedPeer } from "./peer.ts";

/**
 * The families that this machine has no route to: the operating system reported every single address as unreachable. On
 * a machine without IPv6, Linux does so at once for every IPv6 address.
 */
export function networksWithoutRoute(peers: Iterable<AuditedPeer>): ReadonlySet<Network> {
  const reached = new Set<Network>();
  const unreached = new Set<Network>();
  for (const { network, error } of peers) {
    (error?.code === "host_unreachable" && error.phase === "connect" ? unreached : reached).add(network);
  }
  return unreached.difference(reached);
}
