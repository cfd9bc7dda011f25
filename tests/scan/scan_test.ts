import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Host } from "../../src/address/host.ts";
import type { Io } from "../../src/net/io.ts";
import { formatAddress } from "../../src/address/address.ts";
import type { ScanResult, SummaryResult } from "../../src/scan/result.ts";
import { Scan, type ScanSettings } from "../../src/scan/scan.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { parseTarget, type Target } from "../../src/scan/target.ts";
import { osError, ScriptedConnection, scriptedIo, turns, until, untilAborted } from "../support/scripted_io.ts";
import { CHAINS, MAINNET } from "../../src/wire/chains.ts";
import { versionMessage } from "../support/messages.ts";
import { stream } from "../support/stream.ts";
import { VirtualClock } from "../support/virtual_clock.ts";

const ANSWER = await stream([versionMessage(), { type: "verack" }]);
const NOT_FOUND = new Deno.errors.NotFound();

/** An Io on which every peer answers, but those of 198.51.100.0/24, which refuse, and 203.0.113.0/24, which stay silent. */
function network(names: Record<string, readonly string[]> = {}): Io & ReturnType<typeof scriptedIo> {
  return scriptedIo({
    connect: ({ host: ip }, signal) => {
      if (ip.startsWith("198.51.100.")) return Promise.reject(osError("ECONNREFUSED"));
      if (ip.startsWith("203.0.113.")) return untilAborted(signal);
      return Promise.resolve(new ScriptedConnection(ANSWER, "end"));
    },
    resolve: (name, type) => {
      const addresses = (names[name] ?? []).filter((ip) => ip.includes(":") === (type === "AAAA"));
      return addresses.length > 0 ? Promise.resolve(addresses) : Promise.reject(NOT_FOUND);
    },
  });
}

function start(targets: readonly string[], io: Io, options: Partial<ScanSettings> = {}, signal?: AbortSignal): Scan {
  return new Scan(targets.map((target) => parseTarget(target)), withDefaults(options), io, signal);
}

function peers(results: readonly ScanResult[]): string[] {
  return results.flatMap((result) => result.type === "peer" ? [formatAddress(result.address)] : []).toSorted();
}

function summary(results: readonly ScanResult[]): SummaryResult {
  const last = results.at(-1);
  assert(last?.type === "summary");
  return last;
}

Deno.test("Scan yields a seed for each name, a peer for each address, and the summary last", async () => {
  const io = network({ "seed.example.": ["192.0.2.1", "198.51.100.1", "2001:db8::1"] });
  const results = await Array.fromAsync(start(["seed.example", "192.0.2.9:18333", "gone.example"], io));
  assertEquals(results.filter(({ type }) => type === "seed").length, 2);
  assertEquals(peers(results), ["192.0.2.1:8333", "192.0.2.9:18333", "198.51.100.1:8333", "[2001:db8::1]:8333"]);
  assertEquals(summary(results), {
    type: "summary",
    chain: MAINNET,
    targets: 3,
    peers: 4,
    success: 3,
    failure: 1,
    verackMissing: 0,
    errors: new Map([["connection_refused", 1] as const]),
    elapsed: 0,
    interrupted: false,
  });
});

Deno.test("Scan leaves no timer behind when it is over, however its results are taken", async () => {
  const io = network();
  const scan = start(["192.0.2.9"], io);
  await until(() => scan.progress.success === 1);
  await turns(20);
  assertEquals(io.clock.timers, 0);
});

Deno.test("Scan dials an address once, whichever targets give it", async () => {
  const io = network({ "a.example.": ["192.0.2.1"], "b.example.": ["192.0.2.1", "192.0.2.2"] });
  const targets = ["a.example", "b.example", "192.0.2.1", "::ffff:192.0.2.1", "192.0.2.1:8334"];
  assertEquals(peers(await Array.fromAsync(start(targets, io))), [
    "192.0.2.1:8333",
    "192.0.2.1:8334",
    "192.0.2.2:8333",
  ]);
});

Deno.test("Scan takes link-local addresses in two zones for two, and in one zone for one", async () => {
  const targets = ["fe80::1%eth0", "fe80::1%eth1", "[fe80:0::1%eth0]:8333"];
  assertEquals(peers(await Array.fromAsync(start(targets, network()))), [
    "[fe80::1%eth0]:8333",
    "[fe80::1%eth1]:8333",
  ]);
});

