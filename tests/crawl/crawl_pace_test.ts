import { assert, assertEquals } from "@std/assert";
import type { CrawlSettings } from "../../src/crawl/settings.ts";
import type { Clock } from "../../src/net/io.ts";
import { formatAddress } from "../../src/address/address.ts";
import { crawled, gossip, type Nodes, sorted, start } from "../support/crawls.ts";
import { turns, until } from "../support/scripted_io.ts";

/** Addresses far apart, so that none waits for its neighbours. */
const many = (count: number): string[] => Array.from({ length: count }, (_, i) => `20.${i >> 8}.${i & 255}.1:8333`);

const A = "192.0.2.1:8333";

/** A node that names others. */
const naming = (others: readonly string[]): Nodes => ({ [A]: others });

/** Runs turns of the event loop until nothing more happens without the clock. */
const settle = () => turns(100);

/** A clock whose timer for 5 seconds is late. */
function late(clock: Clock): Clock {
  return {
    now: () => clock.now(),
    unixTime: () => clock.unixTime(),
    schedule: (callback, milliseconds) => clock.schedule(callback, milliseconds === 5000 ? 60_000 : milliseconds),
  };
}

Deno.test("Crawl begins no more connections in a second than its rate", async () => {
  const { io, clock, dialledAt } = await gossip(naming(many(100)));
  const crawl = start([A], io, { rate: 20 });
  const results = Array.fromAsync(crawl);
  await until(() => crawl.progress.known === 101);
  while (crawl.progress.peers > crawl.progress.success + crawl.progress.failure) {
    clock.advance(10);
    await turns();
  }
  const { summary, crawl: { bound } } = sorted(await results);
  assertEquals([summary.peers, dialledAt.length], [101, 101]);
  for (let second = 0; second < 5; second++) {
    const begun = dialledAt.filter((at) => at >= second * 1000 && at < (second + 1) * 1000).length;
    assert(begun >= 19 && begun <= 21, `${begun} in second ${second}`);
  }
  const share = bound.get("rate") ?? 0;
  assert(share > 0.95 && share <= 1, `${share}`);
});

Deno.test("Crawl has 1,024 peers in flight over IP unless told otherwise, and says that this held it up", async () => {
  const others = many(1500);
  const nodes: Nodes = { [A]: others.slice(0, 1000), [others[0] ?? ""]: others.slice(1000) };
  const silent: Nodes = Object.fromEntries(others.slice(1).map((other) => [other, "is silent"]));
  const { io, clock } = await gossip({ ...silent, ...nodes });
  const crawl = start([A], io);
  const results = Array.fromAsync(crawl);
  await until(() => crawl.progress.inFlight === 1024);
  await settle();
  const { inFlight, waiting, known, peers } = crawl.progress;
  assertEquals([inFlight, waiting.ipv4, known, peers], [1024, 1501 - 2 - 1024, 1501, 1501]);
  clock.advance(10_000);
  await until(() => crawl.progress.failure === 1024);
  await settle();
  assertEquals([crawl.progress.inFlight, crawl.progress.waiting.ipv4], [475, 0]);
  clock.advance(10_000);
  const { summary, crawl: { bound } } = sorted(await results);
  assertEquals([summary.success, summary.failure], [2, 1499]);
  assertEquals(bound, new Map([["ipv4", 0.5]] as const));
});

Deno.test("Crawl bounds all networks together with the concurrency that it is given", async () => {
  const others = many(30);
  const { io, clock } = await gossip({
    [A]: others,
    ...Object.fromEntries(others.map((other) => [other, "is silent"])),
  });
  const crawl = start([A], io, { concurrency: 7 });
  const results = Array.fromAsync(crawl);
  for (let done = 0; done < 28; done += 7) {
    await until(() => crawl.progress.inFlight === 7 && crawl.progress.failure === done);
    clock.advance(10_000);
  }
  await until(() => crawl.progress.inFlight === 2);
  clock.advance(10_000);
  assertEquals(sorted(await results).summary.peers, 31);
});

Deno.test("Crawl finishes what is in flight when its time is over, and dials nothing more", async () => {
  const others = many(30);
  const { io, clock, dialled } = await gossip({
    [A]: others,
    ...Object.fromEntries(others.map((other) => [other, "is silent"])),
  });
  const crawl = start([A], io, { concurrency: 10, maxTime: 5000 });
  const results = Array.fromAsync(crawl);
  await until(() => crawl.progress.inFlight === 10);
  clock.advance(2000);
  assertEquals(crawl.progress.timeLeft, 3000);
  clock.advance(3000);
  assertEquals([crawl.progress.inFlight, crawl.progress.timeLeft], [10, 0]);
  clock.advance(5000);
  const { summary, crawl: totals } = sorted(await results);
  assertEquals([dialled.length, summary.peers, summary.interrupted], [11, 11, false]);
  assertEquals([totals.known, totals.waiting, totals.complete, totals.stoppedBy], [31, 20, false, "max_time"]);
  // What was in flight after the time was over held nothing up.
  assertEquals(totals.bound, new Map([["ipv4", 0.5]] as const));
  assertEquals(clock.timers, 0);
});

Deno.test("Crawl is complete if nothing waited when its time was over", async () => {
  const { io, clock } = await gossip({ [A]: [`20.0.0.1:8333`, `20.0.0.1:8333`], "20.0.0.1:8333": "is silent" });
  const crawl = start([A], io, { maxTime: 5000 });
  const results = Array.fromAsync(crawl);
  await until(() => crawl.progress.success === 1 && crawl.progress.inFlight === 1);
  clock.advance(10_000);
  const { crawl: { complete, stoppedBy, waiting } } = sorted(await results);
  assertEquals([complete, stoppedBy, waiting], [true, null, 0]);
});

