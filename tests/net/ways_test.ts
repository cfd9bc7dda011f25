import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import type { Way } from "../../src/net/route.ts";
import { Ways } from "../../src/net/ways.ts";
import { ScriptedConnection, turns } from "../support/scripted_io.ts";

const PEER = ipAddress("192.0.2.7", 8333);

interface TestWay extends Way {
  isLost: boolean;
  readonly name: string;
}

function newWay(name: string, limit: number): TestWay {
  const lead = () => () => Promise.resolve(new ScriptedConnection());
  return { name, isProxy: true, limit, isLost: false, ready: () => null, lead };
}

/** Leads peers over ways, until told to end; says over which. */
class Travel {
  readonly #ways: Ways;
  readonly #ends: (() => void)[] = [];
  taken = "";

  constructor(...ways: [TestWay, ...TestWay[]]) {
    const [first, ...others] = ways.map((way) => ({
      ...way,
      get isLost() {
        return way.isLost;
      },
      lead: () => {
        this.taken += way.name;
        return way.lead(PEER);
      },
    }));
    if (first === undefined) throw new Error("no way");
    this.#ways = new Ways(first, ...others);
  }

  get hasRoom(): boolean {
    return this.#ways.hasRoom;
  }

  begin(): void {
    this.#ways.lead(PEER, 1000, () => new Promise<void>((resolve) => this.#ends.push(resolve)));
  }

  async end(i: number): Promise<void> {
    this.#ends[i]?.();
    await turns();
  }
}

Deno.test("Ways share peers out among them, to the one with the least in flight, up to the limit of each", async () => {
  const travel = new Travel(newWay("a", 2), newWay("b", 2));
  const rooms: boolean[] = [];
  for (let i = 0; i < 4; i++) {
    rooms.push(travel.hasRoom);
    travel.begin();
  }
  assertEquals([travel.taken, rooms, travel.hasRoom], ["abab", [true, true, true, true], false]);
  await travel.end(1);
  assertEquals(travel.hasRoom, true);
  travel.begin();
  assertEquals([travel.taken, travel.hasRoom], ["ababb", false]);
});

Deno.test("Ways go over none that is lost while another is not", () => {
  const [a, b] = [newWay("a", 1), newWay("b", 1)];
  const travel = new Travel(a, b);
  a.isLost = true;
  travel.begin();
  assertEquals([travel.taken, travel.hasRoom], ["b", false]);
  // Whatever comes now fails at once.
  b.isLost = true;
  assertEquals(travel.hasRoom, true);
});

Deno.test("Ways are lost when the last of them is", () => {
  const [a, b] = [newWay("a", 1), newWay("b", 1)];
  const ways = new Ways(a, b);
  a.isLost = true;
  assertEquals(ways.isLost, false);
  b.isLost = true;
  assertEquals(ways.isLost, true);
});

Deno.test("Ways are ready when all of them are, at once if they are already", async () => {
  const readiness = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  const waiting = readiness.map(({ promise }, i) => ({ ...newWay(`${i}`, 1), ready: () => promise }));
  const ready = newWay("ready", 1);
  assertEquals(new Ways(ready, newWay("too", 1)).ready(), null);
  const [one = ready] = waiting;
  assertStrictEquals(new Ways(ready, one, ready).ready(), one.ready());
  let isReady = false;
  const all = new Ways(ready, ...waiting).ready()?.then(() => isReady = true);
  for (const { resolve } of readiness.toReversed()) {
    await turns();
    assertEquals(isReady, false);
    resolve();
  }
  await all;
  assertEquals(isReady, true);
});

Deno.test("Ways count no handshake twice, and one that is rejected no longer", async () => {
  const ways = new Ways(newWay("a", 1));
  await assertRejects(() => ways.lead(PEER, 1000, () => Promise.reject(new Error("failed"))), Error, "failed");
  assertEquals(ways.hasRoom, true);
  await ways.lead(PEER, 1000, () => Promise.resolve(assertEquals(ways.hasRoom, false)));
  assertEquals(ways.hasRoom, true);
});

Deno.test("Ways have the limits of all together", () => {
  const direct = newWay("d", Infinity);
  assertEquals([new Ways(newWay("a", 3), newWay("b", 4)).limit, new Ways(direct).limit], [7, Infinity]);
});
