/**
 * Networks that the auditing machine has no route to, which is not the seeds' fault.
 *
 * @module
 */

import type { Network } from "../address/network.ts";
import { whyUndialable } from "../address/routability.ts";
import type { AuditedPeer } from "./peer.ts";

/** So many addresses of a family, all of them unreachable, are not all gone. */
const MANY = 5;

/**
 * The families that this machine has no route to: the operating system reported every single address as unreachable,
 * and either said so of this machine, as Linux does at once on a machine without IPv6, or there are {@linkcode MANY}
 * addresses. A few that are unreachable may be gone, as a router near them says. `peers` are by IP address.
 */
export function networksWithoutRoute(peers: ReadonlyMap<string, AuditedPeer>): ReadonlySet<Network> {
  const families = Map.groupBy(peers, ([, { network }]) => network);
  return new Set([...families].flatMap(([network, family]) => isWithoutRoute(family) ? network : []));
}

function isWithoutRoute(family: readonly (readonly [host: string, peer: AuditedPeer])[]): boolean {
  // An address that is not even dialled says nothing of routes.
  const dialled = family.filter(([host, { network }]) => whyUndialable({ network, host }) === undefined);
  const errors = dialled.map(([, { error }]) => error);
  return errors.every(isUnreachable) && (errors.length >= MANY || errors.some((error) => error?.noRoute === true));
}

function isUnreachable(error: AuditedPeer["error"]): boolean {
  return error?.code === "host_unreachable" && error.phase === "connect";
}
