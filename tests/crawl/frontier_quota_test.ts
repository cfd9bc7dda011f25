import { assertEquals } from "@std/assert";
import type { Address } from "../../src/address/address.ts";
import { NETWORK_NAMES } from "../../src/address/network.ts";
import type { Frontier } from "../../src/crawl/frontier.ts";
import { DAY, frontierWith, ipv4, learn, NOW, peer, takeAll } from "../support/frontiers.ts";

/** Some IPv4 addresses that `group` alone names; they are in no other such list. */
function many(group: number, count: number): Address[] {
  return Array.from({ length: count }, (_, i) => ipv4(`${120 + group}.${i >> 16}.${i >> 8 & 0xff}.${i & 0xff}`));
}

/** A frontier learns any number of addresses from a peer, in messages of 1,000. */
function learnAll(frontier: Frontier, from: Address, addresses: readonly Address[], time?: number): number {
  let added = 0;
  for (let i = 0; i < addresses.length; i += 1000) {
    added += learn(frontier, from, addresses.slice(i, i + 1000), time === undefined ? {} : { time }).new;
  }
  return added;
}

Deno.test("Frontier keeps 20,000 waiting that only one group has named, counts what it drops, and forgets it", () => {
  const frontier = frontierWith();
  const liar = many(1, 21_500);
  assertEquals(learnAll(frontier, peer(1), liar), 20_000);
  assertEquals([frontier.size, frontier.waiting("ipv4")], [20_000, 20_000]);
  assertEquals([...frontier.counts().notDialled], [["over_quota", 1500]]);
  // Another peer of the group is no other group, and another group has room of its own.
  assertEquals(learnAll(frontier, ipv4("20.1.9.9"), liar.slice(20_000)), 0);
  assertEquals(learnAll(frontier, peer(2), liar.slice(20_000)), 1500);
  // What two have named counts for neither.
  learnAll(frontier, peer(2), liar.slice(0, 1000));
  assertEquals(learnAll(frontier, peer(1), many(2, 1001)), 1000);
  assertEquals([...frontier.counts().notDialled], [["over_quota", 1500 + 1500 + 1]]);
  // What is not to be dialled takes no room of what waits.
  assertEquals(learnAll(frontier, peer(1), many(3, 5), NOW - 3 * DAY), 5);
});

Deno.test("Frontier has room for more of a group as what waits is dialled", () => {
  const frontier = frontierWith();
  const addresses = many(1, 20_100);
  learnAll(frontier, peer(1), addresses);
  for (let i = 0; i < 100; i++) {
    const candidate = frontier.take(NETWORK_NAMES);
    if (candidate !== undefined) frontier.end(candidate, true);
  }
  assertEquals(learnAll(frontier, peer(1), addresses.slice(20_000)), 100);
  assertEquals(learnAll(frontier, peer(1), many(2, 1)), 0);
});

Deno.test("Frontier serves a liar with a million addresses last, and keeps 20,000 of them", () => {
  const frontier = frontierWith();
  const [liar, honest] = [many(1, 30_000), many(2, 50)];
  learnAll(frontier, peer(1), liar, NOW);
  for (const group of [2, 3]) learn(frontier, peer(group), honest, { time: NOW - DAY });
  assertEquals(frontier.size, 20_050);
  const first = Array.from(honest, () => {
    const candidate = frontier.take(NETWORK_NAMES);
    if (candidate !== undefined) frontier.end(candidate, true);
    return candidate?.address.host.split(".")[0];
  });
  assertEquals(new Set(first), new Set(["122"]));
});

Deno.test("Frontier drops what was too old and is seen again while its group has no room", () => {
  const frontier = frontierWith();
  const [waiting, old] = [many(1, 20_000), many(2, 1000)];
  const byTwo = many(3, 1);
  for (const group of [1, 2]) learnAll(frontier, peer(group), byTwo, NOW - 3 * DAY);
  learnAll(frontier, peer(1), old, NOW - 3 * DAY);
  learnAll(frontier, peer(1), waiting);
  assertEquals(learnAll(frontier, peer(1), old), 0);
  assertEquals([frontier.size, ...frontier.counts().notDialled], [20_001, ["too_old", 1], ["over_quota", 1000]]);
  assertEquals(learnAll(frontier, peer(2), old), 1000);
  // What another group has named as well waits beyond its share.
  learnAll(frontier, peer(1), byTwo);
  assertEquals([...frontier.counts().notDialled], [["over_quota", 1000]]);
});

