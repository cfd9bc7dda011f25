import { assert, assertEquals } from "@std/assert";
import { Pace } from "../../src/scan/pace.ts";
import { Random } from "../support/random.ts";

const TIMEOUT = 10_000;

/** A run: the number of items, how many at once, and how long each takes. */
interface Run {
  readonly items: number;
  readonly limit: number;
  readonly duration: (i: number) => number;
}

/** What the pace of a run says at some times, and what is true there. */
function observed({ items, limit, duration }: Run, times: readonly number[]) {
  const pace = new Pace(limit, TIMEOUT);
  const inFlight: { started: ReturnType<Pace["start"]>; end: number }[] = [];
  const said: { now: number; said: number; estimated: boolean }[] = [];
  let next = 0;
  let now = 0;
  while (next < items || inFlight.length > 0) {
    for (; inFlight.length < limit && next < items; next++) {
      inFlight.push({ started: pace.start(now), end: now + duration(next) });
    }
    inFlight.sort((a, b) => b.end - a.end);
    const first = inFlight.pop();
    if (first === undefined) break;
    for (const time of times.filter((time) => now <= time && time < first.end)) {
      const { milliseconds, estimated } = pace.timeLeft(time, items - next);
      said.push({ now: time, said: milliseconds, estimated });
    }
    now = first.end;
    pace.end(now, first.started);
  }
  assertEquals(pace.timeLeft(now, 0), { milliseconds: 0, estimated: false });
  return said.map((one) => ({ ...one, true: now - one.now }));
}

Deno.test("Pace knows to the millisecond how long items take that all need their full time", () => {
  const run = { items: 1000, limit: 100, duration: () => TIMEOUT };
  for (const one of observed(run, [0, 100, 10_100, 15_000, 55_000, 95_000])) {
    assertEquals([one.said, one.estimated], [one.true, false]);
  }
});

Deno.test("Pace has nothing to go by at first, and says how long it can take", () => {
  assertEquals(observed({ items: 1000, limit: 100, duration: () => 1000 }, [500]), [
    { now: 500, said: 99_500, estimated: false, true: 9500 },
  ]);
});

Deno.test("Pace estimates from the items that are done", () => {
  for (const one of observed({ items: 1000, limit: 100, duration: () => 1000 }, [1050, 5050, 8050])) {
    assert(one.estimated && one.said >= one.true && one.said <= one.true + 100, JSON.stringify(one));
  }
});

for (const share of [0.05, 0.5]) {
  Deno.test(`Pace is at most a third off when ${share * 100} in 100 items need their full time`, () => {
    const random = new Random(7);
    const fraction = () => random.uint32() / 2 ** 32;
    const duration = () => fraction() < share ? TIMEOUT : 50 + fraction() * 300;
    const run = { items: 20_000, limit: 512, duration };
    for (const one of observed(run, [1000, 2000, 5000, 9000, 15_000, 20_000, 25_000, 50_000, 100_000, 150_000])) {
      assert(one.said > one.true * 0.67 && one.said < one.true * 1.33, JSON.stringify(one));
    }
  });
}

Deno.test("Pace gives those in flight their full time when nothing waits and few are done", () => {
  const run = { items: 40, limit: 512, duration: (i: number) => i < 30 ? 10 * i : TIMEOUT };
  for (const one of observed(run, [0, 5, 105, 299, 5000])) assertEquals([one.said, one.estimated], [one.true, false]);
});

Deno.test("Pace takes the last ones for as long as the longest, until they are longer", () => {
  const pace = new Pace(1, TIMEOUT);
  pace.end(300, pace.start(0));
  pace.start(300);
  assertEquals(pace.timeLeft(400, 0), { milliseconds: 200, estimated: true });
  assertEquals(pace.timeLeft(600, 0), { milliseconds: 9700, estimated: false });
  assertEquals(pace.timeLeft(20_000, 0), { milliseconds: 0, estimated: false });
});

Deno.test("Pace counts no item for longer than it may take", () => {
  const pace = new Pace(1, TIMEOUT);
  pace.end(50_000, pace.start(0));
  assertEquals(pace.timeLeft(50_000, 3).milliseconds, 30_000);
});

Deno.test("Pace estimates what waits from the mean, in which those in flight for over three times that count in full", () => {
  const cases = [
    [2, [500], 6000],
    [2, [500, 3000], 6000],
    [2, [500, 3001], 26_250],
    [4, [500], 12_500],
  ] as const;
  for (const [limit, ages, expected] of cases) {
    const pace = new Pace(limit, TIMEOUT);
    for (const item of [pace.start(0), pace.start(0)]) pace.end(1000, item);
    const now = 20_000;
    for (const age of ages) pace.start(now - age);
    assertEquals(pace.timeLeft(now, 10), { milliseconds: expected, estimated: true }, `${limit} ${ages}`);
  }
});

Deno.test("Pace takes no time for items that took none, and parts of a millisecond for what they are", () => {
  const fast = new Pace(1, TIMEOUT);
  fast.end(0, fast.start(0));
  assertEquals(fast.timeLeft(0, 3), { milliseconds: 0, estimated: true });
  const pace = new Pace(1, TIMEOUT);
  pace.end(1000, pace.start(0));
  pace.start(1000);
  assertEquals(pace.timeLeft(1999.75, 0), { milliseconds: 0.25, estimated: true });
});

Deno.test("Pace gives the last ones their full time while too few are done to tell", () => {
  const pace = new Pace(3, TIMEOUT);
  pace.end(1000, pace.start(0));
  pace.start(1000);
  assertEquals(pace.timeLeft(1500, 0), { milliseconds: 9500, estimated: false });
});
