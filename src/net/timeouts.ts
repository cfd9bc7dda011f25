/**
 * How long a peer may take.
 *
 * @module
 */

import type { Network } from "../address/network.ts";

/** Most time for one peer where none is given, in milliseconds: the way through Tor is longer, that through I2P the longest. */
export const DEFAULT_TIMEOUTS: { readonly [N in Network]: number } = {
  ipv4: 10_000,
  ipv6: 10_000,
  onion: 60_000,
  i2p: 120_000,
  cjdns: 10_000,
};

/** Most time for a peer in a network, or, for `null`, for a name, in milliseconds: `given` if it is. */
export function timeoutFor(network: Network | null, given: number | undefined): number {
  return given ?? DEFAULT_TIMEOUTS[network ?? "ipv4"];
}
