import { assertEquals } from "@std/assert";
import { Crawl } from "../../src/crawl/crawl.ts";
import type { Clock } from "../../src/net/io.ts";
import { parseTarget, type Target } from "../../src/scan/target.ts";
import { addressOf, crawled, gossip, NOW, settingsOf, sorted, start } from "../support/crawls.ts";
import { versionMessage } from "../support/messages.ts";
import { turns, until } from "../support/scripted_io.ts";
import { stream } from "../support/stream.ts";

const A = "192.0.2.1:8333";
const B = "192.0.2.2:8333";
const C = "192.0.2.3:8333";

/** A target, and then none for ever. */
async function* endless(): AsyncGenerator<Target> {
  yield parseTarget(A);
  await new Promise(() => {});
}

Deno.test("Crawl that waits for its rate ends when its time is over", async () => {
  const { io, clock } = await gossip({ [A]: [B, C] });
  const crawl = start([A], io, { rate: 1, maxTime: 500 });
  const results = Array.fromAsync(crawl);
  await until(() => crawl.progress.waiting.ipv4 === 2 && crawl.progress.inFlight === 0);
  clock.advance(500);
  const { summary, crawl: totals } = sorted(await results);
  assertEquals([summary.elapsed, totals.waiting, totals.stoppedBy, clock.timers], [500, 2, "max_time", 0]);
});

Deno.test("Crawl that waits for its rate ends when its signal aborts", async () => {
  const { io, clock } = await gossip({ [A]: [B, C] });
  const controller = new AbortController();
  const crawl = start([A], io, { rate: 1 }, controller.signal);
  const results = Array.fromAsync(crawl);
  await until(() => crawl.progress.waiting.ipv4 === 2 && crawl.progress.inFlight === 0);
  controller.abort();
  const { crawl: totals } = sorted(await results);
  assertEquals([totals.waiting, totals.stoppedBy, clock.timers], [2, "signal", 0]);
});

/** A clock with timers of 500 ms that fire at another time. */
const off = (clock: Clock, due: number): Clock => ({
  now: () => clock.now(),
  unixTime: () => clock.unixTime(),
  schedule: (callback, milliseconds) => clock.schedule(callback, milliseconds === 500 ? due : milliseconds),
});

Deno.test("Crawl is over when its timer says so, though by the clock some time is left", async () => {
  const { io, clock } = await gossip({ [A]: [B, C] });
  const crawl = start([A], { ...io, clock: off(clock, 499) }, { rate: 1, maxTime: 500 });
  const results = Array.fromAsync(crawl);
  await until(() => crawl.progress.waiting.ipv4 === 2 && crawl.progress.inFlight === 0);
  clock.advance(499);
  assertEquals(sorted(await results).crawl.stoppedBy, "max_time");
});

Deno.test("Crawl is over when the clock says so, though its timer does not", async () => {
  const { io, clock, dialled } = await gossip({ [A]: [B, C] });
  const crawl = start([A], { ...io, clock: off(clock, 60_000) }, { rate: 4, maxTime: 500 });
  const results = Array.fromAsync(crawl);
  await until(() => crawl.progress.waiting.ipv4 === 2 && crawl.progress.inFlight === 0);
  clock.advance(250);
  await until(() => crawl.progress.failure === 1);
  clock.advance(250);
  assertEquals([sorted(await results).crawl.stoppedBy, dialled.length], ["max_time", 2]);
});

Deno.test("Crawl whose time is over does not wait for more targets, and is not complete without them", async () => {
  const { io, clock } = await gossip({});
  const crawl = new Crawl(endless(), settingsOf({ maxTime: 500 }), io);
  const results = Array.fromAsync(crawl);
  await until(() => crawl.progress.failure === 1);
  clock.advance(500);
  const { crawl: { waiting, complete, stoppedBy } } = sorted(await results);
  assertEquals([waiting, complete, stoppedBy], [0, false, "max_time"]);
});

Deno.test("Crawl whose time is over takes no more targets, and stays as it was", async () => {
  const { io, clock, dialled } = await gossip({});
  const more = Promise.withResolvers<void>();
  let [isLeft, isAskedForMore] = [false, false];
  async function* targets(): AsyncGenerator<Target> {
    try {
      yield parseTarget(A);
      await more.promise;
      yield parseTarget(B);
      isAskedForMore = true;
      yield parseTarget(C);
    } finally {
      isLeft = true;
    }
  }
  const crawl = new Crawl(targets(), settingsOf({ maxTime: 500 }), io);
  await until(() => crawl.progress.failure === 1);
  clock.advance(500);
  clock.advance(1000);
  more.resolve();
  await until(() => isLeft);
  const { summary, crawl: { known } } = sorted(await Array.fromAsync(crawl));
  assertEquals([isAskedForMore, dialled, summary.targets, known, summary.elapsed], [false, [A], 1, 1, 500]);
});

