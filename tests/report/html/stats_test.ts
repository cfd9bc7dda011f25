import { assertEquals } from "@std/assert";
import {
  counted,
  decades,
  formatCount,
  formatTenths,
  formatTime,
  hasPercentile,
  heightClasses,
  ticks,
  timeBins,
} from "../../../src/report/html/stats.ts";

Deno.test("decades() are those that hold all times, from a tenth of a millisecond up, and at least one", () => {
  assertEquals(decades([]), [0, 1]);
  assertEquals(decades([83.4]), [1, 2]);
  assertEquals(decades([9.9, 1000]), [0, 4]);
  assertEquals(decades([0, 0.05, 0.1]), [-1, 0]);
});

Deno.test("hasPercentile() asks for two values beyond it, except for the median and the extremes", () => {
  const cases: [count: number, percent: number, expected: boolean][] = [
    [1, 0, true],
    [1, 50, true],
    [1, 100, true],
    [19, 10, false],
    [20, 10, true],
    [19, 90, false],
    [20, 90, true],
    [198, 99, false],
    [200, 99, true],
  ];
  for (const [count, percent, expected] of cases) {
    assertEquals(hasPercentile(count, percent), expected, `${count} ${percent}`);
  }
});

Deno.test("timeBins() has ten bins a decade, and each time in one: from its lower edge to below its upper one", () => {
  const bins = timeBins([10, 12.4, 12.5, 99.9, 100], [1, 3]);
  assertEquals(bins.length, 20);
  assertEquals(bins.filter(({ count }) => count > 0), [
    { from: 10, to: 12.5, count: 2 },
    { from: 12.5, to: 16, count: 1 },
    { from: 80, to: 100, count: 1 },
    { from: 100, to: 125, count: 1 },
  ]);
  assertEquals(bins.at(-1), { from: 800, to: 1000, count: 0 });
  assertEquals(timeBins([], [-1, 1]).map(({ from }) => from), [
    ...[0.1, 0.125, 0.16, 0.2, 0.25, 0.315, 0.4, 0.5, 0.63, 0.8],
    ...[1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8],
  ]);
  assertEquals(timeBins([0], [-1, 0])[0], { from: 0.1, to: 0.125, count: 1 });
});

Deno.test("heightClasses() are distances from the median, with the stated bounds", () => {
  const at = (difference: number) => {
    const heights = [...new Array(20).fill(940_000), 940_000 + difference];
    return heightClasses(heights).findIndex(([, count]) => count === 1);
  };
  const bounds = [145, 144, 7, 6, 1, -1, -6, -7, -144, -145, -1008, -1009, -52_560, -52_561];
  assertEquals(bounds.map(at), [0, 1, 1, 2, 2, 4, 4, 5, 5, 6, 6, 7, 7, 8]);
  assertEquals(heightClasses([940_000])[3], ["at the median height", 1]);
  assertEquals(heightClasses([]).every(([, count]) => count === 0), true);
});

Deno.test("ticks() are a few round numbers up to the maximum", () => {
  assertEquals([0, 1, 3, 4, 5, 9, 10, 20, 25, 40, 100, 2134].map(ticks), [
    [],
    [1],
    [1, 2, 3],
    [1, 2, 3, 4],
    [2, 4],
    [2, 4, 6, 8],
    [5, 10],
    [5, 10, 15, 20],
    [10, 20],
    [10, 20, 30, 40],
    [50, 100],
    [500, 1000, 1500, 2000],
  ]);
});

Deno.test("Numbers are written in a readable form", () => {
  assertEquals([0, 999, 20_000].map(formatCount), ["0", "999", "20,000"]);
  assertEquals([0, 1, 20_000].map((count) => counted(count, "peer")), ["0 peers", "1 peer", "20,000 peers"]);
  assertEquals([1, 2].map((count) => counted(count, "address", "addresses")), ["1 address", "2 addresses"]);
  assertEquals([0.16, 1.25, 83.44, 99.44, 391.7, 999.4, 999.5, 1000, 9_999, 100_000, 1_234_000].map(formatTime), [
    "0.16 ms",
    "1.25 ms",
    "83.4 ms",
    "99.4 ms",
    "392 ms",
    "999 ms",
    "1 s",
    "1 s",
    "10 s",
    "100 s",
    "1234 s",
  ]);
  assertEquals([formatTime(null), formatTenths(null), formatTenths(47)], ["–", null, "47.0"]);
});
