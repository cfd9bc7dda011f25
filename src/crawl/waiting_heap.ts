/**
 * The addresses that wait to be dialled, the most wanted on top.
 *
 * @module
 */

import type { KnownAddresses } from "./known_addresses.ts";

/** By which an array grows that is full. */
const GROWTH = 1.25;

/** What a heap needs to know of an address. */
type Ranked = Pick<KnownAddresses, "rank" | "chance" | "position" | "setPosition" | "hasRisen" | "setRisen">;

/**
 * A binary heap of the numbers of addresses, by rank. Ranks rise far more often than an address is taken: what has risen
 * is only put down, and moves when one is to be taken.
 */
export class WaitingHeap {
  readonly #known: Ranked;
  #numbers = new Uint32Array(64);
  /** The ranks by which the numbers are in order. */
  #ranks = new Float64Array(64);
  #size = 0;
  /** What has risen since. */
  #risen = new Uint32Array(64);
  #risenCount = 0;

  /** Holds some of the addresses in `known`, each at the position that is set there. */
  constructor(known: Ranked) {
    this.#known = known;
  }

  /** How many addresses wait. */
  get size(): number {
    return this.#size;
  }

  /** Adds an address. */
  push(number: number): void {
    if (this.#size === this.#numbers.length) {
      const length = Math.ceil(this.#size * GROWTH);
      this.#numbers = new Uint32Array(this.#numbers.buffer.transfer(4 * length));
      this.#ranks = new Float64Array(this.#ranks.buffer.transfer(8 * length));
    }
    this.#siftUp(this.#size++, number, this.#known.rank(number));
  }

  /** The rank of one that waits here may have risen. */
  rise(number: number): void {
    if (this.#known.hasRisen(number)) return;
    this.#known.setRisen(number, true);
    if (this.#risenCount === this.#risen.length) {
      this.#risen = new Uint32Array(this.#risen.buffer.transfer(4 * Math.ceil(this.#risenCount * GROWTH)));
    }
    this.#risen[this.#risenCount++] = number;
    // Most of it has been removed since.
    if (this.#risenCount > 2 * this.#size + 64) this.#settle();
  }

  /** The rank of the most wanted address; 0 if there is none. */
  get topRank(): number {
    this.#settle();
    return this.#size === 0 ? 0 : this.#ranks[0] ?? 0;
  }

  /** Removes and returns the most wanted address. */
  pop(): number | undefined {
    this.#settle();
    const top = this.#numbers[0];
    if (top === undefined || this.#size === 0) return undefined;
    this.remove(top);
    return top;
  }

  /** Removes an address. */
  remove(number: number): void {
    const position = this.#known.position(number);
    const size = this.#size -= 1;
    if (position === size) return;
    const [moved, rank] = [this.#numbers[size] ?? 0, this.#ranks[size] ?? 0];
    this.#siftDown(position, moved, rank);
    if (this.#numbers[position] === moved) this.#siftUp(position, moved, rank);
  }

  #settle(): void {
    for (let i = 0; i < this.#risenCount; i++) {
      const number = this.#risen[i] ?? 0;
      const position = this.#known.position(number);
      this.#known.setRisen(number, false);
      // It may have been removed meanwhile.
      if (position >= this.#size || this.#numbers[position] !== number) continue;
      const rank = this.#known.rank(number);
      if (rank > (this.#ranks[position] ?? 0)) this.#siftUp(position, number, rank);
    }
    this.#risenCount = 0;
  }

  /** Whether the first of two is wanted more. */
  #isBefore(rank: number, number: number, otherRank: number, other: number): boolean {
    return rank > otherRank || rank === otherRank && this.#known.chance(number) > this.#known.chance(other);
  }

  #siftUp(position: number, number: number, rank: number): void {
    const [numbers, ranks] = [this.#numbers, this.#ranks];
    while (position > 0) {
      const parent = position - 1 >>> 1;
      const [other, otherRank] = [numbers[parent] ?? 0, ranks[parent] ?? 0];
      if (!this.#isBefore(rank, number, otherRank, other)) break;
      this.#place(position, other, otherRank);
      position = parent;
    }
    this.#place(position, number, rank);
  }

  #siftDown(position: number, number: number, rank: number): void {
    const [numbers, ranks, size] = [this.#numbers, this.#ranks, this.#size];
    for (;;) {
      let child = 2 * position + 1;
      if (child >= size) break;
      let [other, otherRank] = [numbers[child] ?? 0, ranks[child] ?? 0];
      const [right, rightRank] = [numbers[child + 1] ?? 0, ranks[child + 1] ?? 0];
      if (child + 1 < size && this.#isBefore(rightRank, right, otherRank, other)) {
        [child, other, otherRank] = [child + 1, right, rightRank];
      }
      if (!this.#isBefore(otherRank, other, rank, number)) break;
      this.#place(position, other, otherRank);
      position = child;
    }
    this.#place(position, number, rank);
  }

  #place(position: number, number: number, rank: number): void {
    this.#numbers[position] = number;
    this.#ranks[position] = rank;
    this.#known.setPosition(number, position);
  }
}