Deno.test("Crawl is not complete without a single name that was not even asked for in time", async () => {
  const { io, clock } = await gossip({});
  const results = Array.fromAsync(start(["a.example", "b.example"], io, { maxTime: 500, concurrency: 1 }));
  clock.advance(10_000);
  const all = await results;
  assertEquals(all.map(({ type }) => type), ["seed", "summary"]);
  assertEquals(sorted(all).crawl.stoppedBy, "max_time");
});

Deno.test("Crawl that has dropped addresses says so", async () => {
  const { io } = await gossip({ [A]: [B, C] });
  const { crawl } = await crawled([A], io, { maxAddresses: 2 });
  assertEquals([crawl.known, crawl.complete, crawl.stoppedBy], [2, false, "max_addresses"]);
});

/** A clock that notes for how long timers are set. */
function noting(clock: Clock): { readonly noted: number[]; readonly clock: Clock } {
  const noted: number[] = [];
  const schedule = (callback: () => void, milliseconds: number) => {
    noted.push(milliseconds);
    return clock.schedule(callback, milliseconds);
  };
  return { noted, clock: { now: () => clock.now(), unixTime: () => clock.unixTime(), schedule } };
}

Deno.test("Crawl waits for its rate with one timer, for ten milliseconds at least, and for nothing without a rate", async () => {
  const others = Array.from({ length: 40 }, (_, i) => `20.${i}.0.1:8333`);
  for (const [rate, timers] of [[1000, [10, 10, 10, 10]], [0, []]] as const) {
    const { io, clock, dialled } = await gossip({ [A]: others });
    const { noted, clock: noticed } = noting(clock);
    const crawl = start([A], { ...io, clock: noticed }, { rate });
    const results = Array.fromAsync(crawl);
    await until(() => crawl.progress.known === 41 && crawl.progress.inFlight === 0);
    for (const due of rate === 0 ? [] : [11, 21, 31, 41]) {
      const before = dialled.length;
      clock.advance(9);
      assertEquals(dialled.length, before);
      clock.advance(1);
      await until(() => dialled.length === due && crawl.progress.inFlight === 0);
    }
    assertEquals(sorted(await results).summary.peers, 41);
    assertEquals(noted.filter((milliseconds) => milliseconds < 1000), [...timers]);
  }
});

Deno.test("Crawl shows how far it is", async () => {
  const { io, clock } = await gossip({ [A]: [B, C, "20.0.0.1:8333"], [C]: "is silent" });
  const crawl = start([A, "seed.example"], io, { rate: 1, maxTime: 60_000 });
  await until(() => crawl.progress.known === 4 && crawl.progress.inFlight === 1);
  const none = { ipv6: 0, onion: 0, i2p: 0, cjdns: 0 };
  const now = {
    peers: 4,
    known: 4,
    waiting: { ...none, ipv4: 3 },
    success: 1,
    failure: 0,
    unresolved: 1,
    inFlight: 1,
    held: 0,
    reading: false,
    preparing: false,
    pace: 1,
    timeLeft: 60_000,
    estimated: true,
  };
  assertEquals(crawl.progress, now);
  clock.advance(1000);
  assertEquals(crawl.progress, { ...now, ...crawl.progress, peers: 4, known: 4, timeLeft: 59_000 });
  const { waiting, success, failure, inFlight } = crawl.progress;
  assertEquals([waiting.ipv4, success, failure + inFlight], [2, 1, 2]);
  clock.advance(10_000);
  await until(() => crawl.progress.failure === 2 && crawl.progress.unresolved === 0);
  // The name has had its time, and three handshakes were done in eleven seconds.
  const { unresolved, timeLeft, pace } = crawl.progress;
  assertEquals([unresolved, pace, Math.round(timeLeft)], [0, 3 / 11, 3667]);
});

Deno.test("Crawl whose loop is left drops what is in flight, and begins nothing more", async () => {
  const others = Array.from({ length: 20 }, (_, i) => `20.${i}.0.1:8333`);
  const silent = Object.fromEntries(others.map((other) => [other, "is silent" as const]));
  const { io, clock, dialled } = await gossip({ ...silent, [A]: others });
  const crawl = start([A], io, { concurrency: 5, maxTime: 60_000 });
  await until(() => crawl.progress.inFlight === 5 && crawl.progress.success === 1);
  for await (const _ of crawl) break;
  await turns(10);
  assertEquals([dialled.length, crawl.progress.inFlight, clock.timers], [6, 0, 0]);
});

Deno.test("Crawl is over when the last peer has had time to see our last message", async () => {
  const { io, clock, connections } = await gossip({ [A]: [await stream([versionMessage(), { type: "verack" }])] });
  const one = { address: addressOf(A), services: 9n, time: NOW, groups: 1, turn: "usual", asks: false } as const;
  const crawl = start([], io, { memory: { addresses: [one], firstPart: null } });
  let isOver = false;
  const results = Array.fromAsync(crawl).finally(() => isOver = true);
  await until(() => crawl.progress.success === 1 && crawl.progress.inFlight === 0);
  clock.advance(199);
  await turns(10);
  assertEquals([isOver, connections[0]?.closed], [false, 0]);
  clock.advance(1);
  await results;
  assertEquals([connections[0]?.closed, clock.timers], [1, 0]);
});
