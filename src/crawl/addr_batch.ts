/**
 * The entries of an `addr` or `addrv2`, side by side, for all to be looked up together.
 *
 * @module
 */

import { MAX_KEY_SIZE, writeKeyOfBytes } from "../address/key.ts";
import { KeyBatch } from "../address/key_batch.ts";
import { type Network, NETWORK_NAMES, NETWORKS } from "../address/network.ts";
import type { AddrMessage } from "../wire/addr.ts";
import { AddrReader, MAX_ADDR_ENTRIES } from "../wire/addr_reader.ts";

/** Times up to this are no times: nodes that know none send it (Bitcoin Core `protocol.h`, `TIME_INIT`). */
const NO_TIME = 100_000_000;

/** How far ahead of ours a clock may be, in seconds (Bitcoin Core `net_processing.cpp`, `ProcessAddrs`). */
export const MAX_AHEAD = 10 * 60;

/** How long ago a node was seen whose time is wrong, in seconds (the same). */
const AGE_WITHOUT_TIME = 5 * 24 * 60 * 60;

/** The last network ID and one. */
const IDS = 1 + Math.max(...NETWORK_NAMES.map((network) => NETWORKS[network].id));

/** The entries of one message, in arrays that are used again for the next. */
export class AddrBatch {
  /** The keys of the addresses. */
  readonly keys = new KeyBatch(MAX_ADDR_ENTRIES);
  /** When they were seen, in seconds since 1970: never far ahead of our clock. */
  readonly times = new Uint32Array(MAX_ADDR_ENTRIES);
  /** The lower halves of their services. */
  readonly servicesLow = new Uint32Array(MAX_ADDR_ENTRIES);
  /** The upper halves. */
  readonly servicesHigh = new Uint32Array(MAX_ADDR_ENTRIES);
  /** How many there are in each network, by its ID; skipped ones have the ID 0. */
  readonly #counts = new Uint32Array(IDS);

  /** Reads a message at `now`, in seconds since 1970. */
  read({ type, payload }: AddrMessage, now: number): void {
    const { keys, times, servicesLow, servicesHigh } = this;
    const counts = this.#counts.fill(0);
    const reader = new AddrReader(type, payload);
    let count = 0;
    while (reader.next()) {
      const { networkId, time } = reader;
      counts[networkId] = (counts[networkId] ?? 0) + 1;
      if (networkId === 0) continue;
      writeKeyOfBytes(networkId, payload, reader.offset, reader.port, keys.bytes, count * MAX_KEY_SIZE);
      times[count] = time <= NO_TIME || time > now + MAX_AHEAD ? now - AGE_WITHOUT_TIME : time;
      servicesLow[count] = reader.servicesLow;
      servicesHigh[count] = reader.servicesHigh;
      count++;
    }
    keys.count = count;
  }

  /** How many entries are in a network. */
  in(network: Network): number {
    return this.#counts[NETWORKS[network].id] ?? 0;
  }

  /** How many are in no network. */
  get skipped(): number {
    return this.#counts[0] ?? 0;
  }
}
