import { assertEquals } from "@std/assert";
import type { PeerAddress } from "../../src/address/address.ts";
import { KnownAddresses } from "../../src/crawl/known_addresses.ts";
import { Namers } from "../../src/crawl/namers.ts";

/** `count` addresses wait that only one group, that of 20.`group`.0.1, has named. */
function name(known: KnownAddresses, namers: Namers, group: number, count: number): void {
  const numbers = Array.from(
    { length: count },
    (_, i) => known.add({ network: "ipv4", host: `8.${group}.0.${i}`, port: 8333 }),
  );
  const index = namers.open({ network: "ipv4", host: `20.${group}.0.1`, port: 8333 });
  for (const number of numbers) {
    namers.name(number);
    known.addGroup(number, index);
    namers.countWaiting(number, 1);
  }
  namers.close();
}

Deno.test("Namers has one group for the peers of a network group, for an overlay network, and for all names", () => {
  const namers = new Namers(new KnownAddresses(1));
  const peers: PeerAddress[] = [
    { network: "ipv4", host: "20.1.0.1", port: 8333 },
    { network: "ipv4", host: "20.1.255.255", port: 1 },
    { network: "ipv4", host: "20.2.0.1", port: 8333 },
    { network: null, host: "seed.example", port: 8333 },
    { network: null, host: "other.example", port: 8333 },
    { network: "cjdns", host: "fc00::1", port: 8333 },
    { network: "cjdns", host: "fc01::1", port: 8333 },
    { network: "ipv4", host: "127.1.0.1", port: 8333 },
    { network: "ipv4", host: "127.2.0.1", port: 8333 },
  ];
  const indexes = peers.map((peer) => {
    const index = namers.open(peer);
    namers.close();
    return index;
  });
  assertEquals(indexes, [0, 0, 1, 2, 2, 3, 3, 4, 5]);
  // Those of earlier runs are one of their own, too.
  assertEquals([namers.openMemory(), namers.openMemory()], [6, 6]);
});

Deno.test("Namers.level() is how far the biggest groups have to be cut down, so that enough goes", () => {
  const known = new KnownAddresses(1);
  const namers = new Namers(known);
  assertEquals(namers.level(1), 0);
  for (const [i, count] of [10, 4, 7].entries()) name(known, namers, i, count);
  assertEquals([0, 1, 2].map((group) => namers.waiting(group)), [10, 4, 7]);
  // 10 7 4, 9 7 4, 8 7 4, 7 7 4, and then both.
  assertEquals([1, 2, 3, 4, 5, 9, 10, 21, 22].map((count) => namers.level(count)), [9, 8, 7, 6, 6, 4, 3, 0, 0]);
});

Deno.test("Namers.forget() lets a group name again what it alone had named", () => {
  const known = new KnownAddresses(1);
  const namers = new Namers(known);
  name(known, namers, 0, 3);
  namers.forget(1);
  namers.open({ network: "ipv4", host: "20.0.0.1", port: 8333 });
  assertEquals([0, 1, 2].map((number) => namers.name(number)), [false, true, false]);
  namers.close();
});

Deno.test("Namers counts what waits of a group alone: no target, and nothing that another has named", () => {
  const known = new KnownAddresses(1);
  const namers = new Namers(known);
  name(known, namers, 0, 3);
  known.setTarget(0);
  known.addGroup(1, 7);
  for (const number of [0, 1, 2]) namers.countWaiting(number, -1);
  assertEquals([namers.waiting(0), namers.waiting(1)], [2, 0]);
});
