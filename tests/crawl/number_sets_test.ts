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

Deno.test("NumberSets refuses a set that there is not", () => {
  const sets = new NumberSets();
  assertThrows(() => sets.open(0, 1), RangeError, "Cannot find the set 0: there are 0");
  sets.create();
  assertThrows(() => sets.remove(1, 0), RangeError, "Cannot find the set 1: there are 1");
});

Deno.test("NumberSets has room for the last number that is allowed when a set is opened", () => {
  for (const end of [1025, 1056, 1057]) {
    const sets = new NumberSets();
    sets.open(sets.create(), end);
    assertEquals([sets.add(end - 1), sets.add(end - 1)], [true, false]);
  }
});

Deno.test("NumberSets has no number in one set because it was in another", () => {
  const sets = new NumberSets();
  const [first, second] = [sets.create(), sets.create()];
  sets.close(100);
  assertEquals(add(sets, first, [0, 1, 2, 3], 100), [0, 1, 2, 3]);
  sets.remove(first, 1);
  sets.close(100);
  assertEquals(add(sets, second, [0, 1, 2, 3], 100), [0, 1, 2, 3]);
  assertEquals(add(sets, first, [0, 1, 2, 3], 100), [1]);
});

Deno.test("NumberSets has no number in place of one that was removed", () => {
  const sets = new NumberSets();
  const set = sets.create();
  add(sets, set, [4, 5, 6], 1000);
  sets.remove(set, 4);
  assertEquals(add(sets, set, [0, 4, 5, 6], 1000), [0, 4]);
  for (const number of [0, 4, 5, 6]) sets.remove(set, number);
  assertEquals(add(sets, set, [0, 4, 5, 6], 1000), [0, 4, 5, 6]);
});
