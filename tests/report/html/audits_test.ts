import { assertEquals, assertStringIncludes } from "@std/assert";
import type { AuditRecord } from "../../../src/report/records/audit.ts";
import { auditTables, verdictCounts } from "../../../src/report/html/audits.ts";
import { htmlPage } from "../../../src/report/html/page.ts";
import { AUDIT } from "../../support/audit.ts";
import { headsOf, rowsOf, rowsUnder, textOf } from "../../support/html.ts";
import { sampleRun } from "../../support/sample_run.ts";

Deno.test("An audit comes first, the worst seed first, with the reasons in the words of the records", () => {
  const pass: AuditRecord = { ...AUDIT, seed: "good.example", verdict: "pass", reasons: [] };
  const fail: AuditRecord = {
    ...AUDIT,
    seed: "dead.example",
    verdict: "fail",
    reasons: [{ code: "no_success", message: "none of 3 addresses shook hands" }],
    queries: [],
    success: 0,
    handshake_ms: { p50: null, p90: null },
    user_agents: [],
  };
  const page = [...htmlPage({ ...sampleRun(20), audits: [pass, AUDIT, fail] }, "2026-03-13T20:21:30.919Z")].join("");
  const text = textOf(page);
  assertStringIncludes(
    text,
    "Seed audit: mainnet good.example, seed.example and dead.example, 2026-03-13 1 of 3 seeds failed, 1 got a warning; ",
  );
  assertEquals(page.indexOf('<h2 id="seeds"') < page.indexOf('<h2 id="counts"'), true);
  const [, verdicts = ""] = /<ol class="findings">([\s\S]*?)<\/ol>/.exec(page) ?? [];
  assertEquals(
    textOf(verdicts),
    "✗ fail dead.example 0% 0 of 11 no_success none of 3 addresses shook hands " +
      "! warn seed.example 71% 27 of 38 low_success_rate 71% of 38 addresses shook hands, 80% expected " +
      "✓ pass good.example 71% 27 of 38",
  );
  const rows = rowsOf(page);
  const figures = rows.find(([seed]) => seed === "seed.example");
  assertEquals(
    figures?.join(" "),
    "seed.example 71% warn 38 23 15 2 35 27 1 940000 25 95.0 391.7 /Satoshi:31.0.0/ timeout 9, connection_refused 2",
  );
  assertEquals(
    rows.find(([name]) => name === "x9.seed.example")?.join(" "),
    "x9.seed.example seed.example 0x9 23 15 27 29.0",
  );
});

Deno.test("A seed without an address has its reason, and no row of zeros", () => {
  const none: AuditRecord = {
    ...AUDIT,
    seed: "none.example",
    verdict: "fail",
    reasons: [{ code: "no_address", message: "none.example has no address" }],
    queries: [{
      name: "none.example",
      service_bits: null,
      a: 0,
      aaaa: 0,
      elapsed_ms: 20,
      matching: null,
      error: { code: "dns_not_found", phase: "dns", message: "none.example has no address" },
    }],
    addresses: 0,
    success: 0,
    failure: 0,
  };
  const tables = String(auditTables([AUDIT, none]));
  assertStringIncludes(textOf(tables), "✗ fail none.example no_address none.example has no address ! warn");
  const rows = rowsOf(tables).filter(([name]) => name === "none.example");
  assertEquals(rows, [[
    "none.example",
    "none.example",
    "",
    "",
    "",
    "",
    "20.0",
    "dns_not_found: none.example has no address",
  ]]);
  assertEquals(String(auditTables([none])).includes("Figures of each seed"), false);
});

Deno.test("A column of an audit with nothing but zeros is left out, and so are percentiles of a few peers", () => {
  const heads = (audit: AuditRecord) => headsOf(String(auditTables([audit])));
  const few = { ...AUDIT, shared: 0, behind: 0, success: 19, failure: 0, errors: {} };
  const left = new Set(heads(AUDIT)).difference(new Set(heads(few)));
  assertEquals([...left], ["#Shared", "#Behind", "#90% within, ms", "Errors"]);
  assertEquals(heads({ ...AUDIT, success: 20 }).includes("#90% within, ms"), true);
});

Deno.test("A seed with a partial result says so next to its name and its verdict", () => {
  const tables = String(auditTables([{ ...AUDIT, partial: true }, { ...AUDIT, seed: "whole.example" }]));
  assertStringIncludes(textOf(tables), "! warn seed.example partial 71% 27 of 38 low_success_rate");
  assertStringIncludes(textOf(tables), "! warn whole.example 71% 27 of 38 low_success_rate");
  assertEquals(rowsOf(tables).slice(0, 2).map(([seed, , verdict]) => [seed, verdict]), [
    ["seed.example", "warn, partial"],
    ["whole.example", "warn"],
  ]);
});

Deno.test("The columns of numbers are aligned and sorted as such", () => {
  const error = { code: "dns_failure", phase: "dns", message: "no answer" } as const;
  const queries = AUDIT.queries.map((query) => ({ ...query, error }));
  assertEquals(headsOf(String(auditTables([{ ...AUDIT, unroutable: 1, no_route: 1, queries }]))), [
    "Seed",
    "Success rate",
    "Verdict",
    "#Addresses",
    "#IPv4",
    "#IPv6",
    "#Unroutable",
    "#No route",
    "#Shared",
    "#Netgroups",
    "#Shook hands",
    "#Behind",
    "#Median height",
    "#v2 announced",
    "#Median handshake, ms",
    "#90% within, ms",
    "Most frequent user agent",
    "Errors",
    "Name",
    "Seed",
    "Service bits",
    "#IPv4",
    "#IPv6",
    "#Peers with all bits",
    "#Answer, ms",
    "Error",
  ]);
});

Deno.test("A name without an address has no counts, and one with a single address or family has all of them", () => {
  const query = { name: "a.example", service_bits: "0000000000000001", elapsed_ms: 1, error: null };
  const queries = [
    { ...query, a: 0, aaaa: 0, matching: 0 },
    { ...query, a: 1, aaaa: 0, matching: 1 },
    { ...query, a: 3, aaaa: 3, matching: 0 },
  ];
  assertEquals(rowsUnder(String(auditTables([{ ...AUDIT, queries }])), "Every name that was looked up"), [
    ["a.example", "seed.example", "0x1", "", "", "", "1.0"],
    ["a.example", "seed.example", "0x1", "1", "0", "1", "1.0"],
    ["a.example", "seed.example", "0x1", "3", "3", "0", "1.0"],
  ]);
});

Deno.test("A seed of one address has its figures, and one without a complaint no list of reasons", () => {
  const one = { ...AUDIT, verdict: "pass", reasons: [], addresses: 1 } as const;
  const tables = String(auditTables([one]));
  assertEquals(rowsUnder(tables, "Figures of each seed").map(([seed]) => seed), ["seed.example"]);
  assertEquals(/<ul>/.test(tables), false);
  assertEquals(verdictCounts([one]), "0 of 1 seed failed, 0 got a warning");
  assertEquals(verdictCounts([one, AUDIT]), "0 of 2 seeds failed, 1 got a warning");
});
