import { assertEquals, assertThrows } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import type { CrawlResult } from "../../src/crawl/result.ts";
import { StateError } from "../../src/state/errors.ts";
import { State } from "../../src/state/state.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { addressResultOf, crawlSummaryResultOf } from "../support/results.ts";
import {
  addressOf,
  answer,
  down,
  named,
  rowsIn,
  run,
  runsIn,
  seedsIn,
  START,
  stateFile,
  up,
} from "../support/state.ts";
import { VirtualClock } from "../support/virtual_clock.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

/** What a run would be told at a time, as turn and host. */
function turnsAt(path: string, at: number): string[] {
  return run(path, at, [], { ends: false }).memory.map(({ turn, asks, address }) =>
    `${turn}${asks ? "" : " unasked"} ${address.host}`
  );
}

Deno.test("A new file knows nothing", () => {
  using file = stateFile();
  using state = new State(file.path, MAINNET, new VirtualClock());
  const { addresses, firstPart } = state.begin();
  assertEquals([[...addresses], firstPart, [...state.seeds()]], [[], null, []]);
});

Deno.test("A result is in the file within a fifth of a second, or with 1,000 others at once", () => {
  using file = stateFile();
  const clock = new VirtualClock(BigInt(START));
  using state = new State(file.path, MAINNET, clock);
  state.begin();
  state.add(up(1));
  assertEquals(rowsIn(file.path, "peer"), 1);
  state.add(up(2));
  assertEquals(rowsIn(file.path, "peer"), 1);
  clock.advance(199);
  state.add(up(3));
  assertEquals(rowsIn(file.path, "peer"), 1);
  clock.advance(1);
  assertEquals([rowsIn(file.path, "peer"), clock.timers], [3, 0]);
  clock.advance(200);
  state.add(up(4));
  assertEquals([rowsIn(file.path, "peer"), clock.timers], [4, 0]);
  state.add(up(5));
  clock.advance(200);
  assertEquals(rowsIn(file.path, "peer"), 5);
  for (let i = 1; i < 1000; i++) state.add(named(i));
  assertEquals([rowsIn(file.path, "address"), clock.timers], [0, 1]);
  state.add(named(1000));
  assertEquals([rowsIn(file.path, "address"), clock.timers], [1000, 0]);
});

Deno.test("The next run begins with what succeeded last, the latest first, and knows all the others", () => {
  using file = stateFile();
  const clock = new VirtualClock(BigInt(START));
  {
    using state = new State(file.path, MAINNET, clock);
    state.begin();
    const results: readonly CrawlResult[] = [up(1), answer(1), down(2), named(3), up(4)];
    for (const result of results) {
      state.add(result);
      clock.advance(1000);
    }
    assertEquals(state.end(crawlSummaryResultOf()), null);
  }
  const known = ["first 250.0.4.1", "first unasked 250.0.1.1", "usual 250.0.3.1", "later 250.0.2.1"];
  assertEquals(turnsAt(file.path, HOUR), known);
  assertEquals(turnsAt(file.path, 2 * HOUR + 60)[3], "usual 250.0.2.1");
  assertEquals(turnsAt(file.path, DAY + 60)[1], "first 250.0.1.1");
});

Deno.test("What peers say of an address is kept, the latest word", () => {
  using file = stateFile();
  run(file.path, 0, [named(1)]);
  run(file.path, DAY, [
    { ...named(1), type: "address", services: null, time: START + DAY, groups: 1 } as CrawlResult,
    named(2),
  ]);
  const memory = run(file.path, 2 * DAY, []).memory.map(({ services, time, groups }) => [services, time, groups]);
  assertEquals(memory, [[0xc09n, 1_795_000_000, 17], [null, START + DAY, 1]]);
});

Deno.test("A run that was not finished goes on, with the totals of its first part", () => {
  using file = stateFile();
  run(file.path, 0, [up(1), answer(1, 7), down(2), down(3), named(4)], { ends: false });
  using state = new State(file.path, MAINNET, new VirtualClock(BigInt(START + HOUR - 1)));
  const { addresses, firstPart } = state.begin();
  assertEquals(Array.from(addresses, ({ turn }) => turn), ["succeeded", "failed", "failed", "usual"]);
  assertEquals(firstPart, {
    success: 1,
    failure: 2,
    verackMissing: 0,
    errors: new Map([["timeout" as const, 2]]),
    elapsed: 0,
    asked: 1,
    answered: 1,
    selfOnly: 0,
    silent: 0,
    malformed: 0,
    closed: 0,
    entries: 7,
  });
});

Deno.test("A run that ended early goes on, and one that is complete does not", () => {
  using file = stateFile();
  run(file.path, 0, [up(1), answer(1)], { complete: false });
  assertEquals(turnsAt(file.path, 60), ["succeeded unasked 250.0.1.1"]);
  run(file.path, 120, [up(1), answer(1)], { complete: true });
  assertEquals(turnsAt(file.path, 180), ["first unasked 250.0.1.1"]);
});

Deno.test("A run that nobody went on with for an hour is left, and a new one begins", () => {
  using file = stateFile();
  run(file.path, 0, [up(1), down(2)], { ends: false });
  assertEquals(turnsAt(file.path, HOUR), ["first 250.0.1.1", "later 250.0.2.1"]);
  assertEquals(runsIn(file.path).map(({ run }) => run), [1, 2]);
});

