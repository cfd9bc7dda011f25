import { assertEquals } from "@std/assert";
import type { Failure } from "../../src/net/errors.ts";
import type { PeerResult } from "../../src/scan/result.ts";
import { down, run, stateFile, up } from "../support/state.ts";

/** A peer that failed for a reason. */
function failed(number: number, reason: Partial<Failure>): PeerResult {
  const result = down(number);
  const { error } = result.outcome;
  return error === null ? result : { ...result, outcome: { ...result.outcome, error: { ...error, ...reason } } };
}

Deno.test("What failed for want of a route, a proxy or a permission is not held against a peer", () => {
  using file = stateFile();
  run(file.path, 0, [up(1), up(2), up(3), up(4)]);
  const reasons = [
    { code: "host_unreachable", noRoute: true },
    { code: "proxy_unreachable" },
    { code: "permission_denied" },
    { code: "host_unreachable" },
  ] as const;
  const { state } = run(file.path, 60, reasons.map((reason, i) => failed(i + 1, reason)));
  assertEquals(state, { new: 0, back: 0, gone: 1, kept: 0 });
  const turns = run(file.path, 120, []).memory.map(({ turn, address }) => `${turn} ${address.host}`);
  assertEquals(turns, ["first 250.0.1.1", "first 250.0.2.1", "first 250.0.3.1", "later 250.0.4.1"]);
});

Deno.test("A run in which nothing but this side failed knows nothing new", () => {
  using file = stateFile();
  run(file.path, 0, [failed(1, { code: "proxy_refused" })]);
  assertEquals(run(file.path, 60, []).memory, []);
});
