import { assertEquals } from "@std/assert";
import { errorCounts, errorRecord } from "../../../src/report/records/error.ts";

Deno.test("errorRecord() has the code, the phase and the message, in this order, or nothing", () => {
  const failure = { message: "no connection within 10 s", phase: "connect", code: "timeout" } as const;
  assertEquals(
    JSON.stringify([errorRecord(failure), errorRecord(null)]),
    JSON.stringify([
      { code: "timeout", phase: "connect", message: "no connection within 10 s" },
      null,
    ]),
  );
});

Deno.test("errorCounts() keeps the order of the reasons", () => {
  const counts = new Map([["timeout", 1], ["connection_refused", 2]] as const);
  assertEquals(Object.entries(errorCounts(counts)), [...counts]);
});
