/**
 * What a crawl knows: the addresses, who named them, and which of them is dialled next.
 *
 * @module
 */

import type { Address, PeerAddress } from "../address/address.ts";
import { keyNetwork } from "../address/key.ts";
import { type Network, NETWORK_NAMES } from "../address/network.ts";
import type { AddrMessage } from "../wire/addr.ts";
import { AddrBatch } from "./addr_batch.ts";
import type { Candidate } from "./candidate.ts";
import { type ChoiceSettings, stateFor } from "./choice.ts";
import { KnownAddresses, STATE, type State } from "./known_addresses.ts";
import type { Remembered } from "./memory.ts";
import { NamingGroups } from "./naming_groups.ts";
import type { AddressResult, NotDialledReason } from "./result.ts";
import { Sources } from "./sources.ts";
import { Waiting } from "./waiting.ts";

/** Which addresses are kept, and which are dialled. */
export interface FrontierSettings extends ChoiceSettings {
  /** How many addresses are kept at most. */
  readonly maxAddresses: number;
  /** Whether {@linkcode Frontier.learnt} is called; false by default. */
  readonly tracks?: boolean;
}

/** What a message said. */
export interface Learnt {
  /** How many of its entries are in each network. */
  readonly networks: { readonly [N in Network]: number };
  /** How many of them were not known. */
  readonly new: number;
  /** How many are in none of these networks. */
  readonly skipped: number;
}

/** How many addresses there are. */
export interface FrontierCounts {
  /** All that are known. */
  readonly known: number;
  /** The same for each network, and how many of them were dialled. */
  readonly networks: { readonly [N in Network]: { readonly known: number; readonly dialled: number } };
  /** How many wait to be dialled or are being dialled. */
  readonly waiting: number;
  /** How many are not to be dialled, for each reason; of `over_quota`, how many were dropped. */
  readonly notDialled: ReadonlyMap<NotDialledReason, number>;
}

/** Why addresses in these states are not dialled; those in all others are. */
const REASONS: ReadonlyMap<State, NotDialledReason> = new Map<State, NotDialledReason>([
  [STATE.unroutable, "unroutable"],
  [STATE.portZero, "port_zero"],
  [STATE.tooOld, "too_old"],
  [STATE.excluded, "excluded"],
  [STATE.network, "network"],
  [STATE.backOff, "back_off"],
]);

