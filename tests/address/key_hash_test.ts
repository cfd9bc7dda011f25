import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { KeyHash, mix } from "../../src/address/key_hash.ts";

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