Deno.test("Frontier keeps as many addresses as it may: what is not to be dialled goes first", () => {
  const frontier = frontierWith({ maxAddresses: 100 });
  learn(frontier, peer(1), many(1, 60), { time: NOW - 3 * DAY });
  learn(frontier, peer(1), many(2, 40));
  assertEquals(learn(frontier, peer(2), many(3, 50)).new, 50);
  const { known, waiting, notDialled } = frontier.counts();
  assertEquals([known, waiting, ...notDialled], [100, 90, ["too_old", 10], ["over_quota", 50]]);
  assertEquals(learn(frontier, peer(2), many(4, 1), { time: NOW - 3 * DAY }).new, 0);
});

Deno.test("Frontier makes room for what few have named of what many, from the group that has named most", () => {
  const frontier = frontierWith({ maxAddresses: 1000 });
  learn(frontier, peer(1), many(1, 1000));
  assertEquals(learn(frontier, peer(2), many(2, 300)).new, 300);
  assertEquals(learn(frontier, peer(3), many(3, 600)).new, 350);
  // 350, 300 and 350: nobody has to make room for anybody.
  assertEquals(learn(frontier, peer(1), many(4, 100)).new, 0);
  assertEquals(frontier.size, 1000);
  // What two have named stays.
  learn(frontier, peer(4), [...frontier.addresses()].map(({ address }) => address));
  assertEquals(learn(frontier, peer(5), many(5, 100)).new, 0);
  const { waiting, notDialled } = frontier.counts();
  assertEquals([waiting, ...notDialled], [1000, ["over_quota", 300 + 350 + 250 + 100 + 100]]);
});

Deno.test("Frontier keeps targets and what was dialled, however much that is", () => {
  const frontier = frontierWith({ maxAddresses: 3 });
  for (const address of many(1, 5)) frontier.addTarget(address, "file");
  takeAll(frontier);
  assertEquals(learn(frontier, peer(1), many(2, 1)).new, 0);
  assertEquals([frontier.size, frontier.counts().networks.ipv4], [5, { known: 5, dialled: 5 }]);
});

Deno.test("Frontier counts what only one group has named as that group's alone while nobody else does", () => {
  const frontier = frontierWith({ maxAddresses: 3 });
  learn(frontier, peer(1), many(1, 1), { time: NOW - 3 * DAY });
  learn(frontier, peer(1), many(2, 2));
  learn(frontier, peer(2), many(1, 1), { time: NOW - 3 * DAY });
  // Two wait of the first group's, so one of them makes room.
  assertEquals(learn(frontier, peer(3), many(3, 1)).new, 1);
  assertEquals([...frontier.counts().notDialled], [["too_old", 1], ["over_quota", 1]]);
});

/** How many groups have named each address that is known. */
const groups = (frontier: Frontier) =>
  new Map(Array.from(frontier.addresses(), ({ address: { host }, groups }) => [host, groups]));

Deno.test("Frontier forgets all about what it drops: who named it first may name what comes in its place", () => {
  const frontier = frontierWith({ maxAddresses: 2, tracks: true });
  const [a, b, c, d, e] = [ipv4("8.8.1.1"), ipv4("8.8.2.1"), ipv4("8.8.3.1"), ipv4("8.8.4.1"), ipv4("8.8.5.1")];
  learn(frontier, peer(1), [a, b]);
  // There is no room for it, however often it is named.
  assertEquals(learn(frontier, peer(1), [c, c, c]).new, 0);
  assertEquals([...frontier.counts().notDialled], [["over_quota", 1]]);
  // For this there is, as one of the first group's goes.
  assertEquals(learn(frontier, peer(2), [d]).new, 1);
  assertEquals(frontier.learnt().map(({ address }) => address), [b, d]);
  frontier.addTarget(e, "file");
  learn(frontier, peer(1), [d, e]);
  assertEquals(groups(frontier), new Map([[b.host, 1], [e.host, 1], [d.host, 2]]));
});

Deno.test("Frontier asks what comes in the place of an address that it was not to ask", () => {
  const frontier = frontierWith({ maxAddresses: 3 });
  const remembered = many(1, 3).map((address) => {
    return { address, services: 9n, time: NOW, groups: 1, turn: "usual", asks: false } as const;
  });
  frontier.remember(remembered, NOW);
  learn(frontier, peer(1), many(2, 1));
  frontier.addTarget(ipv4("8.8.8.8"), "file");
  const asked = Array.from({ length: 4 }, () => frontier.take(NETWORK_NAMES)).filter((candidate) => candidate?.asks);
  assertEquals(asked.map((candidate) => candidate?.address.host), ["8.8.8.8", "122.0.0.0"]);
});
