import { assert, assertEquals } from "@std/assert";
import { isRefused, isWaiting, KnownAddresses, STATE } from "../../src/crawl/known_addresses.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";

/** Network groups have indexes up to this. */
const LAST_GROUP = 2 ** 24 - 1;

const LAST_TIME = 0xffff_ffff;

function one(seed = 1) {
  const known = new KnownAddresses(seed);
  return { known, number: known.add({ network: "ipv4", host: "8.8.8.8", port: 8333 }) };
}

/** All that is known of an address. */
function all(known: KnownAddresses, number: number) {
  return {
    address: known.at(number),
    time: known.time(number),
    services: known.services(number),
    groups: known.groups(number),
    firstGroup: known.firstGroup(number),
    source: known.source(number),
    state: known.state(number),
    isTarget: known.isTarget(number),
    position: known.position(number),
    hasRisen: known.hasRisen(number),
  };
}

/** What is known of an address that was just added. */
const NOTHING = {
  time: 0,
  services: 0n,
  groups: 0,
  firstGroup: 0,
  source: 0,
  state: STATE.fresh,
  isTarget: false,
  position: 0,
  hasRisen: false,
};

Deno.test("KnownAddresses keeps all that it is told about an address, however great, and about no other", () => {
  const known = new KnownAddresses(1);
  const numbers = ONE_OF_EACH.map((address) => known.add(address));
  for (const number of numbers) {
    known.addTime(number, LAST_TIME - number);
    known.addServices(number, 0xffff_ffff, 0xffff_fff0 + number);
    known.setGroups(number, LAST_GROUP - number, 1000 + number);
    known.setSource(number, 0xffff_ffff - number);
    known.setTarget(number);
    known.setState(number, STATE.dropped);
    known.setPosition(number, 0x7fff_ffff - number);
    known.setRisen(number, true);
  }
  const last = known.add({ network: "ipv4", host: "8.8.8.8", port: 8333 });
  for (const [number, address] of ONE_OF_EACH.entries()) {
    assertEquals(all(known, number), {
      address,
      time: LAST_TIME - number,
      services: 2n ** 64n - (16n - BigInt(number)) * 2n ** 32n + 0xffff_ffffn,
      groups: 1000 + number,
      firstGroup: LAST_GROUP - number,
      source: 0xffff_ffff - number,
      state: STATE.dropped,
      isTarget: true,
      position: 0x7fff_ffff - number,
      hasRisen: true,
    });
  }
  assertEquals(all(known, last), { address: { network: "ipv4", host: "8.8.8.8", port: 8333 }, ...NOTHING });
});

Deno.test("KnownAddresses changes one thing at a time", () => {
  const { known, number } = one();
  const fresh = all(known, number);
  known.setState(number, STATE.waiting);
  assertEquals(all(known, number), { ...fresh, state: STATE.waiting });
  known.setTarget(number);
  known.setState(number, STATE.held);
  assertEquals(all(known, number), { ...fresh, state: STATE.held, isTarget: true });
  known.setState(number, STATE.fresh);
  known.setPosition(number, 5);
  known.setRisen(number, true);
  known.setPosition(number, 6);
  assertEquals(all(known, number), { ...fresh, isTarget: true, position: 6, hasRisen: true });
  known.setRisen(number, false);
  assertEquals(all(known, number), { ...fresh, isTarget: true, position: 6 });
  known.setPosition(number, 9);
  assertEquals(all(known, number), { ...fresh, isTarget: true, position: 9 });
});

Deno.test("KnownAddresses keeps the newest time, and says whether one is newer", () => {
  const { known, number } = one();
  assertEquals([7, 7, 6, 8, 0].map((time) => known.addTime(number, time)), [true, false, false, true, false]);
  assertEquals(known.time(number), 8);
});

Deno.test("KnownAddresses adds up the service bits that are given", () => {
  const { known, number } = one();
  known.addServices(number, 8, 1);
  known.addServices(number, 1, 0);
  known.addServices(number, 0, 0x8000_0000);
  assertEquals(known.services(number), 0x8000_0001_0000_0009n);
});

Deno.test("KnownAddresses counts the groups that have named an address, and remembers the first", () => {
  const { known, number } = one();
  const seen = () => [known.groups(number), known.firstGroup(number), known.isSingle(number)];
  assertEquals(seen(), [0, 0, false]);
  known.addGroup(number, 4);
  assertEquals(seen(), [1, 4, true]);
  known.addGroup(number, 3);
  assertEquals(seen(), [2, 4, false]);
});

Deno.test("KnownAddresses has no target that a single group has named", () => {
  const { known, number } = one();
  known.addGroup(number, 4);
  known.setTarget(number);
  assertEquals(known.isSingle(number), false);
});

Deno.test("KnownAddresses takes one group for all those of earlier runs", () => {
  const { known, number } = one();
  known.setGroups(number, 6, 17);
  known.addGroup(number, 1);
  assertEquals([known.groups(number), known.firstGroup(number)], [18, 6]);
});

Deno.test("KnownAddresses.rank() puts targets first, then what most groups have named, then the freshest", () => {
  const known = new KnownAddresses(1);
  const ascending: readonly (readonly [groups: number, time: number, isTarget: boolean])[] = [
    [0, 0, false],
    [1, 0, false],
    [1, 1, false],
    [1, LAST_TIME, false],
    [2, 0, false],
    [1000, LAST_TIME, false],
    [2 ** 20 - 1, LAST_TIME, false],
    [0, 0, true],
    [0, 1, true],
    [1, 0, true],
  ];
  const ranks = ascending.map(([groups, time, isTarget], i) => {
    const number = known.add({ network: "ipv4", host: `8.8.8.${i}`, port: 8333 });
    if (groups > 0) known.setGroups(number, 0, groups);
    known.addTime(number, time);
    if (isTarget) known.setTarget(number);
    return known.rank(number);
  });
  for (const [i, rank] of ranks.entries()) assert(rank > (ranks[i - 1] ?? -1), `${ascending[i]}`);
});

Deno.test("KnownAddresses.chance() puts equals into an order that only the seed tells", () => {
  const order = (seed: number) => {
    const known = new KnownAddresses(seed);
    const numbers = Array.from({ length: 100 }, (_, i) => i);
    assertEquals(new Set(numbers.map((number) => known.chance(number))).size, 100);
    return numbers.toSorted((a, b) => known.chance(a) - known.chance(b)).join();
  };
  assertEquals(new Set([0, 1, 2, 0xffff_ffff, 1].map(order)).size, 4);
});

Deno.test("The states are all different: some wait, some are not to be dialled, none does both", () => {
  const names = Object.entries(STATE);
  assertEquals(new Set(Object.values(STATE)).size, names.length);
  const those = (is: typeof isWaiting) => names.filter(([, state]) => is(state)).map(([name]) => name);
  assertEquals(those(isWaiting), ["waiting", "held"]);
  assertEquals(those(isRefused), ["unroutable", "portZero", "tooOld", "excluded", "network", "backOff"]);
});
