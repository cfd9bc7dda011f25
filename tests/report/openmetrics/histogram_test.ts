import { assertEquals } from "@std/assert";
import { Histogram } from "../../../src/report/openmetrics/histogram.ts";

function samplesOf(...milliseconds: readonly number[]): ReturnType<Histogram["samples"]> {
  const histogram = new Histogram();
  for (const time of milliseconds) histogram.observe(time);
  return histogram.samples({ network: "ipv4" });
}

Deno.test("A histogram counts a time in its bucket and in all above, the bound included", () => {
  const counts = new Map(samplesOf(10, 10.1, 1000, 120_000, 120_001).map(({ labels: { le }, value }) => [le, value]));
  assertEquals(["0.01", "0.025", "0.5", "1.0", "60.0", "120.0", "+Inf"].map((le) => counts.get(le)), [
    1,
    2,
    2,
    3,
    3,
    4,
    5,
  ]);
});

Deno.test("A histogram has its bounds as labels, and what is above them all", () => {
  assertEquals(samplesOf(10, 9.9, 600_000).slice(0, -2).map(({ labels: { le }, value }) => `${le} ${value}`), [
    "0.01 2",
    "0.025 2",
    "0.05 2",
    "0.1 2",
    "0.25 2",
    "0.5 2",
    "1.0 2",
    "2.5 2",
    "5.0 2",
    "10.0 2",
    "30.0 2",
    "60.0 2",
    "120.0 2",
    "+Inf 3",
  ]);
});

Deno.test("A histogram has its count, and its sum in seconds", () => {
  assertEquals(samplesOf(100, 250.5).slice(-2), [
    { labels: { network: "ipv4" }, value: 2, suffix: "_count" },
    { labels: { network: "ipv4" }, value: 0.3505, suffix: "_sum" },
  ]);
});
