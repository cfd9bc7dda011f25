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
import type { IpAddress } from "../address/address.ts";
import { SimulatedPeer } from "./peer.ts";

export type { ExpectedProxyRecord, HostileProxy } from "./hostile/proxy_steps.ts";

/** A proxy that listens on loopback. */
export interface RunningProxy extends AsyncDisposable {
  /** Where it listens. */
  readonly address: IpAddress;
}

/**
 * Starts one of {@linkcode HOSTILE_PROXIES} on a free port of 127.0.0.1, with {@linkcode HOSTILE_CLOCK} or another
 * clock.
 */
export async function startHostileProxy(
  { script, resets }: HostileProxy,
  clock: Clock = HOSTILE_CLOCK,
): Promise<RunningProxy> {
  return resets ? await ResettingPeer.start(script(), { clock }) : new SimulatedPeer(script(), { clock });
}

/**
 * A clock for those that never finish, to be used by us and the proxies alike: time passes `factor` times as fast, and
 * the date stands still, as with {@linkcode HOSTILE_CLOCK}.
 */
export function fastClock(factor: number): Clock {
  return {
    now: () => systemClock.now() * factor,
    unixTime: HOSTILE_CLOCK.unixTime,
    schedule: (callback, milliseconds) => systemClock.schedule(callback, milliseconds / factor),
  };
}

/**
 * The proxies. Those that finish do so within a second; the others outlast any timeout. Each serves any number of
 * connections, and leads to its own peer, whatever it is asked for: none of the targets exists.
 */
export const HOSTILE_PROXIES: readonly HostileProxy[] = [
  ...SOCKS5_PROXIES,
  ...SOCKS5_REPLIES,
  ...SAM_ANSWERS,
  ...SAM_LINES,
];
