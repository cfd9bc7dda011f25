import { assert, assertEquals, assertRejects } from "@std/assert";
import { formatAddress } from "../../src/address/address.ts";
import { Crawl } from "../../src/crawl/crawl.ts";
import type { CrawlResult } from "../../src/crawl/result.ts";
import { parseTarget, type Target } from "../../src/scan/target.ts";
import { answering, crawled, gossip, NOW, settingsOf, sorted, start } from "../support/crawls.ts";
import { osError, turns, until } from "../support/scripted_io.ts";
import { as } from "../support/untyped.ts";

const A = "192.0.2.1:8333";
const B = "192.0.2.2:8333";
const C = "192.0.2.3:8333";
const D = "[2001:db8::4]:8333";

Deno.test("Crawl dials what peers name, and what those name, until nothing is left", async () => {
  const { io, dialled } = await gossip({ [A]: [B, C], [B]: [A, B], [C]: [A, D], [D]: "refuses" });
  const { peers, crawl, summary } = await crawled([A], io);
  assertEquals(dialled.toSorted(), [A, B, C, D]);
  assertEquals(peers.map(({ address }) => formatAddress(address)).toSorted(), [A, B, C, D]);
  assertEquals([summary.targets, summary.peers, summary.success, summary.failure], [1, 4, 3, 1]);
  const none = { known: 0, dialled: 0, success: 0 };
  assertEquals(crawl, {
    known: 4,
    networks: {
      ipv4: { known: 3, dialled: 3, success: 3 },
      ipv6: { known: 1, dialled: 1, success: 0 },
      onion: none,
      i2p: none,
      cjdns: none,
    },
    waiting: 0,
    notDialled: new Map(),
    asked: 3,
    answered: 3,
    selfOnly: 0,
    silent: 0,
    malformed: 0,
    closed: 0,
    entries: 6,
    complete: true,
    stoppedBy: null,
    bound: new Map(),
    since: null,
  });
});

Deno.test("Crawl gives a peer before its answer, and the summary last", async () => {
  const { io } = await gossip({ [A]: [B, C], [B]: [A, C], [C]: [A, B] });
  const results: CrawlResult[] = await Array.fromAsync(start([A], io));
  const lines = results.map((result) => "address" in result ? `${result.type} ${result.address.host}` : result.type);
  assertEquals(lines.length, 7);
  assertEquals(lines.at(-1), "summary");
  for (const host of ["192.0.2.1", "192.0.2.2", "192.0.2.3"]) {
    assert(lines.indexOf(`peer ${host}`) >= 0 && lines.indexOf(`peer ${host}`) < lines.indexOf(`addrs ${host}`));
  }
});

Deno.test("Crawl says what each peer answered", async () => {
  const { io } = await gossip({
    [A]: [B, C, "fc00::1".replace(/^(.*)$/, "[$1]:8333")],
    [B]: [B],
    [C]: [await answering([]), "end"],
  });
  const { answers } = await crawled([A], io);
  const rows = answers.map((
    { address, outcome, messages, entries, new: fresh, networks },
  ) => [address.host, outcome, messages, entries, fresh, networks.ipv4, networks.cjdns]);
  assertEquals(rows.toSorted(), [
    ["192.0.2.1", "answered", 1, 3, 3, 2, 1],
    ["192.0.2.2", "self_only", 1, 1, 0, 1, 0],
    ["192.0.2.3", "closed", 1, 0, 0, 0, 0],
  ]);
});

Deno.test("Crawl says which target, or which peer first, named a peer", async () => {
  const { io } = await gossip({ [A]: [B, C], [B]: [C, D], [C]: [A, B], [D]: [] }, {
    resolve: (_, type) => type === "A" ? Promise.resolve(["192.0.2.1"]) : Promise.reject(new Deno.errors.NotFound()),
  });
  const { peers, summary } = await crawled(["seed.example"], io);
  const targets = new Map(peers.map(({ address, target }) => [formatAddress(address), target]));
  assertEquals(targets, new Map([[A, "seed.example"], [B, A], [C, A], [D, B]]));
  assertEquals(summary.targets, 1);
});

Deno.test("Crawl does not dial what is not to be dialled, and says why", async () => {
  const { io, dialled } = await gossip({
    [A]: [
      "127.0.0.1:8333",
      { host: "1.2.3.4:8333", time: NOW - 3 * 86_400 },
      "5.6.7.8:0",
      "9.9.9.9:8333",
      "[2600::1]:8333",
      "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion:8333",
    ],
  });
  const { crawl, addresses } = await crawled([A], io, {
    includeUnroutable: false,
    networks: ["ipv4"],
    excludes: ({ host }) => host === "9.9.9.9",
    addresses: true,
  });
  assertEquals(dialled, [A]);
  const reasons = new Map(
    [["unroutable", 1], ["port_zero", 1], ["too_old", 1], ["excluded", 1], ["network", 2]] as const,
  );
  assertEquals([...crawl.notDialled].toSorted(), [...reasons].toSorted());
  assertEquals([crawl.known, crawl.waiting, crawl.complete], [7, 0, true]);
  const shown = addresses.map(({ address, dialled, reason }) => [address.host, dialled, reason]);
  assertEquals(shown.length, 7);
  assertEquals(shown.find(([host]) => host === "9.9.9.9"), ["9.9.9.9", false, "excluded"]);
});