Deno.test("Scan leaves out the families that are not wanted", async () => {
  const io = network({ "a.example.": ["192.0.2.1", "2001:db8::1"] });
  const results = await Array.fromAsync(start(["a.example", "192.0.2.2"], io, { networks: ["ipv6"] }));
  assertEquals(peers(results), ["[2001:db8::1]:8333"]);
});

Deno.test("Scan of nothing is a summary", async () => {
  const results = await Array.fromAsync(start([], network()));
  assertEquals([results.length, summary(results).peers], [1, 0]);
});

Deno.test("Scan has no more handshakes in flight than it may", async () => {
  const io = network();
  const scan = start(["203.0.113.1", "203.0.113.2", "203.0.113.3"], io, { concurrency: 2 });
  const results = Array.fromAsync(scan);
  assertEquals([scan.progress.inFlight, scan.progress.peers], [2, 3]);
  await until(() => io.clock.timers > 0);
  io.clock.advance(4000);
  // Six seconds more for the two in flight, and ten for the one that waits.
  assertEquals([scan.progress.timeLeft, scan.progress.estimated], [16_000, false]);
  io.clock.advance(6000);
  await until(() => scan.progress.failure === 2);
  assertEquals([scan.progress.inFlight, scan.progress.timeLeft], [1, 10_000]);
  io.clock.advance(10_000);
  assertEquals(summary(await results).errors, new Map([["timeout", 3]]));
});

Deno.test("Scan drops what is in flight when its signal aborts, and counts what it has given", async () => {
  const io = network();
  const controller = new AbortController();
  const scan = start(["192.0.2.1", "203.0.113.1", "203.0.113.2"], io, { concurrency: 2 }, controller.signal);
  const results: ScanResult[] = [];
  for await (const result of scan) {
    results.push(result);
    if (result.type === "peer") controller.abort();
  }
  assertEquals(peers(results), ["192.0.2.1:8333"]);
  const { peers: count, success, failure, interrupted } = summary(results);
  assertEquals([count, success, failure, interrupted], [1, 1, 0, true]);
  assertEquals(io.clock.timers, 0);
});

Deno.test("Scan that is aborted before it begins sends nothing", async () => {
  const io = scriptedIo({ connect: () => Promise.reject(new Error("dialled")) });
  const scan = start(["192.0.2.1", "a.example"], io, {}, AbortSignal.abort());
  assertEquals([scan.progress.peers, scan.progress.unresolved, scan.progress.timeLeft], [0, 0, 0]);
  const results = await Array.fromAsync(scan);
  assertEquals([results.length, summary(results).interrupted, summary(results).targets], [1, true, 2]);
});

Deno.test("Scan that is aborted before it begins takes no targets that would come later", async () => {
  let taken = 0;
  const targets = {
    [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error(`taken: ${++taken}`)) }),
  };
  const scan = new Scan(targets, withDefaults(), network(), AbortSignal.abort());
  assertEquals([(await Array.fromAsync(scan)).length, taken], [1, 0]);
});

Deno.test("Scan that is aborted dials no address of a name that is known only then", async () => {
  const controller = new AbortController();
  const io = scriptedIo({
    resolve: (_name, _type, { signal }) => untilAborted(signal).catch(() => ["192.0.2.1"]),
  });
  const scan = start(["a.example", "203.0.113.1", "203.0.113.2"], io, { concurrency: 1 }, controller.signal);
  await until(() => io.clock.timers > 0);
  controller.abort();
  const { peers: count, interrupted } = summary(await Array.fromAsync(scan));
  assertEquals([count, interrupted], [0, true]);
  const { peers, inFlight, timeLeft } = scan.progress;
  assertEquals([peers, inFlight, timeLeft], [2, 0, 0]);
});

Deno.test("Scan ends when its results are no longer taken", async () => {
  const io = network();
  const scan = start(["192.0.2.1", "203.0.113.1"], io);
  for await (const _ of scan) break;
  await until(() => scan.progress.inFlight === 0);
  assertEquals(io.clock.timers, 0);
});

