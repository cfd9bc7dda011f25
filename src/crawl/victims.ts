/**
 * What goes when too many addresses are known.
 *
 * @module
 */

import { isRefused, isWaiting, type KnownAddresses } from "./known_addresses.ts";
import type { Namers } from "./namers.ts";

/** The share of the addresses of which as many are found at once, as finding takes a look at every one. */
const SHARE = 1 / 64;

/**
 * The addresses that are the first to go. Only what a single network group has named goes: what is not to be dialled
 * first; then, of what waits, that which was named by the groups with the most of it. So those lose most who name most,
 * and what others have named makes no room for it.
 */
export class Victims {
  readonly #known: KnownAddresses;
  readonly #namers: Namers;
  readonly #most: number;
  /** The last one is the first to go. */
  #found: number[] = [];
  /** What waits goes only of groups with more of it than this. */
  #level = Infinity;
  /** How often not to look, as there was nothing. */
  #pause = 0;

  /** There shall be at most `maxAddresses`. */
  constructor(known: KnownAddresses, namers: Namers, maxAddresses: number) {
    this.#known = known;
    this.#namers = namers;
    this.#most = Math.ceil(maxAddresses * SHARE);
  }

  /** The number of an address that goes for one that waits and that only `group` has named; `undefined` if none does. */
  next(group: number): number | undefined {
    let number = this.#first();
    if (number === undefined && this.#pause === 0) {
      this.#find();
      number = this.#first();
      if (number === undefined) this.#pause = this.#most;
    }
    if (number === undefined) {
      this.#pause--;
      return undefined;
    }
    if (isRefused(this.#known.state(number))) return number;
    return this.#rivals(number) > this.#namers.waiting(group) + 1 ? number : undefined;
  }

  /** The first one that may still go. */
  #first(): number | undefined {
    for (let number; (number = this.#found.at(-1)) !== undefined; this.#found.pop()) {
      if (this.#known.isSingle(number) && this.#mayGo(number)) return number;
    }
    return undefined;
  }

  #mayGo(number: number): boolean {
    const state = this.#known.state(number);
    return isRefused(state) || isWaiting(state) && this.#rivals(number) > this.#level;
  }

  /** How much waits that was named by the same group alone. */
  #rivals(number: number): number {
    return this.#namers.waiting(this.#known.firstGroup(number));
  }

  #find(): void {
    const known = this.#known;
    this.#level = Infinity;
    this.#found = this.#some((number) => isRefused(known.state(number)));
    if (this.#found.length > 0) return;
    this.#level = this.#namers.level(this.#most);
    const left = new Map<number, number>();
    this.#found = this.#some((number) => {
      if (!isWaiting(known.state(number))) return false;
      const group = known.firstGroup(number);
      const count = left.get(group) ?? this.#namers.waiting(group) - this.#level;
      left.set(group, count - 1);
      return count > 0;
    });
  }

  /** Some of the addresses that a single group has named. */
  #some(isWanted: (number: number) => boolean): number[] {
    const found: number[] = [];
    for (let number = 0; number < this.#known.end && found.length < this.#most; number++) {
      if (this.#known.isSingle(number) && isWanted(number)) found.push(number);
    }
    return found;
  }
}
