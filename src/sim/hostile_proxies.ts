/**
 * Hostile SOCKS5 proxies and SAM bridges, each with the expected record of a handshake through it.
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
import { TURNING_PROXIES } from "./hostile/turning.ts";
import type { IpAddress } from "../address/address.ts";
import { SimulatedPeer } from "./peer.ts";

export type { ExpectedProxyRecord, HostileProxy } from "./hostile/proxy_steps.ts";

/** A proxy that listens on loopback. */
export interface RunningProxy extends AsyncDisposable {
  /** Where it listens. */
  readonly address: IpAddress;
}

/** Starts one of {@linkcode HOSTILE_PROXIES} on a free port of 127.0.0.1; its clock is {@linkcode HOSTILE_CLOCK} by default. */
export async function startHostileProxy(
  { script, resets }: HostileProxy,
  clock: Clock = HOSTILE_CLOCK,
): Promise<RunningProxy> {
  return resets ? await ResettingPeer.start(script(), { clock }) : new SimulatedPeer(script(), { clock });
}

/**
 * A clock that runs `factor` times as fast as the system's, for proxies that take minutes; give it to both ends. The date
 * stands still, as with {@linkcode HOSTILE_CLOCK}.
 */
export function fastClock(factor: number): Clock {
  return {
    now: () => systemClock.now() * factor,
    unixTime: HOSTILE_CLOCK.unixTime,
    schedule: (callback, milliseconds) => systemClock.schedule(callback, milliseconds / factor),
  };
}

/**
 * The proxies. Those that are not slow finish within a few seconds. Each serves any number of connections. None connects
 * to anything: where the handshake goes on, the proxy itself acts as the peer.
 */
export const HOSTILE_PROXIES: readonly HostileProxy[] = [
  ...SOCKS5_PROXIES,
  ...SOCKS5_REPLIES,
  ...SAM_ANSWERS,
  ...SAM_LINES,
  ...TURNING_PROXIES,
];