Deno.test("Crawl gives every address that is known before its summary, only if that is wanted", async () => {
  const nodes = { [A]: [B, { host: C, services: 0x801n, time: NOW - 60 }], [B]: [{ host: C, services: 8n }, C] };
  const { addresses } = await crawled([A], (await gossip(nodes)).io, { addresses: true });
  assertEquals(addresses.map(({ address: { host }, services, time, groups }) => [host, services, time, groups]), [
    ["192.0.2.1", null, null, 0],
    ["192.0.2.2", 9n, NOW, 1],
    ["192.0.2.3", 0x809n, NOW, 1],
  ]);
  assertEquals((await crawled([A], (await gossip(nodes)).io)).addresses, []);
});

Deno.test("Crawl goes on when an answer cannot be read, and when a peer breaks off", async () => {
  const whole = await answering([B, C]);
  // The number of entries is more than there are.
  const broken = Uint8Array.from(await answering(["192.0.2.9:8333", "192.0.2.10:8333"]));
  const { io, dialled } = await gossip({
    [A]: [whole, "end"],
    [B]: [whole.slice(0, -1), osError("ECONNRESET")],
    [C]: [broken.slice(0, -1), "end"],
  });
  const { summary, crawl } = await crawled([A], io);
  assertEquals(dialled.toSorted(), [A, B, C]);
  assertEquals([summary.success, crawl.asked, crawl.answered, crawl.closed], [3, 3, 1, 2]);
});

Deno.test("Crawl names itself anew to each peer: another nonce, and the time of that moment", async () => {
  const { io, clock, connections } = await gossip({ [A]: [B, B], [B]: [A, A] });
  let nonce = 0n;
  const crawl = start([A], { ...io, randomNonce: () => ++nonce }, { rate: 1 });
  const results = Array.fromAsync(crawl);
  await until(() => crawl.progress.success === 1 && crawl.progress.inFlight === 0);
  clock.advance(1000);
  await results;
  const versions = connections.map(({ written }) => new DataView(Uint8Array.from(written).buffer, 24));
  assertEquals(versions.map((view) => view.getBigInt64(12, true)), [BigInt(NOW), BigInt(NOW) + 1n]);
  assertEquals(new Set(versions.map((view) => view.getBigUint64(72, true))).size, 2);
});

Deno.test("Crawl counts no address twice, whoever names it", async () => {
  const { io, dialled } = await gossip({ [A]: [A, B, B, A], [B]: [A, B, B] });
  const { crawl, answers } = await crawled([A, A, "192.0.2.1"], io);
  assertEquals(dialled, [A, B]);
  assertEquals([crawl.known, crawl.entries], [2, 7]);
  assertEquals(answers.map((answer) => answer.new), [1, 0]);
});

Deno.test("Crawl of nothing is a summary", async () => {
  const { io } = await gossip({});
  const results = await Array.fromAsync(start([], io));
  assertEquals(results.length, 1);
  const { crawl } = sorted(results);
  assertEquals([crawl.known, crawl.complete, crawl.stoppedBy], [0, true, null]);
});

Deno.test("Crawl dials targets as they come, and what they lead to", async () => {
  const { io } = await gossip({ [A]: [B, B], [B]: [], [C]: [D, D] });
  const more = Promise.withResolvers<void>();
  async function* targets(): AsyncGenerator<Target> {
    yield parseTarget(A);
    await more.promise;
    yield parseTarget(C);
  }
  const crawl = new Crawl(targets(), settingsOf(), io);
  const results = Array.fromAsync(crawl);
  await until(() => crawl.progress.success === 2);
  assertEquals([crawl.progress.reading, crawl.progress.known], [true, 2]);
  more.resolve();
  const { summary } = sorted(await results);
  assertEquals([summary.targets, summary.peers, summary.crawl.complete], [2, 4, true]);
});

Deno.test("Crawl throws the error of its targets after the summary", async () => {
  const { io } = await gossip({ [A]: [B, B] });
  async function* targets(): AsyncGenerator<Target> {
    yield parseTarget(A);
    await Promise.reject(new Error("no more"));
  }
  const results: CrawlResult[] = [];
  await assertRejects(
    async () => {
      for await (const result of new Crawl(targets(), settingsOf(), io)) results.push(result);
    },
    Error,
    "no more",
  );
  assertEquals(sorted(results).summary.peers, 2);
});

Deno.test("Crawl goes on after an error that is no peer's doing, and throws it after the summary", async () => {
  const { io } = await gossip({
    [A]: [(await answering([B, C])).slice(0, -1), new TypeError("a bug")],
    [B]: [A, C],
    [C]: [D, D],
  });
  const results: CrawlResult[] = [];
  const crawling = async () => {
    for await (const result of start([A, B], io)) results.push(result);
  };
  await assertRejects(crawling, TypeError, "a bug");
  const { summary, crawl, answers } = sorted(results);
  assertEquals([summary.success, summary.failure, crawl.asked, answers.length], [3, 1, 2, 2]);
});

Deno.test("Crawl does not begin again and again with a peer that it cannot even dial because of a bug", async () => {
  const { io, dialled } = await gossip({});
  const results: CrawlResult[] = [];
  const crawling = async () => {
    const crawl = new Crawl([parseTarget(A)], { ...settingsOf(), addrWait: as(undefined) }, io);
    for await (const result of crawl) results.push(result);
  };
  await assertRejects(crawling, TypeError, "expected the setting addrWait");
  assertEquals([dialled.length, sorted(results).summary.peers], [0, 0]);
});

Deno.test("Crawl leaves no timer behind, however its results are taken", async () => {
  const { io, clock } = await gossip({ [A]: [B, C], [B]: [A, C], [C]: [await answering([A, B])] });
  const crawl = start([A], io, { maxTime: 60_000, rate: 100 });
  while (crawl.progress.success < 3 || crawl.progress.inFlight > 0) {
    clock.advance(10);
    await turns();
  }
  clock.advance(1000);
  await turns(20);
  assertEquals(clock.timers, 0);
});
