/**
 * Pseudo-random values: the same seed gives the same values on every machine. Not for secrets.
 *
 * @module
 */

const TWO_32 = 0x1_0000_0000;

/** How often a number is at or near a bound of its range, where most bugs are. */
const BOUND_CHANCE = 0.3;

/**
 * A generator of pseudo-random values: sfc32, a chaotic generator with 128 bits of state by Chris Doty-Humphrey
 * (PractRand).
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** The seed is three 32-bit numbers, each of which changes the sequence. */
  constructor(seed: number, stream = 0, index = 0) {
    this.#a = seed | 0;
    this.#b = stream | 0;
    this.#c = index | 0;
    // As many rounds as in PractRand, to mix the seed into the whole state.
    for (let round = 0; round < 15; round++) this.uint32();
  }

  /** An unsigned 32-bit number, uniformly distributed. */
  uint32(): number {
    const result = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0;
    return result >>> 0;
  }

  /** An integer from 0 to below `limit`, which is at most 2^32; uniformly distributed. */
  below(limit: number): number {
    return Math.floor(this.uint32() / TWO_32 * limit);
  }

  /** True with the given probability, from 0 to 1. */
  chance(probability: number): boolean {
    return this.uint32() < probability * TWO_32;
  }

  /** An integer from `min` to `max`, at most 2^32 apart; often 0, or at or next to a bound. */
  integer(min: number, max: number): number {
    if (!this.chance(BOUND_CHANCE)) return min + this.below(max - min + 1);
    const special = this.pick([min, max, min + 1, max - 1, 0]);
    return Math.min(max, Math.max(min, special));
  }

  /** An unsigned 64-bit number; often a bound, or with few or many bits. */
  uint64(): bigint {
    const any = (BigInt(this.uint32()) << 32n) | BigInt(this.uint32());
    if (this.chance(0.5)) return any;
    return this.pick([0n, 1n, 2n ** 64n - 1n, 2n ** 63n, 2n ** 53n, any >> BigInt(this.below(64)), any & 0xc0fn]);
  }

  /** A signed 64-bit number, distributed like those of {@linkcode Random.uint64}. */
  int64(): bigint {
    return BigInt.asIntN(64, this.uint64());
  }

  /** Bytes, uniformly distributed. */
  bytes(length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    for (let i = 0; i < length; i += 4) {
      const word = this.uint32();
      for (let j = 0; j < 4 && i + j < length; j++) bytes[i + j] = word >>> (8 * j);
    }
    return bytes;
  }

  /** One item of a non-empty list, each equally likely. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError("Cannot pick from an empty list");
    return items[this.below(items.length)] as T;
  }

  /** Some of the items, in their order. */
  some<T>(items: readonly T[]): T[] {
    return items.filter(() => this.chance(0.5));
  }

  /** From `min` to `max` items, each made by `make`. */
  list<T>(min: number, max: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.integer(min, max) }, (_, i) => make(i));
  }

  /** A text of up to `most` characters of `alphabet`. */
  text(alphabet: string, least: number, most: number): string {
    return this.list(least, most, () => alphabet.charAt(this.below(alphabet.length))).join("");
  }

  /** The bytes in order, in up to some hundred pieces, some of which may be empty. */
  pieces(bytes: Uint8Array): Uint8Array[] {
    const most = Math.max(this.pick([2, 30, 300, 70_000]), bytes.length >> 8);
    const pieces: Uint8Array[] = [];
    for (let start = 0; start < bytes.length;) {
      const length = this.integer(0, most);
      pieces.push(bytes.subarray(start, start + length));
      start += length;
    }
    return pieces;
  }

  /** The same bytes as a view into a larger buffer, with other bytes before and after them. */
  embedded(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    const before = this.below(20);
    const buffer = this.bytes(before + bytes.length + this.below(20));
    buffer.set(bytes, before);
    return buffer.subarray(before, before + bytes.length);
  }

  /** A copy of the bytes with a few faults: bits, bytes, a length, a part. */
  damaged(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    let damaged = Uint8Array.from(bytes);
    for (let times = this.integer(1, 4); times > 0; times--) {
      const at = this.below(damaged.length + 1);
      const before = damaged.subarray(0, at);
      const behind = damaged.subarray(at);
      const parts = this.pick([
        [before, behind.map((byte, i) => i === 0 ? byte ^ (1 << this.below(8)) : byte)],
        [before, behind.map((byte, i) => i === 0 ? this.pick([0, 1, 0x7f, 0x80, 0xfd, 0xfe, 0xff]) : byte)],
        [before],
        [before, behind.subarray(this.integer(1, 9))],
        [before, this.bytes(this.integer(1, 9)), behind],
      ]);
      damaged = Uint8Array.from(parts.flatMap((part) => [...part]));
    }
    return damaged;
  }
}
