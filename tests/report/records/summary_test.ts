import { assertEquals } from "@std/assert";
import { summaryRecord } from "../../../src/report/records/summary.ts";
import { summaryOf } from "../../support/records.ts";
import { summaryResultOf } from "../../support/results.ts";

Deno.test("summaryRecord() has the keys of the contract, in their order, and whole milliseconds", () => {
  const record = summaryRecord(summaryResultOf());
  assertEquals(record, summaryOf());
  assertEquals(Object.keys(record), Object.keys(summaryOf()));
});

Deno.test("summaryRecord() has the errors in the order in which they came up", () => {
  const { errors } = summaryRecord(summaryResultOf({ errors: new Map([["timeout", 1], ["connection_refused", 2]]) }));
  assertEquals(Object.entries(errors), [["timeout", 1], ["connection_refused", 2]]);
});
