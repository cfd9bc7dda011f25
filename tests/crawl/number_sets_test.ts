import { assertEquals, assertThrows } from "@std/assert";
import { NumberSets } from "../../src/crawl/number_sets.ts";

/** Adds numbers to the set at `index`; returns those that were not there. */
function add(sets: NumberSets, index: number, numbers: readonly number[], end: number): number[] {
  sets.open(index, end);
  const added = numbers.filter((number) => sets.add(number));
  sets.close(end);
  return added;
}

Deno.test("NumberSets has each number of each set once, whether there are few or many", () => {
  const sets = new NumberSets();
  const [few, many] = [sets.create(), sets.create()];
  const all = Array.from({ length: 1000 }, (_, i) => i);
  assertEquals(add(sets, few, [5, 999, 5], 1000), [5, 999]);
  assertEquals(add(sets, many, all, 1000), all);
  assertEquals(add(sets, few, [5, 6, 999], 1000), [6]);
  assertEquals(add(sets, many, all, 1000), []);
  // More numbers have come, so that a set has to grow.
  assertEquals(add(sets, many, [999, 40_000, 1000], 50_000), [40_000, 1000]);
  assertEquals(add(sets, many, [40_000, 40_001], 50_000), [40_001]);
  assertEquals(add(sets, few, [40_000, 6], 50_000), [40_000]);
});

Deno.test("NumberSets forgets what is removed, from a set that is open too", () => {
  const sets = new NumberSets();
  const [few, many] = [sets.create(), sets.create()];
  const some = Array.from({ length: 100 }, (_, i) => 2 * i);
  add(sets, few, [1, 2, 3], 1000);
  add(sets, many, some, 1000);
  sets.remove(few, 1);
  sets.remove(many, 8);
  assertEquals(add(sets, few, [1, 2, 3], 1000), [1]);
  assertEquals(add(sets, many, some, 1000), [8]);
  for (const index of [few, many]) {
    sets.open(index, 1000);
    assertEquals([sets.add(500), sets.add(2)], [true, false]);
    sets.remove(index, 500);
    sets.remove(index, 2);
    assertEquals([sets.add(500), sets.add(2)], [true, true]);
    sets.close(1000);
  }
  assertEquals(add(sets, few, [500, 1, 2, 3, 4], 1000), [4]);
});

Deno.test("NumberSets.open() refuses a set that there is not", () => {
  assertThrows(() => new NumberSets().open(0, 1), RangeError, "Cannot open the set 0: there are 0");
});
