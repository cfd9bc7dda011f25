import { assertEquals, assertRejects } from "@std/assert";
import { formatAddress } from "../../src/address/address.ts";
import { Crawl } from "../../src/crawl/crawl.ts";
import type { FirstPart, Remembered } from "../../src/crawl/memory.ts";
import type { CrawlResult } from "../../src/crawl/result.ts";
import type { Io } from "../../src/net/io.ts";
import { parseTarget, type Target } from "../../src/scan/target.ts";
import { addressOf, answering, crawled, gossip, NOW, settingsOf, sorted, start } from "../support/crawls.ts";
import { proxiedIo, PROXY } from "../support/proxied_io.ts";
import { osError, until } from "../support/scripted_io.ts";

const A = "192.0.2.1:8333";
const B = "192.0.2.2:8333";
const C = "192.0.2.3:8333";

/** A name server that gives every name the address of A. */
const resolve: Io["resolve"] = (_, type) =>
  type === "A" ? Promise.resolve(["192.0.2.1"]) : Promise.reject(new Deno.errors.NotFound());

Deno.test("Crawl dials the addresses of a name at the port of the target, or at the usual one", async () => {
  const { io, dialled } = await gossip({}, { resolve });
  const { peers } = await crawled(["seed.example:7", "seed.example"], io, { networks: ["ipv4"], port: 9 });
  assertEquals(dialled.toSorted(), ["192.0.2.1:7", "192.0.2.1:9"]);
  assertEquals(peers.map(({ target }) => target).toSorted(), ["seed.example", "seed.example:7"]);
});

Deno.test("Crawl sends a proxy names with the port of the target, or with the usual one", async () => {
  const { io } = proxiedIo({ dead: new Set([PROXY]) });
  const { peers } = await crawled(["seed.example:7", "seed.example"], io, { proxy: PROXY, port: 9 });
  assertEquals(peers.map(({ address }) => formatAddress(address)).toSorted(), ["seed.example:7", "seed.example:9"]);
});

Deno.test("Crawl dials an address of a name while others are still to come", async () => {
  const { io, dialled } = await gossip({ [A]: [B] }, {
    resolve: (_, type) => type === "A" ? Promise.resolve(["192.0.2.1"]) : Promise.withResolvers<string[]>().promise,
  });
  start(["seed.example"], io);
  await until(() => dialled.length === 2);
  assertEquals(dialled, [A, B]);
});

Deno.test("Crawl asks for no names if none of its networks has addresses in DNS", async () => {
  const { io } = await gossip({});
  const results = await Array.fromAsync(start(["seed.example"], io, { networks: ["onion"], onion: [PROXY] }));
  const { summary, crawl } = sorted(results);
  assertEquals([results.length, summary.targets, crawl.known, crawl.complete], [1, 1, 0, true]);
});

Deno.test("Crawl of targets that come one by one ends when there are none", async () => {
  async function* none(): AsyncGenerator<Target> {}
  const { crawl } = sorted(await Array.fromAsync(new Crawl(none(), settingsOf(), (await gossip({})).io)));
  assertEquals([crawl.complete, crawl.known], [true, 0]);
});

Deno.test("Crawl dials equals in an order that only its random numbers tell", async () => {
  const targets = Array.from({ length: 20 }, (_, i) => `20.${i}.0.1:8333`);
  const orders = await Promise.all([1n, 2n, 0xffn << 32n, 1n].map(async (nonce) => {
    const { io, dialled } = await gossip({});
    await crawled(targets, { ...io, randomNonce: () => nonce });
    return dialled.join();
  }));
  assertEquals(new Set(orders).size, 3);
});

Deno.test("Crawl calls those that it tried in v2 and then in v1, and counts both connections against its rate", async () => {
  const { io, clock, dialled } = await gossip({ [A]: [B], [B]: [] });
  const fallbacks: string[] = [];
  const onFallback: NonNullable<Parameters<typeof start>[2]>["onFallback"] = (address, error) =>
    void fallbacks.push(`${formatAddress(address)} ${error.code}`);
  const crawl = start([A], io, { transport: "auto", rate: 10, onFallback });
  await until(() => crawl.progress.success === 1 && crawl.progress.inFlight === 0);
  assertEquals([dialled, fallbacks], [[A, A], [`${A} v2_not_supported`]]);
  clock.advance(150);
  assertEquals([crawl.progress.inFlight, crawl.progress.waiting.ipv4], [0, 1]);
  clock.advance(50);
  await until(() => dialled.length === 3);
  assertEquals(dialled, [A, A, B]);
});