Deno.test("A clock that was ahead for a run costs no address its turn in the next ones", () => {
  using file = stateFile();
  const later = { type: "address", time: START + 365 * DAY } as const;
  run(file.path, 365 * DAY, [up(1), answer(1), down(2), { ...named(3), ...later } as CrawlResult]);
  assertEquals(turnsAt(file.path, 0), ["first 250.0.1.1", "usual 250.0.3.1", "usual 250.0.2.1"]);
  run(file.path, 60, [up(1), { ...named(4), ...later, time: START + 660 } as CrawlResult]);
  const { memory } = run(file.path, 60, [], { ends: false });
  assertEquals(memory.map(({ time }) => time), [null, null, START + 660, null]);
});

Deno.test("A seed gives the averages of each peer that has ever shaken hands", () => {
  using file = stateFile();
  run(file.path, 0, [up(1), down(2)]);
  run(file.path, HOUR, [down(1)]);
  const [seed, ...more] = seedsIn(file.path);
  assertEquals([seed?.address, seed?.lastSuccess, seed?.good, more.length], [addressOf(1), START, true, 0]);
  assertEquals([seed?.version, seed?.height, seed?.services, seed?.userAgent], [
    70016,
    940_000,
    0xc09n,
    "/test:1.0/",
  ]);
  assertEquals(seed?.uptime["2h"].tries, 1 + Math.exp(-0.5));
});

Deno.test("A peer whose answer was not over when the program was killed is dialled and asked again, and not counted yet", () => {
  using file = stateFile();
  run(file.path, 0, [up(1), answer(1), up(2)], { ends: false });
  using state = new State(file.path, MAINNET, new VirtualClock(BigInt(START + 60)));
  const { addresses, firstPart } = state.begin();
  assertEquals(Array.from(addresses, ({ turn, asks }) => [turn, asks]), [["succeeded", false], ["first", true]]);
  assertEquals(firstPart?.success, 1);
});

/** Overwrites the first page of a table. */
function damage(path: string, table: string): void {
  const database = new DatabaseSync(path);
  const { page } = database.prepare("SELECT rootpage AS page FROM sqlite_schema WHERE name = ?").get(table) ?? {};
  const { page_size: size } = database.prepare("PRAGMA page_size").get() ?? {};
  database.close();
  using file = Deno.openSync(path, { write: true });
  file.seekSync((Number(page) - 1) * Number(size), Deno.SeekMode.Start);
  file.writeSync(new Uint8Array(Number(size)).fill(0xff));
}

Deno.test("A page that cannot be read is reported as damage, whatever is asked for", () => {
  using file = stateFile();
  run(file.path, 0, [up(1), named(1)]);
  for (const table of ["run", "peer"]) damage(file.path, table);
  using state = new State(file.path, MAINNET, new VirtualClock());
  for (const read of [() => [...state.runs()], () => [...state.seeds()], () => state.begin()]) {
    assertEquals(assertThrows(read, StateError, "it is damaged").code, "damaged");
  }
});

Deno.test("A run lasts as long as its parts, without the time between them", () => {
  using file = stateFile();
  const part = (at: number) => {
    const clock = new VirtualClock(BigInt(START + at));
    clock.advance(1_000_000);
    using state = new State(file.path, MAINNET, clock);
    state.begin();
    clock.advance(1234.4);
    state.add(up(1));
    clock.advance(100);
  };
  const elapsed = () => runsIn(file.path).map(({ elapsed }) => elapsed);
  part(0);
  assertEquals(elapsed(), [1234]);
  part(60);
  assertEquals(elapsed(), [2468]);
  run(file.path, 1120, [down(2)]);
  assertEquals(elapsed(), [10_012]);
});

Deno.test("Only peers, answers and addresses are kept, and nothing outside a run", () => {
  using file = stateFile();
  const clock = new VirtualClock(BigInt(START));
  using state = new State(file.path, MAINNET, clock, 1);
  state.add(up(1));
  assertEquals([state.end(crawlSummaryResultOf()), state.error, rowsIn(file.path, "peer")], [null, null, 0]);
  state.begin();
  state.add({
    type: "seed",
    target: "seed.example",
    resolution: { addresses: [], error: null, failures: [], elapsed: 0 },
  });
  state.add(crawlSummaryResultOf());
  assertEquals([state.error, clock.timers], [null, 0]);
});

Deno.test("Nothing more is kept once something could not be, not even the end of the run", () => {
  using file = stateFile();
  const clock = new VirtualClock(BigInt(START));
  {
    using state = new State(file.path, MAINNET, clock);
    state.begin();
    state.add({ ...addressResultOf(), time: 0.5 });
    assertEquals([state.error?.code, state.error?.message], [
      "failed",
      "cannot store REAL value in INTEGER column address.time",
    ]);
    state.add(up(1));
    assertEquals(clock.timers, 0);
    assertEquals(state.end(crawlSummaryResultOf()), null);
  }
  assertEquals([runsIn(file.path)[0]?.ended, run(file.path, 0, []).memory], [null, []]);
});

Deno.test("begin() says what is wrong with a file that lacks a table", () => {
  using file = stateFile();
  new State(file.path, MAINNET, new VirtualClock())[Symbol.dispose]();
  const database = new DatabaseSync(file.path);
  database.exec("DROP TABLE run");
  database.close();
  using state = new State(file.path, MAINNET, new VirtualClock());
  const error = assertThrows(() => state.begin(), StateError);
  assertEquals([error.code, error.message], ["failed", "no such table: run"]);
});

Deno.test("A file that is no more what this program has written is reported as damaged", () => {
  using file = stateFile();
  run(file.path, 0, [named(1)]);
  const database = new DatabaseSync(file.path);
  database.exec("UPDATE address SET address = 'nonsense'");
  database.close();
  using state = new State(file.path, MAINNET, new VirtualClock());
  assertThrows(() => [...state.begin().addresses], StateError, "it is damaged: expected an address, got nonsense");
});
