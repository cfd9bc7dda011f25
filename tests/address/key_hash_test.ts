import { assertEquals, assertNotEquals } from "@std/assert";
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
  return mix(Number(upper | lower));
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

Deno.test("KeyHash depends on its seed and on every bit of a key", () => {
  const words = Uint32Array.from({ length: WORDS }, (_, i) => i);
  const hash = new KeyHash(7, WORDS);
  const before = hash.of(words, 0, WORDS);
  assertNotEquals(new KeyHash(8, WORDS).of(words, 0, WORDS), before);
  for (let bit = 0; bit < 32 * WORDS; bit++) {
    const flipped = words.slice();
    flipped[bit >> 5] = (flipped[bit >> 5] ?? 0) ^ 1 << (bit & 31);
    assertNotEquals(hash.of(flipped, 0, WORDS), before, `bit ${bit}`);
  }
});
