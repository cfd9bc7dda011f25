/**
 * Which network groups have named what.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";
import { networkGroup } from "../address/network_group.ts";
import type { KnownAddresses } from "./known_addresses.ts";
import { NumberSets } from "./number_sets.ts";

/** All names that a proxy resolves are in one group: their addresses are not known. */
const GROUP_OF_NAMES = -1;

/** Stands for the groups that have named something in earlier runs. */
const GROUP_OF_MEMORY = -2;

/** The network groups that have named addresses, by indexes from 0. */
export class Namers {
  readonly #known: KnownAddresses;
  readonly #indexes = new Map<number, number>();
  /** What each group has named. */
  readonly #named = new NumberSets();
  /** How many addresses wait that only this group has named. */
  readonly #waiting: number[] = [];

  /** Nobody has named anything yet. */
  constructor(known: KnownAddresses) {
    this.#known = known;
  }

  /** Returns the index of a peer's group, which names addresses from now on, until {@linkcode Namers.close}. */
  open(peer: PeerAddress): number {
    return this.#open(peer.network === null ? GROUP_OF_NAMES : networkGroup(peer));
  }

  /** The same for the group that stands for those of earlier runs. */
  openMemory(): number {
    return this.#open(GROUP_OF_MEMORY);
  }

  #open(group: number): number {
    let index = this.#indexes.get(group);
    if (index === undefined) {
      index = this.#named.create();
      this.#indexes.set(group, index);
      this.#waiting.push(0);
    }
    this.#named.open(index, this.#known.end);
    return index;
  }

  /** The open group names an address; returns whether it has not done so before. */
  name(number: number): boolean {
    return this.#named.add(number);
  }

  /** The open group has named what it had to. */
  close(): void {
    this.#named.close(this.#known.end);
  }

  /** The only group that has named an address has not done so after all. */
  forget(number: number): void {
    this.#named.remove(this.#known.firstGroup(number), number);
  }

  /** An address waits, or does no more; it counts if only one group has named it, and if it is no target. */
  countWaiting(number: number, change: 1 | -1): void {
    if (!this.#known.isSingle(number)) return;
    const group = this.#known.firstGroup(number);
    this.#waiting[group] = (this.#waiting[group] ?? 0) + change;
  }

  /** How many addresses wait that only this group has named. */
  waiting(group: number): number {
    return this.#waiting[group] ?? 0;
  }

  /**
   * The greatest number such that at least `count` addresses have to go for no group to have more of those that wait
   * and that only it has named; 0 if there are not as many.
   */
  level(count: number): number {
    const sizes = this.#waiting.toSorted((a, b) => b - a);
    let above = 0;
    for (const [i, size] of sizes.entries()) {
      above += size;
      const next = sizes[i + 1] ?? 0;
      // With the first i + 1 groups cut down to the size of the next.
      if (above - (i + 1) * next >= count) return Math.floor((above - count) / (i + 1));
    }
    return 0;
  }
}
