/**
 * The network groups of the peers that name addresses: what several peers of one group have named was named once.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";
import { networkGroup } from "../address/network_group.ts";
import type { KnownAddresses } from "./known_addresses.ts";
import { NumberSets } from "./number_sets.ts";

/** How many addresses that only one network group has named may wait. */
const MAX_WAITING_OF_GROUP = 20_000;

/** All names that a proxy resolves are in one group: their addresses are not known. */
const GROUP_OF_NAMES = -1;

/** Stands for the groups that have named something in earlier runs. */
const GROUP_OF_MEMORY = -2;

/** Groups are given by their indexes, addresses by their numbers. */
export class NamingGroups {
  readonly #known: KnownAddresses;
  readonly #indexes = new Map<number, number>();
  /** What each of them has named. */
  readonly #named = new NumberSets();
  /** How many addresses wait that only it has named. */
  readonly #waiting: number[] = [];

  /** None has named anything yet. */
  constructor(known: KnownAddresses) {
    this.#known = known;
  }

  /** The group of a peer. */
  of(peer: PeerAddress): number {
    return this.#indexOf(peer.network === null ? GROUP_OF_NAMES : networkGroup(peer));
  }

  /** The group that stands for those of earlier runs. */
  get memory(): number {
    return this.#indexOf(GROUP_OF_MEMORY);
  }

  /** A peer of a group begins to name addresses. */
  begin(group: number): void {
    this.#named.open(group, this.#known.end);
  }

  /** It names an address; returns whether its group has not named that before. */
  name(number: number): boolean {
    return this.#named.add(number);
  }

  /** It has named all. */
  end(): void {
    this.#named.close(this.#known.end);
  }

  /** Whether no more addresses may wait that only this group has named. */
  isFull(group: number): boolean {
    return (this.#waiting[group] ?? 0) >= MAX_WAITING_OF_GROUP;
  }

  /** Counts an address that waits (`change` is 1), or does no more (-1), if only one group has named it. */
  countWaiting(number: number, change: number): void {
    const known = this.#known;
    if (known.groups(number) !== 1 || known.isTarget(number)) return;
    const group = known.firstGroup(number);
    this.#waiting[group] = (this.#waiting[group] ?? 0) + change;
  }

  #indexOf(group: number): number {
    let index = this.#indexes.get(group);
    if (index === undefined) {
      index = this.#named.create();
      this.#indexes.set(group, index);
      this.#waiting.push(0);
    }
    return index;
  }
}
