import { assertEquals, assertThrows } from "@std/assert";
import { median, quantile, rounds, spread } from "../../bench/harness/statistics.ts";

Deno.test("The median is the middle value, or the mean of the middle two, in any order", () => {
  assertEquals(median([10, 9, 100]), 10);
  assertEquals(median([4, 1, 3, 2]), 2.5);
  assertEquals(median([7]), 7);
});

Deno.test("A quantile lies between its neighbours in proportion", () => {
  const values = Array.from({ length: 11 }, (_, i) => 100 - i * 10);
  assertEquals([0, 0.25, 0.9, 1].map((share) => quantile(values, share)), [0, 25, 90, 100]);
});

Deno.test("No values have no quantile", () => {
  assertThrows(() => quantile([], 0.5), RangeError, "got none");
});

Deno.test("A spread is median, least and greatest, and leaves the values as they were", () => {
  const values = [3, 20, 1];
  assertEquals([spread(values), values], [{ median: 3, min: 1, max: 20 }, [3, 20, 1]]);
});

Deno.test("Rounds are measured one after the other", async () => {
  const log: string[] = [];
  const measure = (name: string) => Promise.resolve().then(() => log.push(name));
  const results = await rounds(2, async () => [await measure("a"), await measure("b")]);
  assertEquals([log.join(""), results], ["abab", [[1, 2], [3, 4]]]);
});
