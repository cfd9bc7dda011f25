import { assertEquals } from "@std/assert";
import { formatPercent, median, percentile, tally } from "../../src/audit/statistics.ts";

Deno.test("percentile() is the nearest rank, whatever the order", () => {
  const ten = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
  const cases = [[1, 1], [10, 1], [11, 2], [50, 5], [51, 6], [90, 9], [91, 10], [100, 10]] as const;
  for (const [percent, value] of cases) assertEquals(percentile(ten, percent), value, `${percent}`);
  assertEquals([0, 50, 100].map((percent) => percentile([7], percent)), [7, 7, 7]);
  assertEquals(percentile([100, 20, 3], 90), 100);
  const thousand = Array.from({ length: 1000 }, (_, index) => index + 1);
  assertEquals([0, 0.1, 50, 99.9, 100].map((percent) => percentile(thousand, percent)), [1, 1, 500, 999, 1000]);
  assertEquals(percentile([], 50), null);
  assertEquals(ten, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
});

Deno.test("median() is the middle value, of two the lesser", () => {
  assertEquals([median([3, 1, 2]), median([4, 1, 3, 2]), median([-5]), median([])], [2, 2, -5, null]);
  assertEquals(median(Array.from({ length: 100 }, (_, index) => index)), 49);
});

Deno.test("tally() counts each value, the most frequent first, then the first to come", () => {
  assertEquals(tally(["b", "a", "c", "a", "b", "a"]), [["a", 3], ["b", 2], ["c", 1]]);
  assertEquals(tally(["b", "a"]), [["b", 1], ["a", 1]]);
  assertEquals(tally([]), []);
});

Deno.test("formatPercent() rounds down, and only nothing is 0% and only the whole is 100%", () => {
  const cases = [[2, 3, "66%"], [799, 1000, "79%"], [800, 1000, "80%"], [29, 100, "29%"], [1999, 2000, "99%"]] as const;
  for (const [part, whole, shown] of cases) assertEquals(formatPercent(part, whole), shown);
  const ends = [[0, 7], [1, 100], [1, 101], [7, 7], [0, 0]] as const;
  assertEquals(ends.map(([part, whole]) => formatPercent(part, whole)), ["0%", "1%", "<1%", "100%", "–"]);
});
