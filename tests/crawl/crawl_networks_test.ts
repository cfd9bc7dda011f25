import { assert, assertEquals } from "@std/assert";
import { formatAddress } from "../../src/address/address.ts";
import type { Endpoint } from "../../src/net/endpoint.ts";
import { hex } from "../support/bytes.ts";
import { answering, crawled, gossip, sorted, start } from "../support/crawls.ts";
import { I2P, ONION } from "../support/overlays.ts";
import { BRIDGE, OTHER_PROXY, proxiedIo, PROXY } from "../support/proxied_io.ts";
import { osError, turns, until, untilAborted } from "../support/scripted_io.ts";

const A = "192.0.2.1:8333";
const B = "192.0.2.2:8333";

/** Onion services, as many as there are ports. */
const onions = (count: number): string[] => Array.from({ length: count }, (_, i) => `${ONION}:${i + 1}`);

/** What a SOCKS5 proxy says that lets us through to a peer. */
const THROUGH = [hex("0502"), hex("0100"), hex("05000001 00000000 0000")];

Deno.test("Crawl goes to each network its own way, and beyond what others name there", async () => {
  const named = await answering([A, B, `${ONION}:8333`, `${I2P}:0`, "[fc00::1]:8333"]);
  const { io, endpoints } = proxiedIo({ steps: new Map([[PROXY, [[...THROUGH, named, "end"]]]]) });
  const { crawl, peers } = await crawled([`${ONION}:1`], io, { onion: [PROXY], i2psam: BRIDGE, cjdns: true });
  const found = peers.map(({ address: { network }, outcome: { error } }) => `${network} ${error?.code ?? "ok"}`);
  assertEquals(found.toSorted(), ["cjdns ok", "i2p ok", "ipv4 ok", "ipv4 ok", "onion ok", "onion ok"]);
  assertEquals(endpoints.filter(({ port }) => port === PROXY.port).length, 2);
  assertEquals([crawl.known, crawl.complete], [6, true]);
});

Deno.test("Crawl gives each way its room: 32 through each Tor proxy, and as many over I2P, besides those over IP", async () => {
  const { io } = proxiedIo();
  const silent = { ...io, connect: (_: Endpoint, signal: AbortSignal) => untilAborted(signal) };
  const targets = [...onions(100), A, B];
  const one = start(targets, silent, { onion: [PROXY] });
  await until(() => one.progress.inFlight === 34);
  assertEquals(one.progress.waiting.onion, 68);
  const two = start(targets, silent, { onion: [PROXY, OTHER_PROXY] });
  await until(() => two.progress.inFlight === 66);
  const bounded = start(targets, silent, { onion: [PROXY], concurrency: 20 });
  await until(() => bounded.progress.inFlight === 20);
  // Both ways have had their turn.
  assertEquals(bounded.progress.waiting.ipv4, 0);
});

Deno.test("Crawl through a proxy sends it the names of seeds, and asks each peer that is behind one", async () => {
  const { io, asked } = proxiedIo({ steps: new Map([[PROXY, [[...THROUGH, await answering([A, B]), "end"]]]]) });
  const { peers, answers, crawl, summary } = await crawled(["seed.example", "SEED.example."], io, { proxy: PROXY });
  assertEquals(asked, []);
  const rows = peers.map(({ address, target }) => `${address.network} ${formatAddress(address)} ${target}`);
  assertEquals(rows.toSorted(), [
    `ipv4 ${A} seed.example:8333`,
    `ipv4 ${B} seed.example:8333`,
    "null seed.example:8333 seed.example",
  ]);
  assertEquals(answers.map(({ address, new: fresh }) => `${formatAddress(address)} ${fresh}`).toSorted(), [
    `${A} 0`,
    `${B} 0`,
    "seed.example:8333 2",
  ]);
  // Names are no addresses.
  assertEquals([summary.targets, summary.peers, crawl.known, crawl.asked], [2, 3, 2, 3]);
});

