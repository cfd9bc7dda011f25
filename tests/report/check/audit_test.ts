import { assertEquals } from "@std/assert";
import { AuditCheck } from "../../../src/report/check/audit.ts";
import type { AuditRecord } from "../../../src/report/records/audit.ts";
import { auditOf } from "../../support/records.ts";

function findingOf(...seeds: readonly AuditRecord[]) {
  const check = new AuditCheck();
  for (const seed of seeds) check.add(seed);
  return check.finding();
}

const GOOD = auditOf({ seed: "good.example" });
const WARNED = auditOf({ seed: "so-so.example", verdict: "warn", reasons: [{ code: "behind", message: "a|b" }] });
const BAD = auditOf({
  seed: "bad.example",
  verdict: "fail",
  success_rate: 0.25,
  reasons: [{ code: "low_success_rate", message: "" }, { code: "one_version", message: "" }],
});

Deno.test("The worst verdict is the state, and the seeds that do not pass are named, the worst first", () => {
  const { state, text } = findingOf(GOOD, WARNED, BAD);
  assertEquals(state, "CRITICAL");
  assertEquals(
    text,
    "of 3 seeds: 1 fail, 1 warn, 1 pass; bad.example: low_success_rate one_version; so-so.example: behind",
  );
  assertEquals(findingOf(GOOD, WARNED).state, "WARNING");
  assertEquals([findingOf(GOOD).state, findingOf(GOOD).text], ["OK", "of 1 seed: 0 fail, 0 warn, 1 pass"]);
});

Deno.test("An audit without a seed is UNKNOWN", () => assertEquals(findingOf().state, "UNKNOWN"));

Deno.test("The performance data are the counts of verdicts, and a success rate for each seed", () => {
  const { performance } = findingOf(GOOD, BAD, auditOf({ seed: "empty.example", success_rate: null }));
  assertEquals(performance.map(({ label, value }) => [label, value]), [
    ["fail", 1],
    ["warn", 0],
    ["pass", 2],
    ["bad.example", 25],
    ["good.example", 100],
    ["empty.example", null],
  ]);
});

Deno.test("The performance data have their limits, and of many seeds the success rates of the worst 20", () => {
  const { performance } = findingOf(GOOD);
  assertEquals(performance, [
    { label: "fail", value: 0, critical: "0", min: 0, max: 1 },
    { label: "warn", value: 0, warning: "0", min: 0, max: 1 },
    { label: "pass", value: 1, min: 0, max: 1 },
    { label: "good.example", value: 100, unit: "%", warning: "80:", critical: "50:", min: 0, max: 100 },
  ]);
  const many = Array.from({ length: 30 }, (_, i) => auditOf({ seed: `${i}.example` }));
  assertEquals(findingOf(...many, BAD).performance.length, 3 + 20);
  assertEquals(findingOf(...many, BAD).performance[3]?.label, "bad.example");
});
