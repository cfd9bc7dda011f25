/**
 * Timeouts of peers.
 *
 * @module
 */

import type { Network } from "../address/network.ts";

/** Default maximum time for one peer, in milliseconds: Tor is slower, and I2P slowest. */
export const DEFAULT_TIMEOUTS: { readonly [N in Network]: number } = {
  ipv4: 10_000,
  ipv6: 10_000,
  onion: 60_000,
  i2p: 120_000,
  cjdns: 10_000,
};

/** Maximum time for a peer on a network, or for `null` for a name, in milliseconds: `given`, or the default. */
export function timeoutFor(network: Network | null, given: number | undefined): number {
  return given ?? DEFAULT_TIMEOUTS[network ?? "ipv4"];
}
