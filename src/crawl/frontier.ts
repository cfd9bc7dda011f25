/**
 * The addresses of a crawl (placeholder).
 *
 * @module
 */

import { type Address, formatAddress, type PeerAddress } from "../address/address.ts";
import { readKey, writeKeyOfBytes } from "../address/key.ts";
import { type Network, NETWORK_NAMES, networkOfId } from "../address/network.ts";
import { whyUnroutable } from "../address/routability.ts";
import type { AddrMessage } from "../wire/addr.ts";
import { AddrReader } from "../wire/addr_reader.ts";
import type { AddressResult, NotDialledReason } from "./result.ts";
import type { CrawlSettings } from "./settings.ts";

/** What was new in a message. */
export interface Learnt {
  readonly networks: { readonly [N in Network]: number };
  readonly new: number;
  readonly skipped: number;
}

/** An address to dial. */
export interface Candidate {
  readonly address: Address;
  readonly target: string;
  readonly services: bigint | null;
}

interface Entry extends Candidate {
  services: bigint | null;
  time: number | null;
  groups: number;
  state: "waiting" | "taken" | "dialled";
  reason: NotDialledReason | null;
}

/** The addresses that a crawl knows. */
export class Frontier {
  readonly #settings: CrawlSettings;
  readonly #known = new Map<string, Entry>();

  constructor(settings: CrawlSettings, _seed: number) {
    this.#settings = settings;
  }

  addTarget(address: Address, target: string): void {
    this.#add(address, target, null, null);
  }

  learn(message: AddrMessage, from: PeerAddress, now: number): Learnt {
    const networks = { ipv4: 0, ipv6: 0, onion: 0, i2p: 0, cjdns: 0 };
    let [fresh, skipped] = [0, 0];
    const reader = new AddrReader(message.type, message.payload);
    const key = new Uint8Array(64);
    while (reader.next()) {
      const network = networkOfId(reader.networkId);
      if (network === undefined) {
        skipped++;
        continue;
      }
      networks[network]++;
      writeKeyOfBytes(network, message.payload, reader.offset, reader.port, key, 0);
      const address = readKey(key, 0);
      const services = BigInt(reader.servicesHigh) << 32n | BigInt(reader.servicesLow);
      const time = reader.time <= 100_000_000 || reader.time > now + 600 ? now - 5 * 86_400 : reader.time;
      const before = this.#known.size;
      const entry = this.#add(address, formatAddress(from), services, time);
      if (this.#known.size > before) fresh++;
      entry.services = (entry.services ?? 0n) | services;
      entry.time = Math.max(entry.time ?? 0, time);
      entry.groups++;
      entry.reason = this.#reason(entry, now);
    }
    return { networks, new: fresh, skipped };
  }

  #reason({ address, time }: Entry, now: number): NotDialledReason | null {
    const { includeUnroutable, maxAge, excludes, networks } = this.#settings;
    if (!includeUnroutable && whyUnroutable(address) !== undefined) return "unroutable";
    if ((address.port === 0) !== (address.network === "i2p")) return "port_zero";
    if (time !== null && now - time > maxAge / 1000) return "too_old";
    if (excludes?.(address)) return "excluded";
    return networks.includes(address.network) ? null : "network";
  }

  #add(address: Address, target: string, services: bigint | null, time: number | null): Entry {
    const text = formatAddress(address);
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const entry: Entry = { address, target, services, time, groups: 0, state: "waiting", reason: null };
    this.#known.set(text, entry);
    return entry;
  }

  waiting(network: Network): number {
    let count = 0;
    for (const { address, state, reason } of this.#known.values()) {
      if (address.network === network && state === "waiting" && reason === null) count++;
    }
    return count;
  }

  take(networks: readonly (Network | null)[]): Candidate | undefined {
    for (const entry of this.#known.values()) {
      if (entry.state !== "waiting" || entry.reason !== null || !networks.includes(entry.address.network)) continue;
      entry.state = "taken";
      return entry;
    }
    return undefined;
  }

  get size(): number {
    return this.#known.size;
  }

  end(candidate: Candidate, isDone: boolean): void {
    (candidate as Entry).state = isDone ? "dialled" : "waiting";
  }

  counts() {
    const all = [...this.#known.values()];
    const of = (network: Network) => all.filter(({ address }) => address.network === network);
    return {
      known: all.length,
      networks: Object.fromEntries(
        NETWORK_NAMES.map((network) => [network, {
          known: of(network).length,
          dialled: of(network).filter(({ state }) => state === "dialled").length,
        }]),
      ) as { [N in Network]: { known: number; dialled: number } },
      waiting: all.filter(({ state, reason }) => state !== "dialled" && reason === null).length,
      notDialled: new Map(
        [...Map.groupBy(all.filter(({ state }) => state !== "dialled"), ({ reason }) => reason)].flatMap((
          [reason, { length }],
        ): [NotDialledReason, number][] => reason === null ? [] : [[reason, length]]),
      ),
    };
  }

  *addresses(): Generator<AddressResult, void, void> {
    for (const { address, services, time, groups, state, reason } of this.#known.values()) {
      const dialled = state === "dialled";
      yield {
        type: "address",
        address,
        services,
        time,
        groups,
        dialled,
        reason: dialled ? null : reason,
      };
    }
  }
}
