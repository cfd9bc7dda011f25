import { assert, assertEquals } from "@std/assert";
import { byNetwork, type Network } from "../../src/address/network.ts";
import type { Remembered } from "../../src/crawl/memory.ts";
import { addrMessage } from "../../src/wire/addr.ts";
import { agendaOf, far, name, next, shown } from "../support/agendas.ts";
import { addressOf, entriesOf, NOW } from "../support/crawls.ts";
import { ONION } from "../support/overlays.ts";

const FROM = ["20.1.0.1:8333", "20.2.0.1:8333", "20.3.0.1:8333"].map(addressOf);

Deno.test("Agenda dials names first, then targets, then what most network groups have named, then the freshest", () => {
  const agenda = agendaOf({ concurrency: 1 });
  const [a, b, c] = FROM;
  assert(a !== undefined && b !== undefined && c !== undefined);
  const named = (...hosts: readonly (string | { readonly host: string; readonly time: number })[]) =>
    addrMessage("addrv2", entriesOf(hosts));
  agenda.learn(named("30.1.0.1:1", "30.2.0.1:1", { host: "30.3.0.1:1", time: NOW - 60 }), a, NOW);
  agenda.learn(named("30.2.0.1:1", { host: "30.4.0.1:1", time: NOW - 30 }), b, NOW);
  agenda.learn(named("30.2.0.1:1", "30.1.0.1:1"), c, NOW);
  agenda.addTarget(addressOf("40.1.0.1:1"), "40.1.0.1:1");
  agenda.addName({ network: null, host: "seed.example", port: 1 }, "seed.example:1");
  const order: string[] = [];
  for (let peer; (peer = agenda.next(0)) !== null;) {
    order.push(...shown([peer]));
    agenda.end(peer, "failure", 0);
  }
  assertEquals(order, ["seed.example:1", "40.1.0.1:1", "30.2.0.1:1", "30.1.0.1:1", "30.4.0.1:1", "30.3.0.1:1"]);
});

Deno.test("Agenda has no more than two in flight in a subnet, and goes on with others meanwhile", () => {
  const agenda = agendaOf();
  for (const host of ["20.1.0.1", "20.1.0.2", "20.1.0.3", "20.1.1.1"]) agenda.addTarget(addressOf(`${host}:1`), host);
  const first = next(agenda);
  assertEquals([first.length, agenda.isIdle, agenda.waiting.ipv4], [3, false, 1]);
  const [peer] = first.filter(({ address }) => address.host.startsWith("20.1.0."));
  assert(peer !== undefined);
  agenda.end(peer, "success", 0);
  assertEquals(next(agenda).length, 1);
});

Deno.test("Agenda says how long the rate holds up the next peer, and counts second connections", () => {
  const agenda = agendaOf({ rate: 10 });
  for (const host of ["20.1.0.1", "20.2.0.1", "20.3.0.1"]) agenda.addTarget(addressOf(`${host}:1`), host);
  assertEquals([next(agenda, 0).length, agenda.rateWait, agenda.isIdle], [1, 100, false]);
  agenda.spend(0);
  assertEquals([next(agenda, 50).length, agenda.rateWait], [0, 150]);
  assertEquals([next(agenda, 200).length, next(agenda, 300).length, agenda.rateWait], [1, 1, 0]);
});

Deno.test("Agenda lets a peer that was dropped wait again", () => {
  const agenda = agendaOf();
  agenda.addTarget(addressOf("20.1.0.1:1"), "20.1.0.1:1");
  const [peer] = next(agenda);
  assert(peer !== undefined);
  agenda.end(peer, "dropped", 0);
  assertEquals([agenda.isWaiting, agenda.isIdle, agenda.counts(0).networks.ipv4.dialled], [true, true, 0]);
});

