import { assert, assertEquals } from "@std/assert";
import { Gossip, hostAt, liarAt } from "../../bench/fleet/gossip.ts";
import { networkGroup } from "../../src/address/network_group.ts";
import { lastAddresses } from "../support/gossip.ts";

const LIVE_PORT = 8333;

/** An IPv4 address as a number. */
const ipv4 = (host: string): number => host.split(".").reduce((number, byte) => number * 256 + Number(byte), 0);

Deno.test("Gossip names every address of the network between its nodes, live and dead ones, and no other", async () => {
  const universe = { live: 2000, dead: 5000 };
  const gossip = new Gossip(universe, LIVE_PORT);
  const named = new Set<string>();
  for (let i = 0; i < 200; i++) {
    const addresses = await lastAddresses(gossip.answerOf(0x7f01_0000 + i));
    assertEquals(addresses.length, 1000);
    for (const address of addresses) named.add(address);
  }
  const all = Array.from({ length: 7000 }, (_, n) => `${hostAt(n)}:${n < universe.live ? LIVE_PORT : 1}`);
  assertEquals(named, new Set(all));
});

Deno.test("Gossip names a live address four times as often as a dead one, in every answer", async () => {
  const gossip = new Gossip({ live: 20_000, dead: 120_000 }, LIVE_PORT);
  for (let i = 0; i < 20; i++) {
    const addresses = await lastAddresses(gossip.answerOf(0x7f01_0000 + i));
    const live = addresses.filter((address) => address.endsWith(`:${LIVE_PORT}`));
    assert(live.length > 390 && live.length < 410, `${live.length} of 1,000 are live`);
  }
});

Deno.test("Gossip of a small network names all of it", async () => {
  const addresses = await lastAddresses(new Gossip({ live: 3, dead: 2 }, LIVE_PORT).answerOf(0x7f01_0000));
  assertEquals(new Set(addresses).size, 5);
});

Deno.test("hostAt() has different hosts, in many network groups", () => {
  const hosts = Array.from({ length: 220_000 }, (_, n) => hostAt(n));
  assertEquals(new Set(hosts).size, 220_000);
  const groups = new Set(hosts.slice(0, 1000).map((host) => networkGroup({ network: "ipv4", host })));
  assertEquals(groups.size, 250);
});

Deno.test("Gossip has liars that hand out addresses that nobody else does", async () => {
  const gossip = new Gossip({ live: 300, dead: 700 }, LIVE_PORT);
  const known = new Set(await lastAddresses(gossip.answerOf(0x7f01_0000)));
  const invented = (await Promise.all([0, 1, 999].map((n) => lastAddresses(gossip.answerOf(ipv4(liarAt(n))))))).flat();
  assertEquals([invented.length, new Set(invented).size], [3000, 3000]);
  assertEquals(invented.filter((address) => known.has(address)), []);
  assertEquals(new Set(invented.map((address) => address.split(":")[1])), new Set(["2", "6"]));
});
