import { assertEquals } from "@std/assert";
import { RunCheck } from "../../src/report/check.ts";
import type { AnyRecord } from "../../src/report/records.ts";
import { auditOf, failedPeerOf, peerOf, summaryOf } from "../support/records.ts";

function resultOf(kind: "scan" | "audit", records: readonly AnyRecord[], failure: string | null = null) {
  const check = new RunCheck(kind, 8333);
  for (const record of records) check.add(record);
  return check.result(failure);
}

Deno.test("A check of a scan is one of its targets, a check of an audit one of its seeds", () => {
  assertEquals(resultOf("scan", [peerOf(), summaryOf()]).state, "OK");
  assertEquals(resultOf("scan", [peerOf()]).state, "OK");
  const { state, line } = resultOf("audit", [failedPeerOf(), auditOf(), summaryOf()]);
  assertEquals([state, line.split(" | ")[0]], ["OK", "BITCOIN OK: of 1 seed: 0 fail, 0 warn, 1 pass"]);
});

Deno.test("A run that was interrupted, or not allowed, or not whole is UNKNOWN", () => {
  const line = (...args: Parameters<typeof resultOf>) => resultOf(...args).line;
  assertEquals(
    line("scan", [peerOf(), summaryOf({ interrupted: true })]),
    "BITCOIN UNKNOWN: interrupted before all peers were done",
  );
  const denied = { code: "permission_denied", phase: "dns", message: "run again with --allow-net" } as const;
  const seed = { type: "seed", target: "a.example", addresses: [], error: denied } as const;
  assertEquals(line("scan", [peerOf(), seed, summaryOf()]), "BITCOIN UNKNOWN: run again with --allow-net");
  const other = { ...seed, error: { ...denied, message: "another" } };
  assertEquals(line("scan", [peerOf(), seed, other, summaryOf()]), "BITCOIN UNKNOWN: run again with --allow-net");
  assertEquals(line("scan", [peerOf({ error: denied }), summaryOf()]), "BITCOIN UNKNOWN: run again with --allow-net");
  const bug = { ...denied, code: "internal", message: "A bug" } as const;
  assertEquals(line("scan", [peerOf({ error: bug }), summaryOf()]), "BITCOIN UNKNOWN: A bug");
  const query = { name: "", service_bits: null, a: 0, aaaa: 0, elapsed_ms: 0, matching: null, error: denied };
  assertEquals(line("audit", [auditOf({ queries: [query] })]), "BITCOIN UNKNOWN: run again with --allow-net");
  assertEquals(line("scan", [peerOf(), summaryOf()], "a file is gone"), "BITCOIN UNKNOWN: a file is gone");
});
