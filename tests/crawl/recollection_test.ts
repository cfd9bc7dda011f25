import { assertEquals } from "@std/assert";
import { formatAddress } from "../../src/address/address.ts";
import { NETWORK_NAMES } from "../../src/address/network.ts";
import type { Frontier } from "../../src/crawl/frontier.ts";
import { KnownAddresses } from "../../src/crawl/known_addresses.ts";
import type { Remembered } from "../../src/crawl/memory.ts";
import { Namers } from "../../src/crawl/namers.ts";
import { recollect } from "../../src/crawl/recollection.ts";
import { DAY, frontierWith, HOUR, ipv4, learn, NOW } from "../support/frontiers.ts";
import { ONION } from "../support/overlays.ts";

/** An address that is remembered; each number is in a network group of its own. */
function known(number: number, fields: Partial<Remembered> = {}): Remembered {
  const address = ipv4(`20.${number}.0.1`);
  return { address, services: 9n, time: NOW - HOUR, groups: 1, turn: "usual", asks: true, ...fields };
}

function frontierOf(...remembered: readonly Remembered[]): Frontier {
  const frontier = frontierWith({ tracks: true });
  frontier.remember(remembered, NOW);
  return frontier;
}

function takeAll(frontier: Frontier): string[] {
  const taken: string[] = [];
  for (let candidate; (candidate = frontier.take(NETWORK_NAMES)) !== undefined;) {
    taken.push(`${candidate.address.host}${candidate.asks ? "" : " unasked"}`);
    frontier.end(candidate, true);
  }
  return taken;
}

Deno.test("What succeeded last is dialled first, then what most have named; what failed lately is not dialled", () => {
  const frontier = frontierOf(
    known(1),
    known(2, { groups: 5 }),
    known(3, { turn: "later" }),
    known(4, { turn: "first", asks: false, time: null, groups: 0 }),
  );
  assertEquals(takeAll(frontier), ["20.4.0.1 unasked", "20.2.0.1", "20.1.0.1"]);
  assertEquals([...frontier.counts().notDialled], [["back_off", 1]]);
});

Deno.test("What was dialled in the first part of a run counts as dialled, and is not dialled again", () => {
  const frontier = frontierOf(known(1, { turn: "succeeded" }), known(2, { turn: "failed" }), known(3));
  assertEquals(takeAll(frontier), ["20.3.0.1"]);
  const { known: all, networks, waiting } = frontier.counts();
  assertEquals([all, networks.ipv4, waiting], [3, { known: 3, dialled: 3 }, 0]);
});

Deno.test("What nobody has seen of late is too old, until somebody names it again", () => {
  const frontier = frontierOf(known(1, { time: NOW - 3 * DAY }), known(2, { turn: "first", time: NOW - 3 * DAY }));
  assertEquals(takeAll(frontier), ["20.2.0.1"]);
  const { address } = known(1);
  learn(frontier, known(9).address, [address, address]);
  assertEquals(takeAll(frontier), ["20.1.0.1"]);
});

Deno.test("A target is dialled though it failed lately", () => {
  const frontier = frontierOf(known(1, { turn: "later" }));
  frontier.addTarget(known(1).address, "seed.example");
  assertEquals(takeAll(frontier), ["20.1.0.1"]);
});

Deno.test("A target is dialled though it succeeded last, where no other address of its kind would be dialled", () => {
  const address = ipv4("127.0.0.1");
  const frontier = frontierOf(known(1, { address, turn: "first", time: null, groups: 0 }));
  assertEquals([...frontier.counts().notDialled], [["unroutable", 1]]);
  frontier.addTarget(address, "localhost");
  assertEquals(takeAll(frontier), ["127.0.0.1"]);
});

