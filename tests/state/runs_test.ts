import { assertEquals } from "@std/assert";
import type { RunResult } from "../../src/state/result.ts";
import { State } from "../../src/state/state.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { ascii } from "../support/bytes.ts";
import { versionMessage } from "../support/messages.ts";
import { addressOf, answer, down, run, START, stateFile, up } from "../support/state.ts";
import { addrsResultOf } from "../support/results.ts";
import { VirtualClock } from "../support/virtual_clock.ts";

const DAY = 24 * 3600;

/** The runs of a file. */
function runsIn(path: string): RunResult[] {
  using state = new State(path, MAINNET, new VirtualClock());
  return [...state.runs()];
}

Deno.test("A run keeps how it compared with the run before", () => {
  using file = stateFile();
  run(file.path, 0, [up(1), up(2), up(3)]);
  run(file.path, DAY, [down(1), down(2), up(3)]);
  run(file.path, 2 * DAY, [up(1), up(2), down(3), up(4), up(5), up(6)]);
  assertEquals(runsIn(file.path).map(({ since }) => since), [
    null,
    { new: 0, back: 0, gone: 2, kept: 1 },
    { new: 3, back: 2, gone: 1, kept: 0 },
  ]);
});

Deno.test("A run in which nothing was dialled gives its number to the next one, which begins when that does", () => {
  using file = stateFile();
  run(file.path, 0, [], { ends: false });
  assertEquals(runsIn(file.path).map(({ started, elapsed }) => [started, elapsed]), [[START, 0]]);
  run(file.path, DAY, [up(1)]);
  assertEquals(runsIn(file.path).map(({ run, started }) => [run, started]), [[1, START + DAY]]);
});

Deno.test("A run keeps its 100 most frequent user agents", () => {
  using file = stateFile();
  const agents = Array.from({ length: 101 }, (_, i) => `/test:${String(i).padStart(3, "0")}/`);
  const peers = [...agents, agents[100] ?? "", agents[99] ?? ""].map((agent, i) =>
    up(i, { version: versionMessage({ userAgent: ascii(agent) }) })
  );
  run(file.path, 0, peers);
  const { userAgents = [] } = runsIn(file.path)[0] ?? {};
  assertEquals(userAgents.length, 100);
  assertEquals(userAgents.slice(0, 3), [["/test:099/", 2], ["/test:100/", 2], ["/test:000/", 1]]);
  assertEquals(userAgents.at(-1), ["/test:097/", 1]);
});

Deno.test("A run keeps the median height of those that said one, and how many announce the v2 transport", () => {
  using file = stateFile();
  const heights = [50, 10, null, 30, 20, 40];
  const peers = heights.map((startHeight, i) =>
    up(i, { version: versionMessage({ startHeight, services: i < 2 ? 0x809n : 9n }) })
  );
  run(file.path, 0, [...peers, up(7, { version: null })]);
  const { ipv4 } = runsIn(file.path)[0]?.networks ?? {};
  assertEquals([ipv4?.medianHeight, ipv4?.v2], [30, 2]);
});

Deno.test("The first part of a run has the totals of what was dialled within the hour", () => {
  using file = stateFile();
  const part = () => {
    using state = new State(file.path, MAINNET, new VirtualClock(BigInt(START + 60)));
    return state.begin().firstPart;
  };
  run(file.path, 0, [down(1)], { ends: false });
  assertEquals([part()?.success, part()?.verackMissing, part()?.asked], [0, 0, 0]);
  const outcomes = ["self_only", "self_only", "silent", "malformed", "closed"] as const;
  run(file.path, 60, [
    ...[1, 2, 3, 4, 5, 6].map((number) => up(number, { verack: number > 2 })),
    answer(6, 7),
    ...outcomes.map((outcome, i) => addrsResultOf({ address: addressOf(i + 1), outcome, entries: i === 0 ? 1 : 0 })),
  ], { ends: false });
  assertEquals(part(), {
    success: 6,
    failure: 0,
    verackMissing: 2,
    errors: new Map(),
    elapsed: 0,
    asked: 6,
    answered: 1,
    selfOnly: 2,
    silent: 1,
    malformed: 1,
    closed: 1,
    entries: 8,
  });
});
