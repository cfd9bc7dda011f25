/**
 * What the auditing machine has no route to, which is not the seeds' fault.
 *
 * @module
 */

import type { Network } from "../address/network.ts";
import { whyUndialable } from "../address/routability.ts";
import { PROXY_ERRORS } from "../net/errors.ts";
import type { AuditedPeer } from "./peer.ts";

/** This many unreachable addresses of a family mean that there is no route, rather than that all hosts are gone. */
const MANY = 5;

/**
 * The families that this machine has no route to: the operating system reported every single address as unreachable,
 * and either said so of this machine, as Linux does at once on a machine without IPv6, or there are {@linkcode MANY}
 * addresses. A few unreachable ones may just be gone. There is no route either if our own proxy failed for all of them.
 * `peers` are by IP address.
 */
export function networksWithoutRoute(peers: ReadonlyMap<string, AuditedPeer>): ReadonlySet<Network> {
  const families = Map.groupBy(peers, ([, { network }]) => network);
  return new Set(
    [...families].flatMap(([network, family]) => network !== null && isWithoutRoute(network, family) ? network : []),
  );
}

/** Whether there was a route to a peer, given the networks without one. */
export function hasRoute(peer: AuditedPeer, noRoute: ReadonlySet<Network>): boolean {
  return !isStopped(peer.error) && (peer.network === null || !noRoute.has(peer.network));
}

function isWithoutRoute(network: Network, family: readonly (readonly [host: string, peer: AuditedPeer])[]): boolean {
  // An address that is not even dialled says nothing about routes.
  const dialled = family.filter(([host]) => whyUndialable({ network, host }) === undefined);
  const errors = dialled.map(([, { error }]) => error);
  if (errors.every(isStopped)) return errors.length > 0;
  return errors.every(isUnreachable) && (errors.length >= MANY || errors.some((error) => error?.noRoute === true));
}

function isUnreachable(error: AuditedPeer["error"]): boolean {
  return error?.code === "host_unreachable" && error.phase === "connect";
}

/** Whether our own proxy failed, so that the peer was not tried. */
function isStopped(error: AuditedPeer["error"]): boolean {
  return error !== null && PROXY_ERRORS.has(error.code);
}