Deno.test("Agenda that was stopped has no next peer, and is idle when what was in flight is done", () => {
  const agenda = agendaOf();
  for (const host of ["20.1.0.1", "20.2.0.1"]) agenda.addTarget(addressOf(`${host}:1`), host);
  const peer = agenda.next(0);
  assert(peer !== null);
  agenda.stop(0);
  assertEquals([agenda.next(0), agenda.isIdle], [null, false]);
  agenda.end(peer, "success", 0);
  assertEquals([agenda.isIdle, agenda.isWaiting], [true, true]);
});

Deno.test("Agenda begins with nothing, and is idle", () => {
  const agenda = agendaOf({ rate: 10 });
  assertEquals([agenda.isIdle, agenda.isWaiting, agenda.rateWait, agenda.size, agenda.inFlight], [
    true,
    false,
    0,
    0,
    0,
  ]);
  assertEquals(agenda.pace(0), { perSecond: 0, timeLeft: 0, preparing: false });
  assertEquals(agenda.counts(0), {
    known: 0,
    networks: byNetwork(() => ({ known: 0, dialled: 0, success: 0 })),
    waiting: 0,
    notDialled: new Map(),
    bound: new Map(),
  });
});

Deno.test("Agenda counts names among what is known, not among the addresses", () => {
  const agenda = agendaOf();
  name(agenda, far(3));
  for (const host of ["a.example", "b.example", "a.example"]) agenda.addName({ network: null, host, port: 1 }, host);
  assertEquals([agenda.size, agenda.waiting.ipv4, agenda.counts(0).known, next(agenda).length], [5, 3, 3, 5]);
});

Deno.test("Agenda reaches names only over the way that takes them, and serves each way in turn", () => {
  const agenda = agendaOf();
  for (const host of ["a.example", "b.example"]) agenda.addName({ network: null, host, port: 1 }, host);
  agenda.addTarget(addressOf(`${ONION}:1`), "");
  const peers = next(agenda);
  assertEquals(shown(peers), ["a.example:1", `${ONION}:1`, "b.example:1"]);
  assertEquals(peers.map(({ asks, services }) => [asks, services]), peers.map(() => [true, null]));
});

Deno.test("Agenda goes on from what was remembered, and says what it has learnt only then", () => {
  const memory = (turn: Remembered["turn"], i: number): Remembered => {
    return { address: addressOf(far(4)[i] ?? ""), services: 9n, time: NOW, groups: 1, turn, asks: true };
  };
  const addresses = (["succeeded", "succeeded", "failed", "usual"] as const).map(memory);
  const agenda = agendaOf({ memory: { addresses, firstPart: null } });
  agenda.remember(addresses, NOW);
  assertEquals(agenda.counts(0).networks.ipv4, { known: 4, dialled: 3, success: 2 });
  assertEquals(shown(next(agenda)), far(4).slice(3));
  name(agenda, ["8.8.8.8:1"]);
  assertEquals(shown(agenda.learnt()), ["8.8.8.8:1"]);
  const forgetful = agendaOf();
  name(forgetful, ["8.8.8.8:1"]);
  assertEquals(forgetful.learnt(), []);
});

Deno.test("Agenda says how many are done in a second, and how long the slowest way takes for the rest", () => {
  const onion = { isLost: false };
  const agenda = agendaOf({ concurrency: 6 }, { onion });
  name(agenda, [...far(10), ...[1, 2, 3, 4, 5, 6].map((port) => `${ONION}:${port}`)]);
  assertEquals(agenda.pace(0), { perSecond: 0, timeLeft: Infinity, preparing: false });
  const peers = next(agenda);
  const those = (network: Network) => peers.filter(({ address }) => address.network === network);
  for (const peer of those("ipv4").slice(0, 2)) agenda.end(peer, "success", 2000);
  for (const peer of those("onion").slice(0, 1)) agenda.end(peer, "failure", 2000);
  // What was dropped is not done.
  for (const peer of those("onion").slice(1, 2)) agenda.end(peer, "dropped", 2000);
  agenda.addName({ network: null, host: "a.example", port: 1 }, "");
  assertEquals(agenda.pace(2000), { perSecond: 1.5, timeLeft: 10_000, preparing: false });
  onion.isLost = true;
  assertEquals(agenda.pace(2000), { perSecond: 1.5, timeLeft: 9000, preparing: false });
});

