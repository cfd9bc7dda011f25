import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { KeyHash, mix } from "../../src/address/key_hash.ts";
import { Random } from "../support/random.ts";

const WORDS = 9;

/** Four of them for each word. */
function multipliersOf(seed: number): bigint[] {
  return Array.from(
    { length: 4 * WORDS },
    (_, i) => BigInt(mix(Number(BigInt.asUintN(32, BigInt(seed + (i + 1) * 0x9e3779b9))))),
  );
}

/** The same hash from integers of any size. */
function hashOf(seed: number, words: readonly number[]): number {
  const multipliers = multipliersOf(seed);
  const sum = (half: number) =>
    words.reduce((sum, word, i) => {
      const [first = 0n, second = 0n] = multipliers.slice(4 * i + 2 * half);
      return sum + BigInt(word & 0xffff) * first + BigInt(word >>> 16) * second;
    }, 0n);
  const upper = BigInt.asUintN(32, sum(0)) >> 16n << 16n;
  const lower = BigInt.asUintN(32, sum(1)) >> 16n;
  return mix(Number(upper | lower)) | 0;
}

Deno.test("mix() is the end of MurmurHash3", () => {
  // Source: what `fmix32()` in Austin Appleby's `MurmurHash3.cpp` gives.
  assertEquals([0, 1, 2, 0xffff_ffff].map(mix), [0, 0x514e28b7, 0x30f4c306, 0x81f16f39]);
});

Deno.test("KeyHash is the Multilinear hash of the words from an offset on, mixed", () => {
  const random = new Random(1);
  for (const seed of [0, 1, 0xdead_beef, 0xffff_ffff]) {
    const hash = new KeyHash(seed, WORDS);
    for (let count = 0; count <= WORDS; count++) {
      const words = Uint32Array.from({ length: 3 + WORDS + 2 }, () => random.below(2 ** 32));
      assertEquals(hash.of(words, 3, count), hashOf(seed, [...words.subarray(3, 3 + count)]), `${seed}, ${count}`);
    }
    const most = new Uint32Array(WORDS).fill(0xffff_ffff);
    assertEquals(hash.of(most, 0, WORDS), hashOf(seed, [...most]));
  }
});

Deno.test("KeyHash depends on every word, on their order, and on the seed", () => {
  const words = Uint32Array.of(1, 2, 3, 4, 5);
  const hash = new KeyHash(7, 5);
  const first = hash.of(words, 0, 5);
  assertEquals(new KeyHash(7, 5).of(words, 0, 5), first);
  assertNotEquals(new KeyHash(8, 5).of(words, 0, 5), first);
  for (let i = 0; i < 5; i++) {
    for (let bit = 0; bit < 32; bit++) {
      const other = words.slice();
      other[i] = (words[i] ?? 0) ^ 1 << bit;
      assertNotEquals(hash.of(other, 0, 5), first, `bit ${bit} of word ${i}`);
    }
  }
  assertNotEquals(hash.of(words.toReversed(), 0, 5), first);
  assertEquals(hash.of(Uint32Array.of(9, ...words), 1, 5), first);
});

Deno.test("KeyHash spreads what differs in the highest bits of its words, which a weaker hash would take for the same", () => {
  for (const seed of [0, 1, 2, 3]) {
    const hash = new KeyHash(seed, 9);
    const hashes = Array.from({ length: 512 }, (_, bits) => {
      return hash.of(Uint32Array.from({ length: 9 }, (_, i) => (bits >> i & 1) << 31), 0, 9) & 0xffff;
    });
    assert(new Set(hashes).size > 500, `${new Set(hashes).size} of 512`);
  }
});

Deno.test("mix() is unsigned and has no two values for one", () => {
  const mixed = Array.from({ length: 10_000 }, (_, i) => mix(i));
  assertEquals(new Set(mixed).size, 10_000);
  assert(mixed.every((value) => value >= 0 && value < 2 ** 32));
});

Deno.test("KeyHash has exact sums, where one more would be carried from the lower half to the upper one, too", () => {
  for (let seed = 0; seed < 8; seed++) {
    const hash = new KeyHash(seed, WORDS);
    const multipliers = multipliersOf(seed);
    /** A word that adds this much to the lower half of a sum; `undefined` if its multiplier is even. */
    const wordFor = (rest: number, multiplier = 0n) =>
      Array.from({ length: 0x1_0000 }, (_, word) => word).find((word) =>
        (BigInt(word) * multiplier & 0xffffn) === BigInt(rest)
      );
    for (const sum of [0, 2]) {
      const [first, second, third] = [
        wordFor(0xffff, multipliers[sum]),
        wordFor(0xfffe, multipliers[sum]),
        wordFor(1, multipliers[4 + sum]),
      ];
      for (const words of [[first], [second, third]]) {
        if (!words.every((word) => word !== undefined)) continue;
        assertEquals(hash.of(Uint32Array.from(words), 0, words.length), hashOf(seed, words), `${seed}: ${words}`);
      }
    }
  }
});
