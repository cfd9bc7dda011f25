import { assertEquals } from "@std/assert";
import { linearScale, logScale } from "../../bench/harness/scale.ts";

for (
  const [max, ticks] of [
    [151, [0, 50, 100, 150, 200]],
    [120, [0, 20, 40, 60, 80, 100, 120]],
    [6, [0, 1, 2, 3, 4, 5, 6]],
    [7, [0, 2, 4, 6, 8]],
    [25, [0, 5, 10, 15, 20, 25]],
    [5500, [0, 1000, 2000, 3000, 4000, 5000, 6000]],
  ] as const
) {
  Deno.test(`A linear axis up to ${max} has round ticks from 0`, () => {
    assertEquals(linearScale(max).ticks, [...ticks]);
  });
}

Deno.test("A linear axis places values in proportion", () => {
  const { place } = linearScale(151);
  assertEquals([0, 50, 150, 200].map(place), [0, 0.25, 0.75, 1]);
});

Deno.test("A logarithmic axis begins and ends at powers of its base", () => {
  assertEquals(logScale(10, 39, 3989).ticks, [10, 100, 1000, 10_000]);
  assertEquals(logScale(10, 10, 1000).ticks, [10, 100, 1000]);
  assertEquals(logScale(2, 16, 8192).ticks, Array.from({ length: 10 }, (_, i) => 16 * 2 ** i));
  assertEquals(logScale(10, 100, 100).ticks, [100, 1000]);
});

Deno.test("A logarithmic axis gives each power the same room", () => {
  const { place } = logScale(10, 10, 1000);
  assertEquals([10, 100, 1000].map((value) => Math.round(place(value) * 1000)), [0, 500, 1000]);
});
