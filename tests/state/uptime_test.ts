import { assertAlmostEquals, assertEquals } from "@std/assert";
import { isGood, type Standing, updateUptime, type Uptime } from "../../src/state/uptime.ts";

const HOUR = 3600;

function after(...tries: readonly (readonly [success: boolean, age: number | null])[]): Uptime {
  return tries.reduce<Uptime | null>((before, [success, age]) => updateUptime(before, success, age), null) ??
    updateUptime(null, false, null);
}

const STANDING: Standing = { hasDefaultPort: true, version: 70016, services: 1n, tries: 100, successes: 100 };

Deno.test("updateUptime() begins as if the peer had been tried 1,000 s before", () => {
  const { "2h": short, "30d": long } = after([true, null]);
  assertAlmostEquals(short.uptime, 1 - Math.exp(-1000 / 7200), 1e-12);
  assertAlmostEquals(long.uptime, 1 - Math.exp(-1000 / 2_592_000), 1e-12);
  assertEquals([short.tries, after([false, null])["2h"].uptime], [1, 0]);
});

Deno.test("updateUptime() lets a window's length pass to a factor of 1/e", () => {
  const windows = [["2h", 7200], ["8h", 28_800], ["1d", 86_400], ["7d", 604_800], ["30d", 2_592_000]] as const;
  for (const [name, seconds] of windows) {
    const { [name]: { uptime, tries } } = after([true, null], [false, seconds]);
    assertAlmostEquals(uptime, (1 - Math.exp(-1000 / seconds)) / Math.E, 1e-12);
    assertAlmostEquals(tries, 1 + 1 / Math.E, 1e-12);
  }
});

Deno.test("A peer that was always there comes close to 1 in the short windows first", () => {
  const uptime = after([true, null], ...Array.from({ length: 24 }, () => [true, HOUR] as const));
  const values = Object.values(uptime).map(({ uptime }) => uptime);
  assertEquals(values, values.toSorted((a, b) => b - a));
  assertAlmostEquals(values[0] ?? 0, 1, 0.001);
});

Deno.test("A peer that is always there becomes good with a crawl every six hours, and never with one a day", () => {
  const goodAfter = (hours: number, days: number) =>
    isGood(
      after([true, null], ...Array.from({ length: days * 24 / hours }, () => [true, hours * HOUR] as const)),
      STANDING,
    );
  assertEquals([goodAfter(6, 5), goodAfter(6, 6), goodAfter(24, 365)], [false, true, false]);
});

Deno.test("isGood() wants the default port, NETWORK, a version of 70001, and one window above its limit", () => {
  const good = after([true, null], ...Array.from({ length: 24 }, () => [true, HOUR] as const));
  const bad = after([true, null], ...Array.from({ length: 24 }, () => [false, HOUR] as const));
  assertEquals([isGood(good, STANDING), isGood(bad, STANDING)], [true, false]);
  for (const fault of [{ hasDefaultPort: false }, { version: 70_000 }, { services: 8n }]) {
    assertEquals(isGood(good, { ...STANDING, ...fault }), false);
  }
  for (const version of [70_001, null]) assertEquals(isGood(good, { ...STANDING, version }), true);
});

Deno.test("isGood() has the limits of bitcoin-seeder for each window", () => {
  const limits = [["2h", 0.85, 2], ["8h", 0.7, 4], ["1d", 0.55, 8], ["7d", 0.45, 16], ["30d", 0.35, 32]] as const;
  for (const [name, uptime, tries] of limits) {
    const verdict = (uptime: number, tries: number) =>
      isGood({ ...after([false, null]), [name]: { uptime, tries } }, STANDING);
    const [moreUptime, moreTries] = [uptime + 1e-9, tries + 1e-9];
    assertEquals([verdict(uptime, moreTries), verdict(moreUptime, tries), verdict(moreUptime, moreTries)], [
      false,
      false,
      true,
    ]);
  }
});

Deno.test("isGood() believes a peer after up to three tries of which half succeeded", () => {
  const few = after([true, null]);
  const verdict = (tries: number, successes: number) => isGood(few, { ...STANDING, tries, successes });
  assertEquals([verdict(1, 1), verdict(2, 1), verdict(3, 1), verdict(3, 2), verdict(4, 4)], [
    true,
    true,
    false,
    true,
    false,
  ]);
});
