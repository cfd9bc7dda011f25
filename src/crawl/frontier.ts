/**
 * What a crawl knows: the addresses, who named them, and which of them is dialled next.
 *
 * @module
 */

import type { Address, PeerAddress } from "../address/address.ts";
import { keyNetwork } from "../address/key.ts";
import { byNetwork, type Network } from "../address/network.ts";
import type { AddrMessage } from "../wire/addr.ts";
import { AddrBatch } from "./addr_batch.ts";
import { type FrontierSettings, REASONS, stateOf } from "./choice.ts";
import { isWaiting, KnownAddresses, STATE, type State } from "./known_addresses.ts";
import type { Candidate, FrontierCounts, Learnt } from "./frontier_values.ts";
import type { Remembered } from "./memory.ts";
import { Namers } from "./namers.ts";
import type { AddressResult, NotDialledReason } from "./result.ts";
import { recollect } from "./recollection.ts";
import { Sources } from "./sources.ts";
import { Victims } from "./victims.ts";
import { Waiting } from "./waiting.ts";

/** How many addresses that only one network group has named may wait. */
const MAX_WAITING_OF_GROUP = 20_000;

/** The addresses that a crawl knows. */
export class Frontier {
  readonly #settings: FrontierSettings;
  /** The same for what is no target. */
  #choice: FrontierSettings;
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
  readonly #namers: Namers;
  readonly #victims: Victims;
  /** Those that were asked for addresses not long ago. */
  readonly #asked = new Set<number>();
  readonly #learnt: number[] = [];
  #size = 0;
  #overQuota = 0;
  /** What is to be removed once the message is read. */
  #dropped: number[] = [];

