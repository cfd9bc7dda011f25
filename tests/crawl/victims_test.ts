import { assertEquals } from "@std/assert";
import { KnownAddresses, STATE, type State } from "../../src/crawl/known_addresses.ts";
import { Namers } from "../../src/crawl/namers.ts";
import { Victims } from "../../src/crawl/victims.ts";

/** Addresses that only one group has named, all in one state; returns their numbers. */
function named(known: KnownAddresses, namers: Namers, group: number, count: number, state: State): number[] {
  const numbers = Array.from(
    { length: count },
    (_, i) => known.add({ network: "ipv4", host: `8.${group}.${state}.${i}`, port: 8333 }),
  );
  const index = namers.open({ network: "ipv4", host: `20.${group}.0.1`, port: 8333 });
  namers.close();
  for (const number of numbers) {
    known.addGroup(number, index);
    known.setState(number, state);
    if (state === STATE.waiting) namers.countWaiting(number, 1);
  }
  return numbers;
}

function begin(): { known: KnownAddresses; namers: Namers } {
  const known = new KnownAddresses(1);
  return { known, namers: new Namers(known) };
}

Deno.test("Victims are first what is not to be dialled, whoever named it, and never what was", () => {
  const { known, namers } = begin();
  named(known, namers, 0, 5, STATE.waiting);
  named(known, namers, 0, 5, STATE.dialled);
  const [old = NaN] = named(known, namers, 1, 1, STATE.tooOld);
  const victims = new Victims(known, namers, 11);
  assertEquals(victims.next(1), old);
  known.setState(old, STATE.dropped);
  const next = victims.next(1);
  assertEquals([next === undefined, known.state(next ?? old)], [false, STATE.waiting]);
});

Deno.test("Victims are then of the group of which most wait, unless the one that asks has as many", () => {
  const { known, namers } = begin();
  const most = named(known, namers, 0, 9, STATE.waiting);
  named(known, namers, 1, 4, STATE.waiting);
  const victims = new Victims(known, namers, 13);
  assertEquals(most.includes(victims.next(1) ?? NaN), true);
  assertEquals([victims.next(0), namers.waiting(0)], [undefined, 9]);
});

Deno.test("Victims are none of what two groups have named, nor a target", () => {
  const { known, namers } = begin();
  const numbers = named(known, namers, 0, 3, STATE.waiting);
  named(known, namers, 1, 1, STATE.dialled);
  for (const number of numbers.slice(1)) {
    namers.countWaiting(number, -1);
    known.addGroup(number, 1);
  }
  const [first = NaN] = numbers;
  namers.countWaiting(first, -1);
  known.setTarget(first);
  const victims = new Victims(known, namers, 4);
  assertEquals([victims.next(1), victims.next(1), victims.next(1)], [undefined, undefined, undefined]);
});
