/**
 * Frontiers that learn addresses.
 *
 * @module
 */

import { type Address, formatAddress } from "../../src/address/address.ts";
import { type Network, NETWORK_NAMES } from "../../src/address/network.ts";
import type { FrontierSettings } from "../../src/crawl/choice.ts";
import { Frontier } from "../../src/crawl/frontier.ts";
import type { Learnt } from "../../src/crawl/frontier_values.ts";
import { addrMessage } from "../../src/wire/addr.ts";

/** The time at which frontiers learn, unless told otherwise, in seconds since 1970. */
export const NOW = 1_800_000_000;

/** An hour, in seconds. */
export const HOUR = 3600;

/** A day, in seconds. */
export const DAY = 24 * HOUR;

/** The settings of a frontier, unless told otherwise. */
export const SETTINGS: FrontierSettings = {
  maxAge: 2 * DAY * 1000,
  maxAddresses: 1_000_000,
  networks: NETWORK_NAMES,
  includeUnroutable: false,
};

/** A frontier with some settings changed. */
export function frontierWith(settings: Partial<FrontierSettings> = {}): Frontier {
  return new Frontier({ ...SETTINGS, ...settings }, 7);
}

/** An IPv4 address; each in a subnet of its own, unless told otherwise. */
export function ipv4(host: string, port = 8333): Address {
  return { network: "ipv4", host, port };
}

/** A peer in a network group of its own. */
export function peer(group: number): Address {
  return ipv4(`${20 + (group >> 8)}.${group & 0xff}.0.1`);
}

/** A frontier learns addresses, seen an hour ago unless told otherwise, from a peer. */
export function learn(
  frontier: Frontier,
  from: Address,
  addresses: readonly Address[],
  { time = NOW - HOUR, services = 9n, now = NOW } = {},
): Learnt {
  return frontier.learn(addrMessage("addrv2", addresses.map((address) => ({ time, services, address }))), from, now);
}

/** All that can be taken now, in their order. */
export function takeAll(frontier: Frontier, networks: readonly Network[] = NETWORK_NAMES): string[] {
  const taken: string[] = [];
  for (let candidate; (candidate = frontier.take(networks)) !== undefined;) {
    taken.push(formatAddress(candidate.address));
    frontier.end(candidate, true);
  }
  return taken;
}
