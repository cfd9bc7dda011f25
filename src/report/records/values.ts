/**
 * The format of values in records.
 *
 * @module
 */

import type { Network } from "../../address/network.ts";

/** Service bits as 16 hex digits. */
export function hexServices(services: bigint): string {
  return services.toString(16).padStart(16, "0");
}

/** A value for each network, always in the same order. */
export function byNetwork<T>(value: (network: Network) => T): { readonly [N in Network]: T } {
  return {
    ipv4: value("ipv4"),
    ipv6: value("ipv6"),
    onion: value("onion"),
    i2p: value("i2p"),
    cjdns: value("cjdns"),
  };
}

/** Milliseconds, rounded to a tenth. */
export function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

/** A share of 1, rounded to a hundredth. */
export function hundredths(share: number): number {
  return Math.round(share * 100) / 100;
}
