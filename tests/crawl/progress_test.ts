import { assertEquals } from "@std/assert";
import { PaceMeter } from "../../src/crawl/progress.ts";

Deno.test("PaceMeter is the number done in a second, over the last half a minute", () => {
  const pace = new PaceMeter(500);
  assertEquals(pace.perSecond(500), 0);
  for (let now = 500; now < 10_500; now += 100) pace.count(now);
  assertEquals(pace.perSecond(10_500), 10);
  for (let now = 10_500; now < 50_500; now += 500) pace.count(now);
  assertEquals(Math.round(pace.perSecond(50_499)), 2);
});

Deno.test("PaceMeter does not take the first few for a pace that lasts", () => {
  const pace = new PaceMeter(0);
  pace.count(1);
  pace.count(1);
  assertEquals(pace.perSecond(2), 2);
});

Deno.test("PaceMeter is 0 once nothing has been done for half a minute, however long that lasts", () => {
  const pace = new PaceMeter(0);
  pace.count(900);
  assertEquals(pace.perSecond(29_999) > 0, true);
  assertEquals([pace.perSecond(30_000), pace.perSecond(86_400_000)], [0, 0]);
  pace.count(86_400_000);
  assertEquals(pace.perSecond(86_400_000) > 0, true);
});

Deno.test("PaceMeter begins to measure with its start, or with the first of the last thirty seconds", () => {
  const pace = new PaceMeter(100_000);
  pace.count(105_000);
  assertEquals(pace.perSecond(105_500), 1 / 5.5);
  for (let i = 0; i < 4; i++) pace.count(120_000);
  assertEquals(pace.perSecond(125_000), 5 / 25);
  // The seconds up to the tenth are over.
  assertEquals(pace.perSecond(139_500), 4 / 29.5);
});
