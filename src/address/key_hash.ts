/**
 * A hash of keys for which nobody can choose addresses that collide, unless they know its seed.
 *
 * Source: D. Lemire and O. Kaser, "Strongly universal string hashing is fast", 2014 (the Multilinear family).
 *
 * @module
 */

/** Multipliers for each word: two for each of its halves. */
const MULTIPLIERS = 4;

/** Hashes keys of up to some number of words. */
export class KeyHash {
  readonly #multipliers: Uint32Array;

  /** `seed` is a 32-bit number. */
  constructor(seed: number, maxWords: number) {
    let state = seed;
    this.#multipliers = Uint32Array.from({ length: MULTIPLIERS * maxWords }, () => mix(state = state + 0x9e3779b9 | 0));
  }

  /** The hash of `count` words from `at` on, a signed 32-bit number. */
  of(words: Uint32Array, at: number, count: number): number {
    const multipliers = this.#multipliers;
    const end = MULTIPLIERS * count;
    // The upper halves of two sums, each strongly universal, as the products are of 16 bits by 32.
    let upper = 0;
    let lower = 0;
    for (let i = at, m = 0; m < end; i++, m += MULTIPLIERS) {
      const word = words[i] ?? 0;
      const first = word & 0xffff;
      const second = word >>> 16;
      upper = upper + Math.imul(first, multipliers[m] ?? 0) + Math.imul(second, multipliers[m + 1] ?? 0) | 0;
      lower = lower + Math.imul(first, multipliers[m + 2] ?? 0) + Math.imul(second, multipliers[m + 3] ?? 0) | 0;
    }
    // Mixed, as sums put consecutive addresses into consecutive slots.
    return mix(upper & 0xffff_0000 | lower >>> 16) | 0;
  }
}

/** Each bit of the result depends on all bits of `value` (the end of MurmurHash3). */
export function mix(value: number): number {
  let mixed = Math.imul(value ^ value >>> 16, 0x85ebca6b);
  mixed = Math.imul(mixed ^ mixed >>> 13, 0xc2b2ae35);
  return (mixed ^ mixed >>> 16) >>> 0;
}
