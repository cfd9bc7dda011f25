import { assertEquals } from "@std/assert";
import type { ErrorCode } from "../../src/net/errors.ts";
import { Tally } from "../../src/scan/tally.ts";
import { outcomeOf } from "../support/results.ts";

const failed = (code: ErrorCode) => outcomeOf({ error: { code, phase: "connect", message: "no" } });

Deno.test("Tally counts successes, those without a verack, and failures by their codes in the order they came up", () => {
  const tally = new Tally();
  assertEquals(tally.counts.errors.size, 0);
  const outcomes = [
    outcomeOf(),
    failed("timeout"),
    outcomeOf({ verack: false }),
    failed("not_found"),
    failed("timeout"),
  ];
  for (const outcome of outcomes) tally.add(outcome);
  const { errors, ...counts } = tally.counts;
  assertEquals(counts, { peers: 5, success: 2, failure: 3, verackMissing: 1 });
  assertEquals([...errors], [["timeout", 2], ["not_found", 1]]);
  assertEquals([tally.success, tally.failure], [2, 3]);
});

Deno.test("Tally goes on from the counts of a first part, which stay as they are", () => {
  const first = { success: 5, failure: 3, verackMissing: 2, errors: new Map([["timeout", 3] as const]) };
  const tally = new Tally(first);
  for (const outcome of [outcomeOf({ verack: false }), failed("timeout")]) tally.add(outcome);
  assertEquals(tally.counts, {
    peers: 10,
    success: 6,
    failure: 4,
    verackMissing: 3,
    errors: new Map([["timeout", 4] as const]),
  });
  assertEquals(first.errors.get("timeout"), 3);
});