Deno.test("Crawl dials nothing more once its time is over, even if its timer is late", async () => {
  const others = many(30);
  const { io, clock, dialled } = await gossip({
    [A]: others,
    ...Object.fromEntries(others.map((other) => [other, "is silent"])),
  });
  const crawl = start([A], { ...io, clock: late(clock) }, { concurrency: 10, maxTime: 5000 });
  const results = Array.fromAsync(crawl);
  await until(() => crawl.progress.inFlight === 10);
  clock.advance(10_000);
  const { summary, crawl: { stoppedBy } } = sorted(await results);
  assertEquals([dialled.length, summary.peers, stoppedBy], [11, 11, "max_time"]);
});

Deno.test("Crawl has no estimate of the time left as long as names resolve", async () => {
  const { io, clock } = await gossip({});
  const crawl = start(["seed.example"], io);
  const results = Array.fromAsync(crawl);
  assertEquals([crawl.progress.known, crawl.progress.timeLeft], [0, Infinity]);
  clock.advance(10_000);
  await results;
});

Deno.test("Crawl does not wait for a name server, or for more targets, once its time is over", async () => {
  const { io, clock } = await gossip({});
  const crawl = start(Array.from({ length: 70 }, (_, i) => `seed-${i}.example`), io, { maxTime: 4000 });
  const results = Array.fromAsync(crawl);
  clock.advance(4000);
  // Those that have been asked have their time, the others are dropped.
  clock.advance(6000);
  const all = await results;
  assertEquals(all.filter(({ type }) => type === "seed").length, 64);
  assertEquals(sorted(all).crawl.stoppedBy, "max_time");
});

Deno.test("Crawl gives what it knows when its signal aborts, with what was in flight among what waits", async () => {
  const others = many(30);
  const { io, clock } = await gossip({
    [A]: others,
    ...Object.fromEntries(others.map((other) => [other, "is silent"])),
  });
  const controller = new AbortController();
  const crawl = start([A], io, { concurrency: 10, addresses: true }, controller.signal);
  const results = Array.fromAsync(crawl);
  await until(() => crawl.progress.inFlight === 10);
  clock.advance(1000);
  controller.abort();
  const { summary, crawl: totals, addresses } = sorted(await results);
  assertEquals([summary.peers, summary.success, summary.interrupted], [1, 1, true]);
  assertEquals([totals.known, totals.waiting, totals.complete, totals.stoppedBy], [31, 30, false, "signal"]);
  assertEquals(totals.networks.ipv4, { known: 31, dialled: 1, success: 1 });
  assertEquals(addresses.filter(({ dialled }) => dialled).length, 1);
  assertEquals(addresses.filter(({ reason }) => reason === null).length, 31);
  assertEquals(clock.timers, 0);
});

Deno.test("Crawl keeps what an answer has said so far when its signal aborts", async () => {
  const { io } = await gossip({ [A]: [`20.0.0.1:8333`], "20.0.0.1:8333": "is silent" });
  const controller = new AbortController();
  const crawl = start([A], io, { addresses: true }, controller.signal);
  const results = Array.fromAsync(crawl);
  await until(() => crawl.progress.known === 2);
  controller.abort();
  const { addresses, crawl: { asked, known } } = sorted(await results);
  assertEquals(addresses.map(({ address }) => formatAddress(address)), [A, "20.0.0.1:8333"]);
  assert(asked <= 1 && known === 2);
});

Deno.test("Crawl ends at once when its loop is left, with results that nobody takes", async () => {
  const others = many(100);
  const nodes = Object.fromEntries(others.map((other) => [other, [A]] as const));
  const { io, clock } = await gossip({ ...nodes, [A]: others });
  const crawl = start([A], io, { concurrency: 4, maxTime: 60_000 });
  let taken = 0;
  for await (const _ of crawl) {
    await settle();
    if (++taken === 10) break;
  }
  await until(() => clock.timers === 0 && crawl.progress.inFlight === 0);
});

Deno.test("Crawl waits for whoever takes its results", async () => {
  const others = many(100);
  const nodes = Object.fromEntries(others.map((other) => [other, [A]] as const));
  const { io, dialled } = await gossip({ ...nodes, [A]: others });
  const crawl = start([A], io, { concurrency: 4 });
  await settle();
  assert(dialled.length <= 12, `${dialled.length} dialled with nobody listening`);
  assertEquals(sorted(await Array.fromAsync(crawl)).summary.peers, 101);
});

/** What is sent first over each connection but the first, to peers of which these services are known: v1 begins with its magic. */
async function transports(settings: Partial<CrawlSettings>): Promise<string[]> {
  const hosts = ["20.0.0.1:8333", "20.0.1.1:8333"];
  const { io, connections } = await gossip({
    [A]: [{ host: hosts[0] ?? "", services: 0x809n }, { host: hosts[1] ?? "", services: 9n }],
    [hosts[0] ?? ""]: [],
    [hosts[1] ?? ""]: [],
  });
  await crawled([A], io, settings);
  return connections.map(({ written }) => Uint8Array.from(written.slice(0, 4)).toHex() === "f9beb4d9" ? "v1" : "v2");
}

Deno.test("Crawl over v1 dials nobody over v2", async () => {
  assertEquals(await transports({ transport: "v1" }), ["v1", "v1", "v1"]);
});

Deno.test("Crawl with auto tries v2 where it is said to be spoken or nobody says, and goes straight to v1 elsewhere", async () => {
  // The peers answer v2 in v1, so each that is tried with v2 is dialled twice.
  const dialled = await transports({ transport: "auto" });
  assertEquals(dialled.slice(0, 2), ["v2", "v1"]);
  assertEquals(dialled.slice(2).toSorted(), ["v1", "v1", "v2"]);
});
