import { assertEquals } from "@std/assert";
import type { Address } from "../../src/address/address.ts";
import { NETWORK_NAMES } from "../../src/address/network.ts";
import { KnownAddresses, STATE } from "../../src/crawl/known_addresses.ts";
import { Waiting } from "../../src/crawl/waiting.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";
import { ONION } from "../support/overlays.ts";

/** Waiting addresses, those that come first having been seen last. */
function waitingOf(addresses: readonly Address[]) {
  const known = new KnownAddresses(1);
  const waiting = new Waiting(known);
  for (const address of addresses) {
    const number = known.add(address);
    known.addTime(number, 1_800_000_000 - number);
    waiting.add(number);
  }
  return { known, waiting, take: () => waiting.take(NETWORK_NAMES) };
}

const near = (count: number): Address[] =>
  Array.from({ length: count }, (_, i) => ({ network: "ipv4", host: `8.8.8.${i}`, port: 8333 }));

/** An address in each network, each routable. */
const APART: readonly Address[] = [
  { network: "ipv4", host: "8.8.8.8", port: 8333 },
  { network: "ipv6", host: "2600::1", port: 8333 },
  ...ONE_OF_EACH.filter(({ network }) => network !== "ipv4" && network !== "ipv6"),
];

Deno.test("Waiting gives the most wanted address of the networks that are asked for, and counts each in its own", () => {
  const { known, waiting, take } = waitingOf(APART);
  const sizes = () => NETWORK_NAMES.map((network) => waiting.size(network));
  assertEquals([waiting.take([]), waiting.take(["onion", "cjdns"]), waiting.take(["i2p", "ipv6"])], [undefined, 2, 1]);
  assertEquals([sizes(), waiting.total], [[1, 0, 0, 1, 1], 5]);
  known.addTime(4, 1_900_000_000);
  waiting.rise(4);
  assertEquals([take(), take(), take(), take()], [4, 0, 3, undefined]);
  assertEquals([sizes(), waiting.total], [[0, 0, 0, 0, 0], 5]);
  assertEquals(APART.map((_, number) => known.state(number)), APART.map(() => STATE.inFlight));
  for (const number of APART.keys()) waiting.end(number);
  assertEquals(waiting.total, 0);
});

Deno.test("Waiting holds back the third of a subnet until one of it is done", () => {
  const { known, waiting, take } = waitingOf(near(4));
  assertEquals([take(), take(), take()], [0, 1, undefined]);
  assertEquals([known.state(2), known.state(3), waiting.size("ipv4"), waiting.total], [STATE.held, STATE.held, 2, 4]);
  waiting.end(1);
  assertEquals([known.state(2), waiting.size("ipv4"), waiting.total], [STATE.waiting, 2, 3]);
  assertEquals([take(), take()], [2, undefined]);
  waiting.end(0);
  waiting.end(2);
  assertEquals([take(), waiting.size("ipv4"), waiting.total], [3, 0, 1]);
});

Deno.test("Waiting gives nothing that was removed, whether it was held back or not", () => {
  const { known, waiting, take } = waitingOf(near(4));
  waiting.remove(3);
  assertEquals([take(), take(), take()], [0, 1, undefined]);
  waiting.remove(2);
  assertEquals([known.state(2), known.state(3), waiting.size("ipv4"), waiting.total], [STATE.fresh, STATE.fresh, 0, 2]);
  waiting.end(0);
  waiting.end(1);
  assertEquals([take(), waiting.size("ipv4"), waiting.total], [undefined, 0, 0]);
});

Deno.test("Waiting holds nothing back for ever when what would have been next in its subnet is removed", () => {
  const { waiting, take } = waitingOf(near(5));
  assertEquals([take(), take(), take()], [0, 1, undefined]);
  waiting.end(0);
  waiting.end(1);
  // Two of the three are free to go; they are removed before anybody takes them.
  waiting.remove(2);
  waiting.remove(3);
  assertEquals([take(), take(), waiting.size("ipv4")], [4, undefined, 0]);
});

Deno.test("Waiting takes no more than two of a subnet, but any number of what is in none", () => {
  const onions = Array.from({ length: 5 }, (_, port): Address => ({ network: "onion", host: ONION, port }));
  const { waiting, take } = waitingOf(onions);
  assertEquals(onions.map(take), [0, 1, 2, 3, 4]);
  for (const number of [0, 1, 2, 3, 4]) waiting.end(number);
  assertEquals(waiting.total, 0);
});