Deno.test("Scan lets go of what waits for a reader that takes no more results", async () => {
  const scan = start(["192.0.2.1", "192.0.2.2", "192.0.2.3"], network(), { concurrency: 1 });
  for await (const _ of scan) {
    await until(() => scan.progress.success === 2);
    break;
  }
  await until(() => scan.progress.inFlight === 0);
});

Deno.test("Scan counts a peer that closes without verack as success, and says so", async () => {
  const versionOnly = await stream([versionMessage()]);
  const io = scriptedIo({ connect: () => Promise.resolve(new ScriptedConnection(versionOnly, "end")) });
  const { success, verackMissing } = summary(await Array.fromAsync(start(["192.0.2.1"], io)));
  assertEquals([success, verackMissing], [1, 1]);
});

Deno.test("Scan resolves at most 64 names at once, and no more than its concurrency", async () => {
  for (const [concurrency, inFlight] of [[512, 64], [2, 2]] as const) {
    const controller = new AbortController();
    const names = Array.from({ length: 70 }, (_, i) => `seed${i}.example`);
    const scan = start(names, scriptedIo({}), { concurrency }, controller.signal);
    assertEquals(scan.progress.inFlight, inFlight);
    controller.abort();
    assertEquals(summary(await Array.fromAsync(scan)).peers, 0);
  }
});

/** A scan of one peer, whose connection stays open after its verack; and whether the scan is over. */
async function lingeringScan(signal?: AbortSignal) {
  const connection = new ScriptedConnection(ANSWER);
  const io = scriptedIo({ connect: () => Promise.resolve(connection) });
  const scan = start(["192.0.2.1"], io, {}, signal);
  let over = false;
  const results = Array.fromAsync(scan).finally(() => over = true);
  // The deadline of the handshake, and the end of the peer's time.
  await until(() => over || (scan.progress.success === 1 && io.clock.timers === 2));
  return { connection, io, results };
}

Deno.test("Scan gives the peers their time to see our verack before it ends", async () => {
  const { connection, io, results } = await lingeringScan();
  assertEquals(connection.closed, 0);
  io.clock.advance(200);
  assertEquals((await results).map(({ type }) => type), ["peer", "summary"]);
  assertEquals([connection.closed, io.clock.timers], [1, 0]);
});

Deno.test("Scan that is aborted when everything is done except closing ends at once, with one summary", async () => {
  const controller = new AbortController();
  const { connection, io, results } = await lingeringScan(controller.signal);
  await Promise.resolve();
  controller.abort();
  assertEquals((await results).map(({ type }) => type), ["peer", "summary"]);
  assertEquals([connection.closed, io.clock.timers], [1, 0]);
});

Deno.test("Scan says how much time is left for what began last, names too, and never less than none", async () => {
  const io = scriptedIo({});
  io.clock.advance(3000);
  const scan = start(["a.example", "203.0.113.1"], io);
  const results = Array.fromAsync(scan);
  assertEquals(scan.progress.timeLeft, 10_000);
  // The deadline of the name, and that of the peer.
  await until(() => io.clock.timers === 2);
  io.clock.advance(10_000);
  assertEquals(summary(await results).elapsed, 10_000);
  io.clock.advance(1);
  assertEquals(scan.progress.timeLeft, 0);
});

Deno.test("Scan says how much time is left for the whole run, from what is done and what waits", async () => {
  const clock = new VirtualClock();
  const connect = () => {
    const { promise, resolve } = Promise.withResolvers<ScriptedConnection>();
    clock.schedule(() => resolve(new ScriptedConnection(ANSWER, "end")), 1000);
    return promise;
  };
  const targets = Array.from({ length: 100 }, (_, i) => `192.0.2.${i}`);
  const scan = start(targets, scriptedIo({ clock, connect }), { concurrency: 10 });
  const results = Array.fromAsync(scan);
  assertEquals([scan.progress.timeLeft, scan.progress.estimated], [100_000, false]);
  await until(() => clock.timers > 0);
  for (let done = 10; done < 100; done += 10) {
    clock.advance(1000);
    await until(() => scan.progress.success === done && scan.progress.inFlight === 10);
    assertEquals(scan.progress.timeLeft, 10_000 - done * 100);
  }
  clock.advance(1000);
  assertEquals(summary(await results).success, 100);
});