Deno.test("Agenda says that the rest takes for ever while nothing is done", () => {
  const agenda = agendaOf();
  agenda.addTarget(addressOf("20.1.0.1:1"), "");
  assertEquals(agenda.pace(1000).timeLeft, Infinity);
});

Deno.test("Agenda measures for how long the rate held the next peer up", () => {
  const agenda = agendaOf({ rate: 1000 });
  for (const host of far(2)) agenda.addTarget(addressOf(host), host);
  assertEquals([next(agenda, 0).length, agenda.rateWait], [1, 1]);
  assertEquals([next(agenda, 1).length, agenda.rateWait], [1, 0]);
  assertEquals(agenda.counts(4).bound, new Map([["rate", 0.25]] as const));
});

Deno.test("Agenda measures for how long a way had no room for what waits, until it is stopped", () => {
  const full = () => {
    const agenda = agendaOf({ concurrency: 2 });
    for (const host of far(3)) agenda.addTarget(addressOf(host), host);
    return { agenda, peers: next(agenda) };
  };
  const { agenda, peers: [first] } = full();
  assert(first !== undefined);
  agenda.end(first, "success", 500);
  assertEquals([next(agenda, 500).length, agenda.counts(1000).bound], [1, new Map([["ipv4", 0.5]] as const)]);
  const { agenda: stopped } = full();
  stopped.stop(250);
  assertEquals(stopped.counts(1000).bound, new Map([["ipv4", 0.25]] as const));
  // Two of a subnet at once is another matter.
  const subnet = agendaOf();
  for (const host of ["8.8.8.1:1", "8.8.8.2:1", "8.8.8.3:1"]) subnet.addTarget(addressOf(host), host);
  assertEquals([next(subnet).length, subnet.counts(1000).bound], [2, new Map()]);
});

Deno.test("Agenda says of each network that shares a way whether the way had no room for what waits there", () => {
  const boundOf = (...hosts: readonly string[]) => {
    const agenda = agendaOf({ concurrency: 1 });
    for (const host of hosts) agenda.addTarget(addressOf(host), host);
    next(agenda);
    return [...agenda.counts(1000).bound.keys()].toSorted();
  };
  const [ipv4 = "", second = ""] = far(2);
  assertEquals(boundOf(ipv4, "[2a00::1]:1", second), ["ipv4", "ipv6"]);
  assertEquals(boundOf(ipv4, "[2a00::1]:1").length, 1);
  assertEquals(boundOf(ipv4), []);
});

Deno.test("Agenda is held up by nothing on a way that is lost, and leaves waiting what it led to", () => {
  for (const limit of [1, Infinity]) {
    const onion = { isLost: false, limit };
    const agenda = agendaOf({ rate: 10 }, { onion });
    for (const port of [1, 2]) agenda.addTarget(addressOf(`${ONION}:${port}`), "");
    const [peer] = next(agenda);
    assert(peer !== undefined);
    onion.isLost = true;
    assertEquals([agenda.next(0), agenda.rateWait, agenda.counts(1000).bound], [null, 0, new Map()]);
    agenda.end(peer, "failure", 0);
    assertEquals([agenda.next(0), agenda.rateWait, agenda.isIdle, agenda.isWaiting], [null, 0, true, true]);
  }
});

Deno.test("Agenda is held up by the rate no more once it is stopped, nor by a way that is not ready", () => {
  const limited = agendaOf({ rate: 10 });
  for (const host of far(2)) limited.addTarget(addressOf(host), host);
  next(limited);
  limited.stop(0);
  assertEquals(limited.rateWait, 0);
  const agenda = agendaOf({}, { onion: { ready: () => Promise.withResolvers<void>().promise } });
  agenda.addTarget(addressOf(`${ONION}:1`), "");
  assertEquals([agenda.next(0), agenda.isIdle, agenda.pace(0).preparing], [null, false, true]);
  agenda.stop(0);
  assertEquals([agenda.isIdle, agenda.isWaiting], [true, true]);
});