/** A first part of a run. */
const FIRST: FirstPart = {
  elapsed: 4000,
  success: 7,
  failure: 2,
  verackMissing: 1,
  errors: new Map([["timeout", 2]]),
  asked: 6,
  answered: 1,
  selfOnly: 2,
  silent: 1,
  malformed: 1,
  closed: 1,
  entries: 20,
};

function remembered(text: string, fields: Partial<Remembered> = {}): Remembered {
  return { address: addressOf(text), services: 9n, time: NOW, groups: 1, turn: "usual", asks: true, ...fields };
}

Deno.test("Crawl goes on from the first part of its run, and tells what it has learnt", async () => {
  const { io, clock, dialled } = await gossip({ [A]: [A, C], [B]: [C] });
  clock.advance(60_000);
  const addresses = [remembered(A), remembered(B, { asks: false })];
  const crawl = start([], io, { memory: { addresses, firstPart: FIRST } });
  const results = Array.fromAsync(crawl);
  await until(() => dialled.length === 3);
  assertEquals(crawl.learnt().map(({ address }) => formatAddress(address)), [C]);
  const { summary, crawl: { asked, known, entries } } = sorted(await results);
  assertEquals([summary.elapsed, summary.success, summary.failure], [4000, 7 + 2, 2 + 1]);
  assertEquals([known, asked, entries], [3, 7, 22]);
});

Deno.test("Crawl says how long it took from its beginning", async () => {
  const { io, clock, dialled } = await gossip({ [A]: "is silent" });
  clock.advance(60_000);
  const results = Array.fromAsync(start([A], io));
  await until(() => dialled.length === 1);
  clock.advance(10_000);
  assertEquals(sorted(await results).summary.elapsed, 10_000);
});

Deno.test("Crawl counts who shook hands before a bug of ours, and throws the first error of all", async () => {
  const { io } = await gossip({ [A]: [(await answering([B, C])).slice(0, -1), new TypeError("first")], [B]: [] });
  const second = Promise.withResolvers<void>();
  async function* targets(): AsyncGenerator<Target> {
    yield parseTarget(A);
    await second.promise;
  }
  const results: CrawlResult[] = [];
  const crawl = new Crawl(targets(), settingsOf(), io);
  const crawling = async () => {
    for await (const result of crawl) results.push(result);
  };
  const ended = assertRejects(crawling, TypeError, "first");
  await until(() => crawl.progress.success === 1 && crawl.progress.inFlight === 0);
  second.reject(new TypeError("second"));
  await ended;
  assertEquals(sorted(results).crawl.networks.ipv4, { known: 1, dialled: 1, success: 1 });
});

Deno.test("Crawl throws the error of its targets rather than a bug that comes after it", async () => {
  const { io, connections } = await gossip({ [A]: [await answering([])] });
  async function* targets(): AsyncGenerator<Target> {
    yield parseTarget(A);
    await until(() => connections.length === 1);
    throw new TypeError("first");
  }
  const crawl = new Crawl(targets(), settingsOf(), io);
  const ended = assertRejects(() => Array.fromAsync(crawl), TypeError, "first");
  await until(() => !crawl.progress.reading && crawl.progress.success === 1);
  connections[0]?.say(new TypeError("second"));
  await ended;
});

Deno.test("Crawl closes the connections that its peers have ended or reset", async () => {
  const { io, connections } = await gossip({ [A]: [B, C], [B]: [], [C]: [await answering([]), osError("ECONNRESET")] });
  await crawled([A], io);
  assertEquals(connections.map(({ closed }) => closed > 0), [true, true, true]);
});

Deno.test("Crawl looks once more for those it has reached when many in a row are gone", async () => {
  const gone = Array.from({ length: 80 }, (_, i) => `20.${i}.0.1:8333`);
  const { io, dialled } = await gossip({ [A]: gone });
  const { crawl } = await crawled([A], io, { concurrency: 10 });
  assertEquals([dialled.length, dialled.filter((address) => address === A).length], [82, 2]);
  assertEquals([crawl.known, crawl.complete], [81, true]);
});

Deno.test("Crawl dials what a peer has named while more of its answer may come", async () => {
  // A message of one address is not the whole answer.
  const { io, dialled } = await gossip({ [A]: [await answering([B])] });
  const crawl = start([A], io);
  await until(() => dialled.length === 2);
  assertEquals([dialled, crawl.progress.success], [[A, B], 1]);
});