Deno.test("Crawl waits for nobody else while a SAM bridge makes its session", async () => {
  const { io } = proxiedIo({ steps: new Map([[BRIDGE, [[]]]]) });
  const crawl = start([`${I2P}`, A, B], io, { i2psam: BRIDGE });
  const results = Array.fromAsync(crawl);
  await until(() => crawl.progress.success === 2);
  await until(() => crawl.progress.inFlight === 0);
  assertEquals([crawl.progress.waiting.i2p, crawl.progress.preparing], [1, true]);
  io.clock.advance(180_000);
  const { crawl: totals, summary } = sorted(await results);
  assertEquals([summary.peers, totals.waiting, totals.complete, totals.stoppedBy], [2, 1, false, "proxy"]);
});

Deno.test("Crawl goes on elsewhere when a proxy dies, and leaves waiting what it led to", async () => {
  const dead = new Set<Endpoint>();
  const more = onions(100);
  const named = await answering([...more.slice(1), A, B]);
  const { io, clock } = await gossip({ [A]: [], [B]: [] });
  const through = proxiedIo({ dead, steps: new Map([[PROXY, [[...THROUGH, named, "end"], []]]]) });
  const messages: string[] = [];
  const both = {
    ...io,
    connect: (endpoint: Endpoint, signal: AbortSignal) =>
      endpoint.port === PROXY.port ? through.io.connect(endpoint, signal) : io.connect(endpoint, signal),
  };
  const onProxyLost = (message: string) => {
    messages.push(message);
    dead.add(PROXY);
  };
  const crawl = start(more.slice(0, 1), both, { onion: [PROXY], onProxyLost, rate: 1000 });
  const results = Array.fromAsync(crawl);
  await until(() => crawl.progress.known === 102);
  while (crawl.progress.success < 3 || crawl.progress.inFlight < 32) {
    clock.advance(10);
    await turns();
  }
  // The proxy says nothing any more.
  clock.advance(60_000);
  const { crawl: totals, summary } = sorted(await results);
  assertEquals(messages.length, 1);
  assertEquals(summary.errors, new Map([["proxy_unreachable", 32]] as const));
  assertEquals([totals.known, totals.waiting, totals.complete, totals.stoppedBy], [102, 67, false, "proxy"]);
  assertEquals(totals.networks.onion, { known: 100, dialled: 33, success: 1 });
  assert((totals.bound.get("onion") ?? 0) > 0.99);
  assertEquals(clock.timers, 0);
});

Deno.test("Crawl with a dead proxy ends at once, with what was dialled through it", async () => {
  const { io } = proxiedIo({ dead: new Set([PROXY]) });
  const { summary, crawl } = await crawled(onions(40), io, { onion: [PROXY] });
  assert(summary.failure >= 1 && summary.failure <= 32);
  assertEquals([crawl.waiting, crawl.stoppedBy], [40 - summary.failure, "proxy"]);
});

Deno.test("Crawl does not wait for a way that nothing needs", async () => {
  const { io, endpoints } = proxiedIo();
  const { crawl } = await crawled([A], io, { onion: [PROXY], i2psam: BRIDGE });
  assertEquals(endpoints.map(({ port }) => port), [8333]);
  assertEquals(crawl.complete, true);
});

/** Addresses far apart, so that none waits for its neighbours. */
const far = (count: number): string[] => Array.from({ length: count }, (_, i) => `20.${i >> 8}.${i & 255}.1:8333`);

Deno.test("Crawl looks after those it has reached when many in a row are gone, and goes on when they are there", async () => {
  const { io, dialled } = await gossip({ [A]: far(500) });
  const messages: string[] = [];
  const onProxyLost = (message: string) => void messages.push(message);
  const { summary, crawl } = await crawled([A], io, { concurrency: 10, onProxyLost });
  assertEquals([summary.success, summary.failure, crawl.complete], [1, 500, true]);
  // After 64 failures, after 128 more, and after 256 more.
  assertEquals(dialled.filter((address) => address === A).length, 1 + 3);
  assertEquals(messages, []);
});