Deno.test("Scan counts the time for which connections are held as left", async () => {
  const connect: Io["connect"] = ({ host: ip }, signal) => {
    return ip === "192.0.2.1" ? Promise.resolve(new ScriptedConnection(ANSWER)) : untilAborted(signal);
  };
  const io = scriptedIo({ connect });
  io.clock.advance(700);
  const scan = start(["192.0.2.1", "203.0.113.1"], io, { hold: 60_000 });
  const records = Array.fromAsync(scan);
  await until(() => scan.progress.held === 1);
  assertEquals(scan.progress.timeLeft, 70_000);
  io.clock.advance(10_000);
  await until(() => scan.progress.inFlight === 0);
  assertEquals(scan.progress.timeLeft, 50_000);
  // A hold is a little longer, never shorter.
  io.clock.advance(50_010);
  assertEquals(summary(await records).success, 1);
});

Deno.test("Scan counts no time for a connection that its peer has ended before", async () => {
  const connection = new ScriptedConnection(ANSWER);
  const scan = start(["192.0.2.1"], scriptedIo({ connect: () => Promise.resolve(connection) }), { hold: 60_000 });
  await until(() => scan.progress.held === 1);
  assertEquals(scan.progress.timeLeft, 60_000);
  connection.say("end");
  await until(() => scan.progress.held === 0);
  assertEquals(scan.progress.timeLeft, 0);
});

Deno.test("Scan counts a name to resolve as in flight, with the time that it has", () => {
  const io = scriptedIo({});
  const controller = new AbortController();
  const early = start(["203.0.113.1"], io, {}, controller.signal);
  io.clock.advance(3000);
  const late = start(["a.example"], io, {}, controller.signal);
  assertEquals([early.progress.timeLeft, late.progress.timeLeft], [7000, 10_000]);
  assertEquals([early.progress.inFlight, late.progress.inFlight], [1, 1]);
  controller.abort();
});

Deno.test("Scan dials no further than its reader keeps up", async () => {
  let dialled = 0;
  const io = scriptedIo({ connect: () => (dialled++, Promise.resolve(new ScriptedConnection(ANSWER, "end"))) });
  const scan = start(Array.from({ length: 9 }, (_, i) => `192.0.2.${i}`), io, { concurrency: 2 });
  await until(() => scan.progress.success === 3);
  await turns(50);
  assertEquals(dialled, 3);
  assertEquals(summary(await Array.fromAsync(scan)).success, 9);
  assertEquals(dialled, 9);
});

Deno.test("The port is the chain's own unless the settings have one", () => {
  for (const chain of CHAINS) {
    assertEquals(withDefaults({ chain }).port, chain.port);
    assertEquals(withDefaults({ chain, port: 1 }).port, 1);
  }
});

Deno.test("Scan does not dial the addresses that it is told not to, not even literals, but reports them", async () => {
  const io = network({ "a.example.": ["192.0.2.1", "192.0.2.2"] });
  const dials = ({ host }: Host) => host === "192.0.2.2";
  const results = await Array.fromAsync(start(["a.example", "192.0.2.3"], io, { dials }));
  assertEquals(peers(results), ["192.0.2.2:8333"]);
  const addresses = results.flatMap((result) => result.type === "seed" ? result.resolution.addresses : []);
  assertEquals(addresses.map(({ host }) => host), ["192.0.2.1", "192.0.2.2"]);
});

Deno.test("Scan says of each name which family failed, and how long it took", async () => {
  const io = network({ "seed.example.": ["192.0.2.1"] });
  const resolve: Io["resolve"] = (name, type, options) =>
    type === "AAAA" ? untilAborted(options.signal) : io.resolve(name, type, options);
  const results = Array.fromAsync(start(["seed.example:1", "192.0.2.2"], { ...io, resolve }));
  await until(() => io.clock.timers > 0);
  io.clock.advance(10_000);
  const [seed, ...more] = (await results).filter((result) => result.type === "seed");
  assertEquals([seed?.target, more], ["seed.example:1", []]);
  assertEquals(seed?.resolution.failures.map(({ network, error }) => [network, error.code]), [["ipv6", "dns_timeout"]]);
  assertEquals(seed?.resolution.elapsed, 10_000);
});

