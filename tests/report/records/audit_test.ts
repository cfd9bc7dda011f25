import { assertEquals } from "@std/assert";
import { worstFirst } from "../../src/audit/record.ts";
import { auditOf } from "../support/records.ts";

Deno.test("worstFirst() goes by verdict, then by success, and keeps the order of equals", () => {
  const records = [
    auditOf({ seed: "pass", success: 9, failure: 1 }),
    auditOf({ seed: "warn 0", verdict: "warn", success: 0, failure: 1 }),
    auditOf({ seed: "fail 40", verdict: "fail", success: 4, failure: 6 }),
    auditOf({ seed: "fail 66", verdict: "fail", success: 66, failure: 34 }),
    auditOf({ seed: "fail 0", verdict: "fail", success: 0, failure: 8 }),
    auditOf({ seed: "fail 0 too", verdict: "fail", success: 0, failure: 3 }),
    auditOf({ seed: "fail, none", verdict: "fail", success: 0, failure: 0 }),
    auditOf({ seed: "fail 100", verdict: "fail", success: 10, failure: 0 }),
  ];
  assertEquals(worstFirst(records).map(({ seed }) => seed), [
    "fail, none",
    "fail 0",
    "fail 0 too",
    "fail 40",
    "fail 66",
    "fail 100",
    "warn 0",
    "pass",
  ]);
});