  /** Knows nothing yet. `seed` is a secret random 32-bit number. */
  constructor(settings: FrontierSettings, seed: number) {
    this.#settings = this.#choice = settings;
    this.#known = new KnownAddresses(seed);
    this.#sources = new Sources(this.#known);
    this.#waiting = new Waiting(this.#known);
    this.#namers = new Namers(this.#known);
    this.#victims = new Victims(this.#known, this.#namers, settings.maxAddresses);
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
    if (state === STATE.fresh) this.#count(number, 1);
    if (isWaiting(state)) this.#leave(number);
    known.setTarget(number);
    known.setSource(number, this.#sources.ofText(target));
    const { excludes, networks } = this.#settings;
    if (excludes?.(address)) known.setState(number, STATE.excluded);
    else if (!networks.includes(address.network)) known.setState(number, STATE.network);
    else this.#enter(number);
  }

  /** Begins with what earlier runs knew, at `now` in seconds since 1970. */
  remember(addresses: Iterable<Remembered>, now: number): void {
    for (const [number, one] of recollect(addresses, this.#known, this.#namers)) this.#remember(number, one, now);
  }

  /** There turns out to be no way to a network: what waits there is not dialled, unless it is a target. */
  leaveOut(network: Network): void {
    const known = this.#known;
    const networks = this.#choice.networks.filter((other) => other !== network);
    this.#choice = { ...this.#choice, networks };
    for (let number = 0; number < known.end; number++) {
      if (!isWaiting(known.state(number)) || known.isTarget(number)) continue;
      if (keyNetwork(known.bytes, known.keyOffset(number)) !== network) continue;
      this.#leave(number);
      known.setState(number, STATE.network);
    }
  }

  /** Takes in a message of a peer, at `now` in seconds since 1970. */
  learn(message: AddrMessage, from: PeerAddress, now: number): Learnt {
    const batch = this.#batch;
    const { keys, times, servicesLow, servicesHigh } = batch;
    batch.read(message, now);
    const source = this.#sources.ofPeer(from);
    this.#known.addKeys(keys);
    const group = this.#namers.open(from);
    let added = 0;
    for (let i = 0; i < keys.count; i++) {
      const number = keys.numbers[i] ?? 0;
      const time = times[i] ?? 0;
      const state = this.#known.state(number);
      if (state === STATE.dropped) continue;
      if (state !== STATE.fresh) this.#nameAgain(number, state, group, time, now);
      else if (this.#nameFirst(number, group, source, time, now)) added++;
      this.#known.addServices(number, servicesLow[i] ?? 0, servicesHigh[i] ?? 0);
    }
    this.#namers.close();
    for (const number of this.#dropped) this.#known.remove(number);
    this.#dropped = [];
    return { networks: byNetwork((network) => batch.in(network)), new: added, skipped: batch.skipped };
  }

  /** The address to dial next in some networks; `undefined` if none can be dialled now. It is in flight until its end. */
  take(networks: readonly Network[]): Candidate | undefined {
    const known = this.#known;
    const number = this.#waiting.take(networks);
    if (number === undefined) return undefined;
    this.#namers.countWaiting(number, -1);
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
    return this.#learnt.splice(0).filter((number) => this.#known.groups(number) > 0).map((number) =>
      this.#result(number)
    );
  }

  #result(number: number): AddressResult {
    const known = this.#known;
    const [address, groups, services] = [known.at(number), known.groups(number), this.#services(number)];
    const [time, state] = [groups === 0 ? null : known.time(number), known.state(number)];
    const [dialled, reason] = [state === STATE.dialled, REASONS.get(state) ?? null];
    return { type: "address", address, services, time, groups, dialled, reason };
  }

  #remember(number: number, { address: { network }, turn, asks }: Remembered, now: number): void {
    const known = this.#known;
    this.#count(number, 1);
    if (!asks) this.#asked.add(number);
    if (turn === "later") return known.setState(number, STATE.backOff);
    if (turn === "succeeded" || turn === "failed") {
      known.setState(number, STATE.dialled);
      this.#networks[network].dialled++;
      return;
    }
    // What could be reached has no need to have been named.
    const state = stateOf(known, number, turn === "first" ? now : known.time(number), now, this.#choice);
    if (state !== STATE.waiting) return known.setState(number, state);
    if (turn === "first") known.setTarget(number);
    this.#enter(number);
  }

  /** A group names an address that was not known; returns whether that is kept. */
  #nameFirst(number: number, group: number, source: number, time: number, now: number): boolean {
    const known = this.#known;
    const state = stateOf(this.#known, number, time, now, this.#choice);
    if (!this.#hasRoom(state, group)) {
      this.#drop(number);
      return false;
    }
    this.#count(number, 1);
    this.#namers.name(number);
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
    const isNewGroup = this.#namers.name(number);
    if (isNewGroup) {
      if (isWaiting(state)) this.#namers.countWaiting(number, -1);
      known.addGroup(number, group);
    }
    if (!isNewer && !isNewGroup) return;
    if (state === STATE.waiting) this.#waiting.rise(number);
    else if (state === STATE.tooOld) this.#reconsider(number, group, now);
  }

  /** Somebody has seen an address more recently than was known. */
  #reconsider(number: number, group: number, now: number): void {
    const state = stateOf(this.#known, number, this.#known.time(number), now, this.#choice);
    if (this.#settings.tracks && state !== STATE.tooOld) this.#learnt.push(number);
    if (state !== STATE.waiting) this.#known.setState(number, state);
    else if (this.#known.isSingle(number) && this.#isFull(group)) this.#forget(number);
    else this.#enter(number);
  }

  /** Whether so much waits that only this group has named that no more of it is kept. */
  #isFull(group: number): boolean {
    return this.#namers.waiting(group) >= MAX_WAITING_OF_GROUP;
  }

  /** Whether an address is kept that only `group` has named. It may take the place of another. */
  #hasRoom(state: State, group: number): boolean {
    if (state === STATE.waiting && this.#isFull(group)) return false;
    if (this.#size < this.#settings.maxAddresses) return true;
    const victim = state === STATE.waiting ? this.#victims.next(group) : undefined;
    if (victim !== undefined) this.#forget(victim);
    return victim !== undefined;
  }

  /** What was kept, named by a single group, is so no more. */
  #forget(number: number): void {
    this.#namers.forget(number);
    if (isWaiting(this.#known.state(number))) this.#leave(number);
    this.#asked.delete(number);
    this.#count(number, -1);
    this.#drop(number);
  }

  #drop(number: number): void {
    this.#overQuota++;
    this.#known.setState(number, STATE.dropped);
    this.#dropped.push(number);
  }

  #count(number: number, change: 1 | -1): void {
    this.#size += change;
    this.#networks[keyNetwork(this.#known.bytes, this.#known.keyOffset(number))].known += change;
  }

  #enter(number: number): void {
    this.#namers.countWaiting(number, 1);
    this.#waiting.add(number);
  }

  #leave(number: number): void {
    this.#namers.countWaiting(number, -1);
    this.#waiting.remove(number);
  }

  #services(number: number): bigint | null {
    return this.#known.groups(number) === 0 ? null : this.#known.services(number);
  }
}