Deno.test("Crawl leaves out a network to which this machine has no route, but for its targets, and says so", async () => {
  const ipv6 = Array.from({ length: 100 }, (_, i) => `[2a0${i % 10}:${i}::1]:8333`);
  const { io, dialled } = await gossip({ [A]: [...ipv6, B], [B]: ipv6 });
  const connect = (endpoint: Endpoint, signal: AbortSignal) =>
    endpoint.host.includes(":") ? Promise.reject(osError("ENETUNREACH")) : io.connect(endpoint, signal);
  const messages: string[] = [];
  const onProxyLost = (message: string) => void messages.push(message);
  const { summary, crawl } = await crawled([A], { ...io, connect }, { concurrency: 2, onProxyLost });
  assertEquals(messages, ["this machine has no route to ipv6: what others name there is not dialled"]);
  assertEquals(dialled.toSorted(), [A, B]);
  const { dialled: tried } = crawl.networks.ipv6;
  assertEquals([summary.success, tried >= 5 && tried < 10], [2, true]);
  assertEquals([crawl.known, crawl.notDialled], [102, new Map([["network", 100 - tried] as const])]);
  assertEquals([crawl.complete, crawl.stoppedBy], [true, null]);
  const targets = await crawled(ipv6, { ...io, connect }, { concurrency: 2 });
  assertEquals([targets.summary.failure, targets.crawl.waiting], [100, 0]);
});

Deno.test("Crawl leaves waiting what is in a network where nobody can be reached any more, and says so", async () => {
  const { io } = await gossip({ [A]: far(500) });
  const messages: string[] = [];
  let begun = 0;
  const connect = (endpoint: Endpoint, signal: AbortSignal) =>
    ++begun > 1 ? Promise.reject(osError("ENETUNREACH")) : io.connect(endpoint, signal);
  const { summary, crawl } = await crawled([A], { ...io, connect }, {
    concurrency: 10,
    networks: ["ipv4"],
    onProxyLost: (message) => void messages.push(message),
  });
  assertEquals([summary.success, summary.failure >= 64 && summary.failure < 74], [1, true]);
  assertEquals([crawl.waiting, crawl.complete, crawl.stoppedBy], [500 - summary.failure, false, "proxy"]);
  assertEquals(messages, [
    "no way to ipv4: none of 64 peers in a row could be reached, nor any of 1 that had been before; the others are left",
  ]);
});

Deno.test("Crawl doubts a network where nobody has been reached, but does not give it up at once: a liar may have named the first", async () => {
  const others = Array.from({ length: 3 }, (_, i) => far(3000).slice(1000 * i, 1000 * (i + 1)));
  const steps = await Promise.all(others.map(async (named) => [...THROUGH, await answering(named), "end"] as const));
  const refusing = await gossip({});
  const doubts = (failures: number) =>
    `none of the first ${failures} peers in ipv4 could be reached: is the way there in order?`;
  for (
    const [count, known, waits, messages] of [
      [1, 1001, false, [64, 128, 256, 512].map(doubts)],
      [3, 3003, true, [64, 128, 256, 512].map(doubts)],
    ] as const
  ) {
    const through = proxiedIo({ steps: new Map([[PROXY, steps]]) });
    const connect = (endpoint: Endpoint, signal: AbortSignal) =>
      endpoint.port === PROXY.port ? through.io.connect(endpoint, signal) : refusing.io.connect(endpoint, signal);
    const said: string[] = [];
    const { crawl } = await crawled(onions(count), { ...refusing.io, connect }, {
      concurrency: 10,
      networks: ["ipv4", "onion"],
      onion: [PROXY],
      onProxyLost: (message) => void said.push(message),
    });
    assertEquals([crawl.known, crawl.waiting > 0, said.slice(0, 4)], [known, waits, messages]);
    assertEquals([said.length, crawl.stoppedBy ?? ""], waits ? [5, "proxy"] : [4, ""]);
  }
});

Deno.test("Crawl dials all of its targets, though none of them can be reached", async () => {
  const { io } = await gossip({});
  const { summary, crawl } = await crawled(far(200), io, { concurrency: 10 });
  assertEquals([summary.failure, crawl.complete], [200, true]);
});
