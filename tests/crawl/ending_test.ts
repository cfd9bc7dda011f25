import { assertEquals } from "@std/assert";
import { endingOf } from "../../src/crawl/ending.ts";
import { outcomeOf } from "../support/results.ts";

Deno.test("endingOf() tells who was reached from who was not, and from where there is no route", () => {
  const error = { code: "timeout", phase: "connect", message: "no connection within 10 s" } as const;
  assertEquals(endingOf(outcomeOf()), "success");
  assertEquals(endingOf(outcomeOf({ error: { ...error, phase: "version" } })), "failure");
  assertEquals(endingOf(outcomeOf({ error, connectTime: null })), "unreached");
  assertEquals(endingOf(outcomeOf({ error: { ...error, noRoute: true }, connectTime: null })), "no_route");
});
