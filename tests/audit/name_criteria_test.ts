import { assertEquals } from "@std/assert";
import type { Findings } from "../../src/audit/findings.ts";
import { judge } from "../../src/audit/judge.ts";
import type { QueryResult } from "../../src/audit/result.ts";
import type { ErrorCode } from "../../src/net/errors.ts";
import { findingsOf, queryOf, x9Of } from "../support/results.ts";

const SCOPE = { networks: ["ipv4", "ipv6"], includeUnroutable: false } as const;

/** The verdict, and each reason with its message, a line each. */
function judged(findings: Findings): string[] {
  const { verdict, reasons } = judge(findings, SCOPE);
  return [verdict, ...reasons.map(({ code, message }) => `${code}: ${message}`)];
}

/** The query of the seed's own name, and of its subdomains, each with what went wrong. */
function queries(...codes: (ErrorCode | null)[]): { queries: QueryResult[] } {
  return {
    queries: codes.map((code, i) => {
      const error = code && { code, phase: "dns" as const, message: `${code} of ${i}` };
      return i === 0 ? queryOf({ error }) : x9Of({ error });
    }),
  };
}

const NOTHING = { addresses: 0 };
const DEAD = { addresses: 5, success: 0, matching: 0 };

Deno.test("A query that failed is a warning, though the others have answered", () => {
  assertEquals(judged(findingsOf(queries("dns_timeout", null))), ["warn", "dns_failure: dns_timeout of 0"]);
  assertEquals(judged(findingsOf(queries(null, "dns_failure"))), ["warn", "dns_failure: dns_failure of 1"]);
  assertEquals(judged(findingsOf(queries("dns_timeout", "dns_timeout", null))), [
    "warn",
    "dns_failure: dns_timeout of 0; 1 more of its 3 names failed",
  ]);
});

Deno.test("One query or subdomain of a hundred that fails is a warning already", () => {
  const names = Array.from({ length: 99 }, (_, i) => queryOf({ name: `x${i}.seed.example`, serviceBits: BigInt(i) }));
  const failed = queryOf({ error: { code: "dns_timeout", phase: "dns", message: "dns_timeout" } });
  assertEquals(judged(findingsOf({ queries: [failed, ...names] })), ["warn", "dns_failure: dns_timeout"]);
  const dead = queryOf({ name: "x400.seed.example", serviceBits: 0x400n, ...DEAD });
  assertEquals(judged(findingsOf({ queries: [queryOf(), ...names.slice(1), dead] })), [
    "warn",
    "service_bits_unanswered: none of 5 addresses of x400.seed.example shook hands",
  ]);
});

Deno.test("A name with a single address is judged like any other", () => {
  const one = { addresses: 1, ipv4: 1, ipv6: 0, success: 1, failure: 0, userAgents: [] } as const;
  const timeout = { code: "dns_timeout", phase: "dns", message: "dns_timeout" } as const;
  const scope = { networks: ["ipv4"], includeUnroutable: false } as const;
  const codes = (...queries: QueryResult[]) =>
    judge(findingsOf({ ...one, queries }), scope).reasons.map(({ code, message }) => `${code}: ${message}`);
  const alive = { addresses: 1, reachable: 1, success: 1, matching: 1 };
  const dead = { addresses: 1, reachable: 1, success: 0, matching: 0 };
  assertEquals(codes(queryOf(alive), x9Of(alive)), []);
  assertEquals(codes(queryOf({ ...alive, error: timeout })), ["dns_failure: dns_timeout"]);
  assertEquals(codes(queryOf(alive), queryOf({ name: "x1.seed.example", serviceBits: 1n, ...dead })), [
    "service_bits_unanswered: none of 1 addresses of x1.seed.example shook hands",
  ]);
  assertEquals(codes(queryOf(dead), x9Of(alive)), ["no_success: none of 1 addresses of seed.example shook hands"]);
});

Deno.test("A seed without any address has that reason alone", () => {
  const none = { addresses: 0, ipv4: 0, ipv6: 0, success: 0, failure: 0, userAgents: [] };
  assertEquals(
    judged(findingsOf({ ...none, queries: [queryOf(NOTHING), x9Of(NOTHING)] }, { largestNetgroup: undefined })),
    [
      "fail",
      "no_address: none of its names has an address",
    ],
  );
});

Deno.test("A seed's own name has no bits to miss, and is not judged before it has been answered", () => {
  assertEquals(judged(findingsOf({ queries: [queryOf({ matching: 0 }), x9Of()] })), ["pass"]);
  assertEquals(judged(findingsOf({ queries: [x9Of(DEAD)] })).map((line) => line.split(":")[0]), [
    "warn",
    "service_bits_unanswered",
  ]);
});

Deno.test("A seed's own name without an address is a failed query, a subdomain without one is not", () => {
  assertEquals(judged(findingsOf(queries("dns_not_found", null))), ["warn", "dns_failure: dns_not_found of 0"]);
  assertEquals(judged(findingsOf(queries(null, "dns_not_found"))), ["pass"]);
});

Deno.test("A subdomain that gives no address is a warning", () => {
  assertEquals(judged(findingsOf({ queries: [queryOf(), x9Of(NOTHING)] })), [
    "warn",
    "service_bits_unanswered: x9.seed.example gave no address, and it is the only name that Bitcoin Core looks up",
  ]);
});

Deno.test("A subdomain that gives only dead peers is a warning", () => {
  assertEquals(judged(findingsOf({ queries: [queryOf(), x9Of(DEAD)] })), [
    "warn",
    "service_bits_unanswered: none of 5 addresses of x9.seed.example shook hands, and it is the only name " +
    "that Bitcoin Core looks up",
  ]);
});

Deno.test("Of many subdomains without a peer the first is named, and the others are counted", () => {
  const others = [1n, 5n].map((serviceBits) => queryOf({ name: `x${serviceBits}.seed.example`, serviceBits, ...DEAD }));
  assertEquals(judged(findingsOf({ queries: [queryOf(), ...others, x9Of()] })), [
    "warn",
    "service_bits_unanswered: none of 5 addresses of x1.seed.example shook hands; the same goes for 1 more of its subdomains",
  ]);
});

Deno.test("A seed's own name that gives only dead peers is a warning while a subdomain's peers shake hands", () => {
  assertEquals(judged(findingsOf({ queries: [queryOf(DEAD), x9Of()] })), [
    "warn",
    "no_success: none of 5 addresses of seed.example shook hands",
  ]);
});

Deno.test("A seed without any peer that shook hands has only that reason, besides names without an address", () => {
  const dead = { success: 0, failure: 20 };
  assertEquals(judged(findingsOf({ ...dead, queries: [queryOf(DEAD), x9Of(DEAD)] })), [
    "fail",
    "no_success: none of 20 addresses shook hands",
  ]);
  assertEquals(
    judged(findingsOf({ ...dead, queries: [queryOf(DEAD), x9Of(NOTHING)] })).map((line) => line.split(":")[0]),
    [
      "fail",
      "no_success",
      "service_bits_unanswered",
    ],
  );
});