/** Targets that come when they are given, until they end or fail. */
function slowTargets() {
  const { readable, writable } = new TransformStream<string, string>();
  const writer = writable.getWriter();
  async function* targets() {
    for await (const text of readable) yield parseTarget(text);
  }
  return { targets: targets(), give: (text: string) => writer.write(text), writer };
}

Deno.test("Scan dials targets as they come, and its summary waits for the last of them", async () => {
  const io = network({ "a.example.": ["192.0.2.3"] });
  const { targets, give, writer } = slowTargets();
  const scan = new Scan(targets, withDefaults(), io);
  const results = Array.fromAsync(scan);
  assertEquals([scan.progress.reading, scan.progress.peers], [true, 0]);
  for (const [i, text] of ["192.0.2.1", "192.0.2.2", "a.example"].entries()) {
    await give(text);
    await until(() => scan.progress.success === i + 1);
    assertEquals([scan.progress.reading, scan.progress.inFlight], [true, 0]);
  }
  await writer.close();
  assertEquals(peers(await results), ["192.0.2.1:8333", "192.0.2.2:8333", "192.0.2.3:8333"]);
  const { targets: count, interrupted } = summary(await results);
  assertEquals([count, interrupted, scan.progress.reading], [3, false, false]);
});

Deno.test("Scan of targets that never come is a summary as soon as they have ended", async () => {
  const { targets, writer } = slowTargets();
  const results = Array.fromAsync(new Scan(targets, withDefaults(), network()));
  await writer.close();
  assertEquals([(await results).length, summary(await results).targets], [1, 0]);
});

Deno.test("Scan that is aborted waits for no more targets, and says that there might have been some", async () => {
  const { targets, give } = slowTargets();
  const controller = new AbortController();
  const scan = new Scan(targets, withDefaults(), network(), controller.signal);
  const results = Array.fromAsync(scan);
  await give("192.0.2.1");
  await until(() => scan.progress.success === 1);
  controller.abort();
  assertEquals([peers(await results), summary(await results).interrupted], [["192.0.2.1:8333"], true]);
  assertEquals(scan.progress.reading, true);
});

Deno.test("Scan whose targets fail gives what came of those before, and then fails so itself", async () => {
  const { targets, give, writer } = slowTargets();
  const results: ScanResult[] = [];
  const scanning = (async () => {
    for await (const result of new Scan(targets, withDefaults(), network())) results.push(result);
  })();
  await give("192.0.2.1");
  await writer.abort(new RangeError("broken"));
  await assertRejects(() => scanning, RangeError, "broken");
  assertEquals([peers(results), summary(results).success], [["192.0.2.1:8333"], 1]);
});

Deno.test("Scan takes in no more targets than a bound while others wait", async () => {
  let taken = 0;
  function* endless(): Generator<Target> {
    for (;;) {
      const host = `203.${taken >> 16}.${taken >> 8 & 0xff}.${taken++ & 0xff}`;
      yield { text: host, network: "ipv4", host, port: null };
    }
  }
  const controller = new AbortController();
  const io = scriptedIo({});
  const scan = new Scan(ReadableStream.from(endless()), withDefaults({ concurrency: 8 }), io, controller.signal);
  const results = Array.fromAsync(scan);
  await until(() => scan.progress.peers >= 65_536 + 8);
  await turns(20);
  assertEquals(scan.progress.peers, 65_536 + 8);
  controller.abort();
  assertEquals(summary(await results).peers, 0);
});

Deno.test("Scan takes in no more names than a bound while others wait", async () => {
  let taken = 0;
  function* endless(): Generator<Target> {
    for (;;) {
      const host = `${taken++}.example`;
      yield { text: host, network: null, host, port: null };
    }
  }
  const controller = new AbortController();
  const settings = withDefaults({ concurrency: 8 });
  const scan = new Scan(ReadableStream.from(endless()), settings, scriptedIo({}), controller.signal);
  const results = Array.fromAsync(scan);
  await until(() => scan.progress.unresolved >= 65_536 + 8);
  await turns(20);
  assertEquals(scan.progress.unresolved, 65_536 + 8);
  controller.abort();
  assertEquals(summary(await results).peers, 0);
});
