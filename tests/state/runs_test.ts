import { assertEquals } from "@std/assert";
import { State } from "../../src/state/state.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { ascii } from "../support/bytes.ts";
import { versionMessage } from "../support/messages.ts";
import { addressOf, answer, down, run, runsIn, START, stateFile, up } from "../support/state.ts";
import { addrsResultOf } from "../support/results.ts";
import { VirtualClock } from "../support/virtual_clock.ts";

const DAY = 24 * 3600;

Deno.test("Each run is kept with its networks and the user agents of what was reachable", () => {
  using file = stateFile();
  run(file.path, 0, [up(1), up(2), down(3)]);
  run(file.path, DAY, [down(1), up(2)], { complete: false });
  const runs = runsIn(file.path);
  assertEquals(
    runs.map(({ run, started, ended, complete }) => [run, started - START, (ended ?? 0) - START, complete]),
    [
      [1, 0, 0, true],
      [2, DAY, DAY, false],
    ],
  );
  assertEquals(runs.map(({ userAgents }) => userAgents), [[["/test:1.0/", 2]], [["/test:1.0/", 1]]]);
  const { ipv4, i2p } = runs[0]?.networks ?? {};
  assertEquals(ipv4, { known: 52_100, dialled: 38_411, success: 6612, v2: 2, medianHeight: 940_000 });
  assertEquals([i2p?.v2, i2p?.medianHeight], [0, null]);
});

Deno.test("A run says what is new, back, gone and kept since the one before", () => {
  using file = stateFile();
  assertEquals(run(file.path, 0, [up(1), up(2), up(3)]).state, null);
  assertEquals(run(file.path, DAY, [up(1), down(2), up(4)]).state, { new: 1, back: 0, gone: 1, kept: 1 });
  assertEquals(run(file.path, 2 * DAY, [up(1), up(2), down(4), up(5), down(6)]).state, {
    new: 1,
    back: 1,
    gone: 1,
    kept: 1,
  });
});

Deno.test("What shook hands in the first part of a run and failed since is no longer reachable", () => {
  using file = stateFile();
  run(file.path, 0, [up(1), up(3)]);
  run(file.path, DAY, [up(1), up(2), up(3)], { ends: false });
  assertEquals(run(file.path, DAY + 60, [down(1), down(2)]).state, { new: 0, back: 0, gone: 1, kept: 1 });
});

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

Deno.test("A run that goes on has not ended, until it ends again", () => {
  using file = stateFile();
  run(file.path, 0, [up(1), answer(1)], { complete: false });
  run(file.path, 60, [up(2)], { ends: false });
  const runs = () =>
    runsIn(file.path).map(({ run, started, ended, known, networks, userAgents }) => [
      ...[run, started, ended, known],
      ...[Object.keys(networks).length, userAgents.length],
    ]);
  assertEquals(runs(), [[1, START, null, null, 0, 0]]);
  run(file.path, 120, [up(3)]);
  assertEquals(runs(), [[1, START, START + 120, 81_234, 5, 1]]);
});

Deno.test("A run in which nothing was dialled leaves nothing to the one that takes its number", () => {
  using file = stateFile();
  run(file.path, 0, [], { complete: false });
  run(file.path, DAY, [], { ends: false });
  const runs = runsIn(file.path).map(({ run, started, ended, elapsed }) => [run, started - START, ended, elapsed]);
  assertEquals(runs, [[1, DAY, null, 0]]);
});

Deno.test("A run in which nothing was dialled leaves no trace", () => {
  using file = stateFile();
  run(file.path, 0, [up(1)]);
  run(file.path, DAY, [], { ends: false });
  assertEquals(run(file.path, 2 * DAY, [up(1)]).state, { new: 0, back: 0, gone: 0, kept: 1 });
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
