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

/** An address is dropped, as a victim is. */
function drop({ known, namers }: ReturnType<typeof begin>, number: number | undefined): void {
  if (number === undefined) throw new TypeError("There is no victim");
  if (known.state(number) === STATE.waiting) namers.countWaiting(number, -1);
  known.setState(number, STATE.dropped);
}

/** As many addresses are looked for at once. */
const at = (once: number) => 64 * once;

Deno.test("Victims are still what is not to be dialled when some of that has come to wait", () => {
  const { known, namers } = begin();
  const [old = NaN, seenAgain = NaN] = named(known, namers, 0, 2, STATE.tooOld);
  named(known, namers, 1, 5, STATE.waiting);
  const victims = new Victims(known, namers, at(2));
  assertEquals(victims.next(2), seenAgain);
  known.setState(seenAgain, STATE.waiting);
  namers.countWaiting(seenAgain, 1);
  assertEquals(victims.next(2), old);
});

Deno.test("Victims are what is not to be dialled as soon as there is some of it, whatever waits by then", () => {
  const crowd = begin();
  const { known, namers } = crowd;
  named(known, namers, 0, 5, STATE.waiting);
  const victims = new Victims(known, namers, at(2));
  for (let i = 0; i < 2; i++) drop(crowd, victims.next(2));
  const [old = NaN, seenAgain = NaN] = named(known, namers, 1, 2, STATE.tooOld);
  named(known, namers, 1, 5, STATE.waiting);
  assertEquals(victims.next(2), seenAgain);
  known.setState(seenAgain, STATE.waiting);
  namers.countWaiting(seenAgain, 1);
  assertEquals(victims.next(2), old);
});

Deno.test("Victims are found behind any number of addresses that may not go", () => {
  const { known, namers } = begin();
  named(known, namers, 0, 5, STATE.dialled);
  for (const number of named(known, namers, 0, 5, STATE.tooOld)) known.addGroup(number, 1);
  const waiting = named(known, namers, 0, 9, STATE.waiting);
  assertEquals(new Victims(known, namers, at(2)).next(1), waiting[1]);
});

Deno.test("Victims go for who has at least two fewer waiting", () => {
  const victimFor = (waiting: number) => {
    const { known, namers } = begin();
    named(known, namers, 0, 3, STATE.waiting);
    named(known, namers, 1, waiting, STATE.waiting);
    return new Victims(known, namers, 1).next(1) !== undefined;
  };
  assertEquals([0, 1, 2, 3, 4].map(victimFor), [true, true, false, false, false]);
});

Deno.test("Victims are as many of each group as bring it down to the others, from the first address on", () => {
  const crowd = begin();
  const small = named(crowd.known, crowd.namers, 0, 4, STATE.waiting);
  const big = named(crowd.known, crowd.namers, 1, 6, STATE.waiting);
  const victims = new Victims(crowd.known, crowd.namers, at(4));
  const gone = [1, 2, 3, 4].map(() => {
    const number = victims.next(2);
    drop(crowd, number);
    return number;
  });
  assertEquals(gone, [big[2], big[1], big[0], small[0]]);
  assertEquals([crowd.namers.waiting(0), crowd.namers.waiting(1)], [3, 3]);
});

Deno.test("Victims are none of a group of which as much has been dialled meanwhile", () => {
  const { known, namers } = begin();
  const big = named(known, namers, 0, 9, STATE.waiting);
  const other = named(known, namers, 1, 8, STATE.waiting);
  const victims = new Victims(known, namers, at(2));
  assertEquals(victims.next(2), big[1]);
  for (const number of big.slice(-2)) {
    namers.countWaiting(number, -1);
    known.setState(number, STATE.inFlight);
  }
  assertEquals(victims.next(2), other[0]);
});

Deno.test("Victims are none of what another group has named meanwhile", () => {
  const { known, namers } = begin();
  const [first, second = NaN] = named(known, namers, 0, 9, STATE.waiting);
  const victims = new Victims(known, namers, at(2));
  assertEquals(victims.next(1), second);
  namers.countWaiting(second, -1);
  known.addGroup(second, 1);
  assertEquals(victims.next(1), first);
});

Deno.test("Victims are looked for anew once as many were asked for in vain as are looked for at once", () => {
  const { known, namers } = begin();
  const numbers = named(known, namers, 0, 3, STATE.dialled);
  const victims = new Victims(known, namers, at(3));
  assertEquals(victims.next(1), undefined);
  for (const number of numbers) known.setState(number, STATE.tooOld);
  assertEquals([1, 2, 3].map(() => victims.next(1)), [undefined, undefined, numbers.at(-1)]);
});
