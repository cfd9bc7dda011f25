import { assert, assertEquals } from "@std/assert";
import { Rate } from "../../src/crawl/rate.ts";

/** How many begin within `milliseconds` from `now` on if each does so as soon as it may, looking every `step` ms. */
function begun(rate: Rate, now: number, milliseconds: number, step = 1): number {
  let count = 0;
  for (const end = now + milliseconds; now < end; now += step) {
    for (; rate.timeLeft(now) === 0; rate.spend(now)) count++;
  }
  return count;
}

Deno.test("Rate lets as many begin in a second as it says, spread evenly from the first one on", () => {
  for (const perSecond of [1, 3, 400]) {
    const rate = new Rate(perSecond);
    assertEquals(begun(rate, 5000, 1000), perSecond);
    assertEquals(begun(rate, 6000, 10_000), perSecond * 10);
  }
  assertEquals(begun(new Rate(400), 0, 100), 40);
});

Deno.test("Rate says how long until the next may begin", () => {
  const rate = new Rate(4);
  assertEquals(rate.timeLeft(0), 0);
  rate.spend(0);
  assertEquals([rate.timeLeft(0), rate.timeLeft(100), rate.timeLeft(250), rate.timeLeft(9000)], [250, 150, 0, 0]);
});

Deno.test("Rate makes up for what a busy event loop has delayed, and for no more than that", () => {
  // One look in 20 ms.
  assertEquals(begun(new Rate(400), 0, 10_000, 20), 3993);
  const rate = new Rate(400);
  assertEquals(begun(rate, 0, 1000), 400);
  const afterAnHour = begun(rate, 3_600_000, 1000);
  assert(afterAnHour > 400 && afterAnHour <= 421, `${afterAnHour}`);
});

Deno.test("Rate counts a connection that begins unasked against those that follow", () => {
  const rate = new Rate(10);
  for (let i = 0; i < 3; i++) rate.spend(0);
  assertEquals(rate.timeLeft(0), 300);
});

Deno.test("Rate without a limit holds nothing up", () => {
  const rate = new Rate(0);
  for (let i = 0; i < 1000; i++) rate.spend(0);
  assertEquals(rate.timeLeft(0), 0);
});

Deno.test("Rate lets what comes late begin up to 50 ms early", () => {
  const rate = new Rate(8);
  rate.spend(0);
  rate.spend(10_000);
  assertEquals(rate.timeLeft(10_000), 75);
});
