import { assertEquals } from "@std/assert";
import { auditRecord, worstFirst } from "../../../src/report/records/audit.ts";
import { auditOf } from "../../support/records.ts";
import { auditResultOf, queryOf } from "../../support/results.ts";

Deno.test("auditRecord() has the keys of the contract, in their order, and times in tenths of milliseconds", () => {
  const record = auditRecord(auditResultOf());
  assertEquals(record, auditOf());
  assertEquals(Object.keys(record), Object.keys(auditOf()));
  assertEquals(record.queries.map((query) => Object.keys(query)), auditOf().queries.map((query) => Object.keys(query)));
});

Deno.test("auditRecord() keeps every key, as null, when nothing is known", () => {
  const never = { p50: null, p90: null };
  const result = auditResultOf({
    success: 0,
    failure: 0,
    medianHeight: null,
    connectTime: never,
    handshakeTime: never,
  });
  const { success_rate, median_height, connect_ms, handshake_ms } = auditRecord(result);
  assertEquals([success_rate, median_height, connect_ms, handshake_ms], [null, null, never, never]);
});

Deno.test("auditRecord() has the rate of success to four decimals, and the errors in the order of the result", () => {
  const errors = new Map([["timeout", 3], ["connection_refused", 1]] as const);
  const record = auditRecord(auditResultOf({ success: 2, failure: 4, errors }));
  assertEquals([record.success_rate, Object.entries(record.errors)], [0.3333, [...errors]]);
});

Deno.test("auditRecord() says what went wrong with a name, and which bits of a subdomain match", () => {
  const error = { code: "dns_timeout", phase: "dns", message: "AAAA: no usable answer" } as const;
  const name = { name: "x848.seed.example", serviceBits: 0x848n, ipv4: 1, ipv6: 2, matching: 0, error };
  assertEquals(auditRecord(auditResultOf({ queries: [queryOf({ ...name, elapsed: 10_000.06 })] })).queries, [{
    name: "x848.seed.example",
    service_bits: "0000000000000848",
    a: 1,
    aaaa: 2,
    elapsed_ms: 10_000.1,
    matching: 0,
    error,
  }]);
});

Deno.test("worstFirst() goes by verdict, then by success, and keeps the order of equals", () => {
  const records = [
    auditOf({ seed: "pass", success: 9, failure: 1 }),
    auditOf({ seed: "warn 0", verdict: "warn", success: 0, failure: 1 }),
    auditOf({ seed: "fail 40", verdict: "fail", success: 4, failure: 6 }),
    auditOf({ seed: "fail 50", verdict: "fail", success: 5, failure: 5 }),
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
    "fail 50",
    "fail 66",
    "fail 100",
    "warn 0",
    "pass",
  ]);
});
