import { assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import type { CrawlResult } from "../../src/crawl/result.ts";
import { DEFAULT_CRAWL } from "../../src/crawl/rules.ts";
import { dropExcess } from "../../src/state/pruning.ts";
import { State } from "../../src/state/state.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { addressResultOf } from "../support/results.ts";
import { addressOf, down, rowsIn, run, runsIn, START, stateFile, up } from "../support/state.ts";
import { VirtualClock } from "../support/virtual_clock.ts";

const DAY = 24 * 3600;

/** A peer that `groups` have named, last so many seconds after the start. */
function seen(number: number, at: number, groups = 1): CrawlResult {
  return addressResultOf({ address: addressOf(number), time: START + at, groups, reason: null });
}

/** The third byte of each address that a run is told of, in their order. */
function known(path: string, at: number, wanted = {}): number[] {
  using state = new State(path, MAINNET, new VirtualClock(BigInt(START + at)));
  const { addresses } = state.begin({ ...DEFAULT_CRAWL, ...wanted });
  return Array.from(addresses, ({ address }) => Number(address.host.split(".")[2]));
}

Deno.test("What never shook hands goes when nobody has seen it for 30 days", () => {
  using file = stateFile();
  run(file.path, 0, [up(1), seen(1, 0), down(2), seen(2, 0), down(3), seen(3, 2 * DAY), seen(4, 0), seen(5, 2 * DAY)]);
  run(file.path, DAY, [down(6)]);
  assertEquals(known(file.path, 30 * DAY).sort(), [1, 2, 3, 4, 5, 6]);
  assertEquals(known(file.path, 30 * DAY + 1).sort(), [1, 3, 5, 6]);
  assertEquals(known(file.path, 33 * DAY), [1]);
});

Deno.test("A run that wants what is older keeps it", () => {
  using file = stateFile();
  run(file.path, 0, [seen(1, 0)]);
  const wanted = { maxAge: 50 * DAY * 1000 };
  assertEquals([known(file.path, 50 * DAY, wanted), known(file.path, 50 * DAY + 1, wanted)], [[1], []]);
});

Deno.test("A file keeps as many addresses as it has room for, or as a run wants", () => {
  using file = stateFile();
  const knows = (maxAddresses: number) => {
    using state = new State(file.path, MAINNET, new VirtualClock(BigInt(START)), 2);
    return [...state.begin({ ...DEFAULT_CRAWL, maxAddresses }).addresses].length;
  };
  run(file.path, 0, [seen(1, 0), seen(2, 0), seen(3, 0), seen(4, 0)]);
  assertEquals([knows(3), knows(1), knows(9)], [3, 1, 2]);
});

Deno.test("A file that is only read loses nothing", () => {
  using file = stateFile();
  run(file.path, 0, [up(1), up(2)]);
  {
    using state = new State(file.path, MAINNET, new VirtualClock(BigInt(START)), 0);
    state.flush();
    assertEquals(state.error, null);
  }
  assertEquals(known(file.path, 0).length, 2);
});

Deno.test("The history stays when the addresses go", () => {
  using file = stateFile();
  run(file.path, 0, [down(1), seen(1, 0)]);
  run(file.path, 100 * DAY, [down(2)]);
  assertEquals(runsIn(file.path).map(({ run, networks }) => [run, networks.ipv4?.success]), [[1, 6612], [2, 6612]]);
});

Deno.test("A run is told of no more addresses than it wants, and the file keeps the others", () => {
  using file = stateFile();
  run(file.path, 0, [up(1), seen(2, 0, 2), seen(3, 0, 9), down(4)]);
  assertEquals(known(file.path, DAY, { maxAddresses: 2 }), [1, 3]);
  assertEquals(known(file.path, DAY).length, 4);
});

Deno.test("What is over the most that a file keeps goes, and what shook hands goes last", () => {
  using file = stateFile();
  run(file.path, 0, [up(1), down(9)]);
  run(file.path, DAY, [up(2), down(3), seen(4, 0, 2), seen(5, 0), seen(6, DAY)]);
  const database = new DatabaseSync(file.path);
  const rooms = [6, 5, 4, 3, 2, 1].map((room) => {
    dropExcess(database, 2, room);
    const rows = database.prepare("SELECT address FROM address UNION SELECT address FROM peer").all();
    return rows.map(({ address }) => String(address).split(".")[2]).join();
  });
  database.close();
  assertEquals(rooms, ["1,2,3,4,5,6", "1,2,3,4,6", "1,2,3,4", "1,2,3", "1,2", "2"]);
});

Deno.test("Of what a single run names, a file has at most twice as much as it keeps, and the next run no more than that", () => {
  using file = stateFile();
  const open = () => new State(file.path, MAINNET, new VirtualClock(BigInt(START)), 10);
  const wanted = { ...DEFAULT_CRAWL, maxAddresses: 5 };
  const counts: number[] = [];
  {
    using state = open();
    state.begin(wanted);
    state.add(up(1));
    for (let i = 2; i <= 35; i++) {
      state.add(seen(i, 0));
      state.flush();
      if ([19, 20, 29, 30, 35].includes(i)) counts.push(rowsIn(file.path, "address"));
    }
  }
  {
    using state = open();
    state.begin(wanted);
  }
  assertEquals([...counts, rowsIn(file.path, "address"), rowsIn(file.path, "peer")], [18, 9, 18, 9, 14, 9, 1]);
});
