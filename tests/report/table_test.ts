import { assert, assertEquals } from "@std/assert";
import { auditTable } from "../../src/report/table.ts";
import { auditOf } from "../support/records.ts";

const LONG_NAME = `${"a".repeat(63)}.${"b".repeat(63)}.example`;

Deno.test("auditTable() has a line per seed, worst first, followed by the reasons", () => {
  const message = "71% of 38 addresses shook hands, 80% expected";
  const table = auditTable([
    auditOf({ seed: "good.example" }),
    auditOf({ seed: "fair.example", verdict: "warn", reasons: [{ code: "no_ipv6", message: "none of 20" }], ipv6: 0 }),
    auditOf({ seed: "gone.example", verdict: "fail", addresses: 0, success: 0, failure: 0 }),
    auditOf({ seed: "bad.example", verdict: "fail", reasons: [{ code: "low_success_rate", message }], failure: 61 }),
  ]);
  assertEquals(table, [
    "verdict  seed                                addresses  ipv4  ipv6  success_rate",
    "fail     gone.example                                0    10    10             -",
    "fail     bad.example                                20    10    10           24%",
    "         low_success_rate: 71% of 38 addresses shook hands, 80% expected",
    "warn     fair.example                               20    10     0          100%",
    "         no_ipv6: none of 20",
    "pass     good.example                               20    10    10          100%",
  ]);
});

Deno.test("auditTable() rounds a rate down: 79.9% is not yet 80%", () => {
  const [, line] = auditTable([auditOf({ success: 799, failure: 201 })]);
  assertEquals(line?.endsWith(" 79%"), true);
  assertEquals(auditTable([auditOf({ success: 5, failure: 5 })])[1]?.endsWith(" 50%"), true);
});

Deno.test("auditTable() puts a name that is too long on its own lines", () => {
  const [, ...lines] = auditTable([
    auditOf({ seed: "x".repeat(34) }),
    auditOf({ seed: "x".repeat(35) }),
    auditOf({ seed: LONG_NAME }),
  ]);
  const figures = "         20    10    10          100%";
  assertEquals(lines, [
    `pass     ${"x".repeat(34)}${figures}`,
    `pass     ${"x".repeat(35)}`,
    `         ${" ".repeat(34)}${figures}`,
    `pass     ${LONG_NAME.slice(0, 71)}`,
    `         ${LONG_NAME.slice(71)}`,
    `         ${" ".repeat(34)}${figures}`,
  ]);
});

Deno.test("auditTable() wraps reasons between words, and within a word that is longer than a line", () => {
  const words = "word ".repeat(40).trim();
  const reasons = [{ code: "one_version", message: words }, {
    code: "behind",
    message: `${"x".repeat(300)} end`,
  }] as const;
  const table = auditTable([auditOf({ seed: LONG_NAME, verdict: "warn", reasons })]);
  assertEquals(table.filter((line) => line.length > 80), []);
  const text = table.map((line) => line.trim()).join(" ");
  assert(text.includes(`one_version: ${words}`), text);
  assert(table.map((line) => line.trim()).join("").includes("x".repeat(300)));
  assert(table.some((line) => line.length === 80));
  assertEquals(table.filter((line) => /^ {9}\S/.test(line) && /one_version|behind/.test(line)).length, 2);
  assertEquals(table.filter((line) => /^ {11}\S/.test(line)).length, 3 + 5);
});

Deno.test("auditTable() colours only the verdicts, and only when told to", () => {
  const records = [auditOf(), auditOf({ verdict: "warn" }), auditOf({ verdict: "fail" })];
  const [heading, ...lines] = auditTable(records, true);
  assertEquals([heading, ...lines.map((line) => line.slice(0, 18))], [
    auditTable([])[0],
    "\x1b[31mfail   \x1b[0m  ",
    "\x1b[33mwarn   \x1b[0m  ",
    "\x1b[32mpass   \x1b[0m  ",
  ]);
  // deno-lint-ignore no-control-regex
  assertEquals(lines.map((line) => line.replace(/\x1b\[\d+m/g, "")), auditTable(records).slice(1));
});

Deno.test("auditTable() of no seed is its heading", () => {
  assertEquals(auditTable([]).length, 1);
});
