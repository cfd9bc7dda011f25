import { assertEquals, assertStringIncludes } from "@std/assert";
import type { AuditRecord } from "../../../src/audit/record.ts";
import { htmlPage } from "../../../src/report/html/page.ts";
import { AUDIT } from "../../support/audit.ts";
import { rowsOf, textOf } from "../../support/html.ts";
import { madeUpRun } from "../../support/made_up_run.ts";

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
  const page = [...htmlPage({ ...madeUpRun(20), audits: [pass, AUDIT, fail] }, "2026-03-13T20:21:30.919Z")].join("");
  const text = textOf(page);
  assertStringIncludes(text, "Seed audit: mainnet 1 of 3 seeds failed, 1 got a warning; ");
  assertEquals(page.indexOf('<h2 id="seeds"') < page.indexOf('<h2 id="counts"'), true);
  const [, verdicts = ""] = /<ol class="verdicts">([\s\S]*?)<\/ol>/.exec(page) ?? [];
  assertEquals(
    textOf(verdicts),
    "✗ fail dead.example no_success none of 3 addresses shook hands " +
      "! warn seed.example low_success_rate 71% of 38 addresses shook hands, 80% expected " +
      "✓ pass good.example",
  );
  const rows = rowsOf(page);
  const figures = rows.find(([seed]) => seed === "seed.example");
  assertEquals(
    figures?.join(" "),
    "seed.example 71.1% warn 38 23 15 0 2 35 27 1 940000 25 95.0 391.7 /Satoshi:31.0.0/ timeout 9, connection_refused 2",
  );
  assertEquals(
    rows.find(([name]) => name === "x9.seed.example")?.join(" "),
    "x9.seed.example seed.example 0x9 23 15 27 29.0 ",
  );
});
