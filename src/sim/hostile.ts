/**
 * A hostile network: peers that attack the initiator of a handshake in every way, each with the expected record. Meant
 * for testing other implementations as much as this one.
 *
 * @module
 */

import type { IpAddress } from "../address/address.ts";
import { type Clock, systemClock } from "../net/io.ts";
import { CHECKSUMS } from "./hostile/checksums.ts";
import { ENDINGS } from "./hostile/endings.ts";
import { FOREIGN } from "./hostile/foreign.ts";
import { LIMITS } from "./hostile/limits.ts";
import { NEGOTIATION } from "./hostile/negotiation.ts";
import { NOT_V2 } from "./hostile/not_v2.ts";
import { PINGS } from "./hostile/pings.ts";
import { REJECTIONS } from "./hostile/rejections.ts";
import { ResettingPeer } from "./hostile/resetting_peer.ts";
import type { HostilePeer } from "./hostile/steps.ts";
import { STREAMS } from "./hostile/streams.ts";
import { V2_PEERS } from "./hostile/v2.ts";
import { NOW, VERSIONS } from "./hostile/versions.ts";
import { SimulatedPeer } from "./peer.ts";

export type { ExpectedRecord, HostilePeer } from "./hostile/steps.ts";

/**
 * The clock on which each `timeoffset` of {@linkcode HOSTILE_PEERS} is based, for the peers and for us: time passes,
 * but the date stands still.
 */
export const HOSTILE_CLOCK: Clock = { ...systemClock, unixTime: () => NOW };

/** A peer that listens on loopback. */
export interface RunningPeer extends AsyncDisposable {
  /** Where it listens. */
  readonly address: IpAddress;
  /** Its address as a target to scan. */
  readonly target: string;
}

/** Starts one of {@linkcode HOSTILE_PEERS} on a free port of 127.0.0.1, with {@linkcode HOSTILE_CLOCK}. */
export async function startHostilePeer(
  { script, resets }: Pick<HostilePeer, "script" | "resets">,
): Promise<RunningPeer> {
  const options = { clock: HOSTILE_CLOCK };
  return resets ? await ResettingPeer.start(script, options) : new SimulatedPeer(script, options);
}

/**
 * The peers. Those that finish do so within a second, except some that send megabytes; the others outlast ten seconds,
 * so use a timeout of a few seconds. A peer serves any number of connections, each the same way.
 *
 * @example
 * ```ts
 * import { denoIo, handshake, recordOf } from "@bitcoin-p2p/handshake";
 * import { HOSTILE_CLOCK, HOSTILE_PEERS, startHostilePeer } from "@bitcoin-p2p/handshake/sim";
 * import { assertEquals } from "@std/assert";
 *
 * for (const peer of HOSTILE_PEERS.slice(0, 3)) {
 *   await using running = await startHostilePeer(peer);
 *   const io = { ...denoIo, clock: HOSTILE_CLOCK };
 *   const record = recordOf(await handshake(running.target, { ...peer.settings, io }));
 *   assertEquals(record.success, peer.expected.success, peer.name);
 *   assertEquals(record.messages, peer.expected.messages, peer.name);
 * }
 * ```
 */
export const HOSTILE_PEERS: readonly HostilePeer[] = [
  ...STREAMS,
  ...NEGOTIATION,
  ...PINGS,
  ...VERSIONS,
  ...LIMITS,
  ...CHECKSUMS,
  ...FOREIGN,
  ...ENDINGS,
  ...REJECTIONS,
  ...V2_PEERS,
  ...NOT_V2,
];
