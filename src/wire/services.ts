/**
 * Service bits: what a node says it offers, 64 bits in its `version`.
 *
 * Source: Bitcoin Core `protocol.h` (`ServiceFlags`); `GETUTXO` is BIP 64's, `XTHIN` Bitcoin Unlimited's.
 *
 * @module
 */

import { isBigint, type Rule, rule } from "./argument.ts";

/** Service bits. */
export const SERVICES: Rule = rule(
  "a bigint from 0n to 0xffffffffffffffffn",
  isBigint,
  (services) => services === BigInt.asUintN(64, services),
);

/** The name of a service bit, as in `getpeerinfo`. */
export type ServiceName =
  | "NETWORK"
  | "GETUTXO"
  | "BLOOM"
  | "WITNESS"
  | "XTHIN"
  | "COMPACT_FILTERS"
  | "NETWORK_LIMITED"
  | "P2P_V2";

const BITS: { readonly [N in ServiceName]: number } = {
  // The node has the complete block chain.
  NETWORK: 0,
  // BIP 64; no maintained node supports it.
  GETUTXO: 1,
  // BIP 111: serves bloom-filtered connections.
  BLOOM: 2,
  // BIP 144: blocks and transactions with their witness.
  WITNESS: 3,
  // Xtreme Thinblocks; no maintained node supports it.
  XTHIN: 4,
  // BIP 157: serves basic block filters.
  COMPACT_FILTERS: 6,
  // BIP 159: at least the last 288 blocks.
  NETWORK_LIMITED: 10,
  // BIP 324: the encrypted transport.
  P2P_V2: 11,
};

/** The named bits, each with its position. */
export const SERVICE_BITS: ReadonlyMap<string, number> = new Map(Object.entries(BITS));

/**
 * The service bits with the given names.
 *
 * @example
 * ```ts
 * import { serviceFlags } from "@bitcoin-p2p/handshake/wire";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(serviceFlags("NETWORK", "WITNESS"), 9n);
 * ```
 */
export function serviceFlags(...names: readonly ServiceName[]): bigint {
  return names.reduce((flags, name) => flags | 1n << BigInt(BITS[name]), 0n);
}

const NAMES = new Map([...SERVICE_BITS].map(([name, bit]) => [bit, name]));

/**
 * The names of the bits that are set, lowest first, as in `getpeerinfo`: an unnamed bit N is `UNKNOWN[2^N]`.
 *
 * @example
 * ```ts
 * import { serviceNames } from "@bitcoin-p2p/handshake/wire";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(serviceNames(0x0409n), ["NETWORK", "WITNESS", "NETWORK_LIMITED"]);
 * assertEquals(serviceNames(1n << 24n), ["UNKNOWN[2^24]"]);
 * ```
 */
export function serviceNames(services: bigint): string[] {
  const digits = BigInt.asUintN(64, services).toString(2);
  const names: string[] = [];
  for (let bit = 0; bit < digits.length; bit++) {
    if (digits.at(-1 - bit) === "1") names.push(NAMES.get(bit) ?? `UNKNOWN[2^${bit}]`);
  }
  return names;
}

/**
 * Parses service bits: a 64-bit number in decimal or `0x` hex, or names separated by commas, with or without the
 * `NODE_` prefix of Bitcoin Core's constants. `undefined` for any other text.
 *
 * @example
 * ```ts
 * import { parseServices } from "@bitcoin-p2p/handshake/wire";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseServices("NETWORK,WITNESS"), 9n);
 * assertEquals(parseServices("0x409"), 1033n);
 * assertEquals(parseServices("BEER"), undefined);
 * ```
 */
export function parseServices(text: string): bigint | undefined {
  if (/^(\d{1,20}|0x[0-9a-f]{1,16})$/i.test(text)) {
    const services = BigInt(text);
    return services === BigInt.asUintN(64, services) ? services : undefined;
  }
  let services = 0n;
  for (const name of text.toUpperCase().split(",")) {
    const bit = SERVICE_BITS.get(name.trim().replace(/^NODE_/, ""));
    if (bit === undefined) return undefined;
    services |= 1n << BigInt(bit);
  }
  return services;
}
