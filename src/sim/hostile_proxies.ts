/**
 * Hostile SOCKS5 proxies and SAM bridges, each with the record that must come of a handshake through it.
 *
 * @module
 */

import { type Clock, systemClock } from "../net/io.ts";
import { HOSTILE_CLOCK } from "./hostile.ts";
import type { HostileProxy } from "./hostile/proxy_steps.ts";
import { ResettingPeer } from "./hostile/resetting_peer.ts";
import { SAM_ANSWERS } from "./hostile/sam.ts";
import { SAM_LINES } from "./hostile/sam_lines.ts";
import { SOCKS5_PROXIES } from "./hostile/socks5.ts";
import { SOCKS5_REPLIES } from "./hostile/socks5_replies.ts";
import type { IpAddress } from "../address/address.ts";
import { SimulatedPeer } from "./peer.ts";

export type { ExpectedProxyRecord, HostileProxy } from "./hostile/proxy_steps.ts";

/** A proxy that listens on loopback. */
export interface RunningProxy extends AsyncDisposable {
  /** Where it listens. */
  readonly address: IpAddress;
}

/** Starts one of {@linkcode HOSTILE_PROXIES} on a free port of 127.0.0.1, by {@linkcode HOSTILE_CLOCK} or another clock. */
export async function startHostileProxy(
  { script, resets }: HostileProxy,
  clock: Clock = HOSTILE_CLOCK,
): Promise<RunningProxy> {
  return resets ? await ResettingPeer.start(script(), { clock }) : new SimulatedPeer(script(), { clock });
}

/**
 * A clock for those that never come to an end: times pass so many times as fast, and the date stands still, as it does by
 * {@linkcode HOSTILE_CLOCK}. For us and the proxies alike.
 */
export function fastClock(factor: number): Clock {
  return {
    now: () => systemClock.now() * factor,
    unixTime: HOSTILE_CLOCK.unixTime,
    schedule: (callback, milliseconds) => systemClock.schedule(callback, milliseconds / factor),
  };
}

/**
 * The proxies. Those that come to an end do so within a second; the others outlast any patience. Each serves as many
 * connections as it gets, and leads to a peer of its own, whatever it is asked for: no target of theirs exists.
 */
export const HOSTILE_PROXIES: readonly HostileProxy[] = [
  ...SOCKS5_PROXIES,
  ...SOCKS5_REPLIES,
  ...SAM_ANSWERS,
  ...SAM_LINES,
];