Deno.test("Frontier.learnt() gives what is new or no longer too old, once", () => {
  const frontier = frontierOf(known(1), known(2, { time: NOW - 3 * DAY }));
  learn(frontier, known(9).address, [1, 2, 3].map((number) => known(number).address));
  const names = () => frontier.learnt().map(({ address, groups }) => `${formatAddress(address)} ${groups}`);
  assertEquals(names(), ["20.2.0.1:8333 2", "20.3.0.1:8333 1"]);
  assertEquals(names(), []);
});

Deno.test("What several groups have named is as many, and what one more names is one more", () => {
  const frontier = frontierOf(known(1, { groups: 17 }));
  const { address } = known(1);
  learn(frontier, known(9).address, [address, address], { time: NOW, services: 1n << 63n });
  const [result] = frontier.addresses();
  assertEquals([result?.groups, result?.services, result?.time], [18, (1n << 63n) + 9n, NOW]);
});

Deno.test("Frontier.learnt() does not give what stays too old, however many name it", () => {
  const frontier = frontierOf(known(1, { time: NOW - 9 * DAY }));
  for (let group = 2; group < 20; group++) {
    learn(frontier, known(group).address, [known(1).address], { time: NOW - (30 - group) * DAY });
  }
  assertEquals(frontier.learnt(), []);
});

/** Brings addresses to mind; returns the numbers of each, what is known, and who has named what. */
function recollected(...remembered: readonly Remembered[]) {
  const all = new KnownAddresses(1);
  const namers = new Namers(all);
  // Of the group that has the first index.
  namers.open({ network: "onion", host: ONION, port: 8333 });
  namers.close();
  const numbers = [...recollect(remembered, all, namers)].map(([number]) => number);
  return { all, namers, numbers };
}

Deno.test("recollect() takes over what was known of each address, and says that it has named itself", () => {
  const services = 0x8000_0001_0000_0002n;
  const { all, numbers } = recollected(
    known(1, { services, groups: 3, time: NOW }),
    known(2, { services: null, groups: 0, time: null }),
  );
  const seen = (number: number) => [all.services(number), all.time(number), all.groups(number), all.source(number)];
  assertEquals([numbers, seen(0), seen(1)], [[0, 1], [services, NOW, 3, 0], [0n, 0, 0, 1]]);
});

Deno.test("recollect() counts all groups of earlier runs as one, besides those of this one", () => {
  const { all, namers } = recollected(known(1), known(2, { groups: 3 }), known(3, { groups: 0, time: null }));
  assertEquals([0, 1].map((number) => all.firstGroup(number)), [1, 1]);
  const group = namers.open({ network: "onion", host: ONION, port: 8333 });
  assertEquals([0, 1, 2].map((number) => namers.name(number)), [true, true, true]);
  namers.close();
  for (const number of [0, 1, 2]) all.addGroup(number, group);
  assertEquals([0, 1, 2].map((number) => all.firstGroup(number)), [1, 1, 0]);
});

Deno.test("recollect() has what a single group named among what can be forgotten", () => {
  const { all, namers } = recollected(known(1), known(2, { groups: 3 }), known(3));
  namers.forget(2);
  namers.openMemory();
  assertEquals([namers.name(0), namers.name(2), all.end], [false, true, 3]);
});

Deno.test("What is remembered is named by itself, and its peers by it", () => {
  const frontier = frontierOf(known(1), known(2));
  const target = () => frontier.take(NETWORK_NAMES)?.target;
  assertEquals([target(), target()].toSorted(), ["20.1.0.1:8333", "20.2.0.1:8333"]);
});

Deno.test("What was dialled in the first part of a run, and what was not, is an address that is known", () => {
  const frontier = frontierOf(known(1, { turn: "succeeded" }), known(2, { turn: "failed" }), known(3));
  assertEquals(
    Array.from(frontier.addresses(), ({ address, dialled, reason }) => [address.host, dialled, reason]),
    [["20.1.0.1", true, null], ["20.2.0.1", true, null], ["20.3.0.1", false, null]],
  );
});