/** The addresses that a crawl knows. */
export class Frontier {
  readonly #settings: FrontierSettings;
  readonly #known: KnownAddresses;
  readonly #batch = new AddrBatch();
  readonly #sources: Sources;
  readonly #waiting: Waiting;
  readonly #networks = {
    ipv4: { known: 0, dialled: 0 },
    ipv6: { known: 0, dialled: 0 },
    onion: { known: 0, dialled: 0 },
    i2p: { known: 0, dialled: 0 },
    cjdns: { known: 0, dialled: 0 },
  };
  readonly #groups: NamingGroups;
  /** Those that were asked for addresses not long ago. */
  readonly #asked = new Set<number>();
  readonly #learnt: number[] = [];
  #size = 0;
  #overQuota = 0;
  /** What is to be removed once the message is read. */
  #dropped: number[] = [];

  /** Knows nothing yet. `seed` is a secret random 32-bit number. */
  constructor(settings: FrontierSettings, seed: number) {
    this.#settings = settings;
    this.#known = new KnownAddresses(seed);
    this.#sources = new Sources(this.#known);
    this.#waiting = new Waiting(this.#known);
    this.#groups = new NamingGroups(this.#known);
  }

  /** How many addresses are known. */
  get size(): number {
    return this.#size;
  }

  /** How many addresses of a network wait to be dialled. */
  waiting(network: Network): number {
    return this.#waiting.size(network);
  }

  /**
   * Adds an address that is dialled first, whatever others say about it, unless it is excluded. `target` is the text that
   * it comes from.
   */
  addTarget(address: Address, target: string): void {
    const known = this.#known;
    const number = known.add(address);
    const state = known.state(number);
    if (known.isTarget(number) || state === STATE.inFlight || state === STATE.dialled) return;
    if (state === STATE.fresh) this.#count(number);
    if (isWaiting(state)) this.#leave(number);
    known.setTarget(number);
    known.setSource(number, this.#sources.ofText(target));
    const { excludes, networks } = this.#settings;
    if (excludes?.(address)) known.setState(number, STATE.excluded);
    else if (!networks.includes(address.network)) known.setState(number, STATE.network);
    else this.#enter(number);
  }

  /** Adds what an earlier run knew, at `now` in seconds since 1970. */
  remember({ address, services, time, groups, turn, asks }: Remembered, now: number): void {
    if (this.#size >= this.#settings.maxAddresses) return void this.#overQuota++;
    const known = this.#known;
    const number = known.add(address);
    this.#count(number);
    known.setSource(number, number);
    if (groups > 0) known.setGroups(number, this.#groups.memory, groups);
    known.addTime(number, time ?? 0);
    known.addServices(number, Number((services ?? 0n) & 0xffff_ffffn), Number((services ?? 0n) >> 32n));
    if (!asks) this.#asked.add(number);
    if (turn === "later") return known.setState(number, STATE.backOff);
    if (turn === "first" || turn === "usual") return this.#await(number, turn === "first", now);
    known.setState(number, STATE.dialled);
    this.#networks[address.network].dialled++;
  }

  /** Takes in a message of a peer, at `now` in seconds since 1970. */
  learn(message: AddrMessage, from: PeerAddress, now: number): Learnt {
    const batch = this.#batch;
    const { keys, times, servicesLow, servicesHigh } = batch;
    batch.read(message, now);
    const [group, source, before] = [this.#groups.of(from), this.#sources.ofPeer(from), this.#size];
    this.#known.addKeys(keys);
    this.#groups.begin(group);
    for (let i = 0; i < keys.count; i++) {
      const number = keys.numbers[i] ?? 0;
      const time = times[i] ?? 0;
      const state = this.#known.state(number);
      if (state === STATE.dropped) continue;
      if (state !== STATE.fresh) this.#nameAgain(number, state, group, time, now);
      else if (!this.#nameFirst(number, group, source, time, now)) continue;
      this.#known.addServices(number, servicesLow[i] ?? 0, servicesHigh[i] ?? 0);
    }
    this.#groups.end();
    for (const number of this.#dropped) this.#known.remove(number);
    this.#dropped = [];
    const networks = { ipv4: 0, ipv6: 0, onion: 0, i2p: 0, cjdns: 0 };
    for (const network of NETWORK_NAMES) networks[network] = batch.in(network);
    return { networks, new: this.#size - before, skipped: batch.skipped };
  }

  /** The address to dial next in some networks; `undefined` if none can be dialled now. It is in flight until its end. */
  take(networks: readonly Network[]): Candidate | undefined {
    const known = this.#known;
    const number = this.#waiting.take(networks);
    if (number === undefined) return undefined;
    this.#groups.countWaiting(number, -1);
    const [address, target] = [known.at(number), this.#sources.text(known.source(number))];
    return { number, address, target, services: this.#services(number), asks: !this.#asked.has(number) };
  }

  /** A candidate is done; if it was not `dialled` after all, it waits again. */
  end({ number, address: { network } }: Pick<Candidate, "number" | "address">, dialled: boolean): void {
    this.#waiting.end(number);
    if (!dialled) return this.#enter(number);
    this.#known.setState(number, STATE.dialled);
    this.#networks[network].dialled++;
  }

  /** How many addresses there are. */
  counts(): FrontierCounts {
    const known = this.#known;
    const states = new Map<State, number>();
    for (let number = 0; number < known.end; number++) {
      const state = known.state(number);
      states.set(state, (states.get(state) ?? 0) + 1);
    }
    const notDialled = new Map<NotDialledReason, number>();
    for (const [state, reason] of REASONS) {
      const count = states.get(state);
      if (count !== undefined) notDialled.set(reason, count);
    }
    if (this.#overQuota > 0) notDialled.set("over_quota", this.#overQuota);
    return { known: this.#size, networks: this.#networks, waiting: this.#waiting.total, notDialled };
  }

  /** All addresses that are known. */
  *addresses(): Generator<AddressResult, void, void> {
    const known = this.#known;
    for (let number = 0; number < known.end; number++) {
      if (known.state(number) !== STATE.fresh) yield this.#result(number);
    }
  }

  /** Those that peers have named since the last call, and those that are no longer too old; only with `tracks`. */
  learnt(): AddressResult[] {
    return this.#learnt.splice(0).map((number) => this.#result(number));
  }

  #result(number: number): AddressResult {
    const known = this.#known;
    const [address, groups, services] = [known.at(number), known.groups(number), this.#services(number)];
    const [time, state] = [groups === 0 ? null : known.time(number), known.state(number)];
    const [dialled, reason] = [state === STATE.dialled, REASONS.get(state) ?? null];
    return { type: "address", address, services, time, groups, dialled, reason };
  }

  /** An address that was remembered waits, unless there is a reason not to dial it. */
  #await(number: number, isFirst: boolean, now: number): void {
    // What could be reached has no need to have been named.
    const time = isFirst ? now : this.#known.time(number);
    const state = stateFor(this.#known, number, { time, now }, this.#settings);
    if (isFirst) this.#known.setTarget(number);
    if (state === STATE.waiting) this.#enter(number);
    else this.#known.setState(number, state);
  }

  /** A group names an address that was not known; returns whether that is kept. */
  #nameFirst(number: number, group: number, source: number, time: number, now: number): boolean {
    const known = this.#known;
    const state = stateFor(this.#known, number, { time, now }, this.#settings);
    const isOverQuota = state === STATE.waiting && this.#groups.isFull(group);
    if (isOverQuota || this.#size >= this.#settings.maxAddresses) {
      this.#overQuota++;
      known.setState(number, STATE.dropped);
      this.#dropped.push(number);
      return false;
    }
    this.#count(number);
    this.#groups.name(number);
    if (this.#settings.tracks) this.#learnt.push(number);
    known.addGroup(number, group);
    known.setSource(number, source);
    known.addTime(number, time);
    if (state === STATE.waiting) this.#enter(number);
    else known.setState(number, state);
    return true;
  }

  /** A peer names an address that is known. */
  #nameAgain(number: number, state: State, group: number, time: number, now: number): void {
    const known = this.#known;
    const isNewer = known.addTime(number, time);
    const isNewGroup = this.#groups.name(number);
    if (isNewGroup) {
      if (isWaiting(state)) this.#groups.countWaiting(number, -1);
      known.addGroup(number, group);
    }
    if (!isNewer && !isNewGroup) return;
    if (state === STATE.waiting) this.#waiting.rise(number);
    else if (state === STATE.tooOld) this.#reconsider(number, now);
  }

  /** Somebody has seen an address more recently than was known. */
  #reconsider(number: number, now: number): void {
    const state = stateFor(this.#known, number, { time: this.#known.time(number), now }, this.#settings);
    if (state === STATE.waiting) this.#enter(number);
    else this.#known.setState(number, state);
    if (this.#settings.tracks) this.#learnt.push(number);
  }

  #count(number: number): void {
    this.#size++;
    this.#networks[keyNetwork(this.#known.bytes, this.#known.keyOffset(number))].known++;
  }

  #enter(number: number): void {
    this.#groups.countWaiting(number, 1);
    this.#waiting.add(number);
  }

  #leave(number: number): void {
    this.#groups.countWaiting(number, -1);
    this.#waiting.remove(number);
  }

  #services(number: number): bigint | null {
    return this.#known.groups(number) === 0 ? null : this.#known.services(number);
  }
}

function isWaiting(state: State): boolean {
  return state === STATE.waiting || state === STATE.held;
}
