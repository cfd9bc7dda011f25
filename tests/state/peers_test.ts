import { assertAlmostEquals, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import type { Failure } from "../../src/net/errors.ts";
import type { PeerResult } from "../../src/scan/result.ts";
import { State } from "../../src/state/state.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { versionMessage } from "../support/messages.ts";
import { answer, down, run, START, stateFile, up } from "../support/state.ts";
import { VirtualClock } from "../support/virtual_clock.ts";

/** A peer that failed for a reason. */
function failed(number: number, reason: Partial<Failure>): PeerResult {
  const result = down(number);
  const { error } = result.outcome;
  return error === null ? result : { ...result, outcome: { ...result.outcome, error: { ...error, ...reason } } };
}

/** The row of the only peer, without the averages. */
function peerIn(path: string): Record<string, unknown> {
  const database = new DatabaseSync(path);
  const row = database.prepare("SELECT * FROM peer").get() ?? {};
  database.close();
  return Object.fromEntries(Object.entries(row).filter(([name]) => !/^(uptime|tries)_/.test(name)));
}

Deno.test("A peer has a row of what it did and said, which a failure leaves", () => {
  using file = stateFile();
  const of = { address: "250.0.1.1:8333", network: "ipv4" };
  const silent = { verack: 0, transport: null, version: null, services: null, user_agent: null, height: null };
  const unasked = { asked: null, answer: null, entries: null };
  const never = { succeeded: null, success_run: null, success_run_before: null };
  run(file.path, 0, [down(1)]);
  const first = { run: 1, tried: START, tries: 1, successes: 0, failures: 1, error: "timeout" };
  assertEquals(peerIn(file.path), { ...of, ...first, ...never, ...silent, ...unasked });
  run(file.path, 60, [up(1), answer(1, 7)]);
  const said = {
    verack: 1,
    transport: "v1",
    version: 70016,
    services: "0000000000000c09",
    user_agent: "/test:1.0/",
    height: 940_000,
  };
  const asked = { asked: START + 60, answer: "answered", entries: 7 };
  const succeeded = { succeeded: START + 60, success_run: 2, success_run_before: null };
  const second = { run: 2, tried: START + 60, tries: 2, successes: 1, failures: 0, error: null };
  assertEquals(peerIn(file.path), { ...of, ...second, ...succeeded, ...said, ...asked });
  run(file.path, 120, [down(1)]);
  const third = { run: 3, tried: START + 120, tries: 3, successes: 1, failures: 1, error: "timeout" };
  assertEquals(peerIn(file.path), { ...of, ...third, ...succeeded, ...said, ...asked });
});

Deno.test("A peer that shook hands without a verack or a version is kept too", () => {
  using file = stateFile();
  run(file.path, 0, [up(1, { verack: false, version: versionMessage({ userAgent: null, startHeight: null }) })]);
  const { verack, user_agent: userAgent, height } = peerIn(file.path);
  assertEquals([verack, userAgent, height], [0, "", null]);
  run(file.path, 60, [up(1, { version: null })]);
  const { version, services, user_agent: none } = peerIn(file.path);
  assertEquals([version, services, none], [null, null, null]);
});

Deno.test("A peer that succeeds twice in a run has succeeded in the run before all the same", () => {
  using file = stateFile();
  run(file.path, 0, [up(1)]);
  assertEquals(run(file.path, 60, [up(1), up(1)]).state, { new: 0, back: 0, gone: 0, kept: 1 });
});

Deno.test("Two tries in the same second are two tries, without time between them", () => {
  using file = stateFile();
  run(file.path, 60, [up(1), down(1)]);
  run(file.path, 0, [down(1)]);
  using state = new State(file.path, MAINNET, new VirtualClock());
  const { uptime, tries } = [...state.seeds()][0]?.uptime["2h"] ?? {};
  assertEquals(tries, 3);
  assertAlmostEquals(uptime ?? 0, 1 - Math.exp(-1000 / 7200), 1e-12);
});

Deno.test("A name that a proxy resolved is not kept", () => {
  using file = stateFile();
  run(file.path, 0, [{ ...up(1), address: { network: null, host: "seed.example", port: 8333 } }, up(2)]);
  assertEquals(run(file.path, 60, []).memory.map(({ address }) => address.host), ["250.0.2.1"]);
});

Deno.test("What failed for want of a route, a proxy or a permission, or by a bug, is not held against a peer", () => {
  using file = stateFile();
  const reasons = [
    { code: "host_unreachable", noRoute: true },
    { code: "proxy_unreachable" },
    { code: "proxy_refused" },
    { code: "permission_denied" },
    { code: "internal" },
    { code: "host_unreachable" },
  ] as const;
  run(file.path, 0, reasons.map((_, i) => up(i + 1)));
  const { state } = run(file.path, 60, reasons.map((reason, i) => failed(i + 1, reason)));
  assertEquals(state, { new: 0, back: 0, gone: 1, kept: 0 });
  const turns = run(file.path, 120, []).memory.map(({ turn, address }) => `${turn} ${address.host}`);
  assertEquals(turns, [...[1, 2, 3, 4, 5].map((i) => `first 250.0.${i}.1`), "later 250.0.6.1"]);
});

Deno.test("A run in which nothing but this side failed knows nothing new", () => {
  using file = stateFile();
  run(file.path, 0, [failed(1, { code: "proxy_refused" })]);
  assertEquals(run(file.path, 60, []).memory, []);
});
