import { assertEquals } from "@std/assert";
import type { Findings, NameFindings } from "../../src/audit/findings.ts";
import { judge } from "../../src/audit/judge.ts";
import type { QueryRecord } from "../../src/audit/record.ts";
import type { ErrorCode } from "../../src/net/errors.ts";
import { findingsOf, nameOf } from "../support/records.ts";

const SCOPE = { networks: ["ipv4", "ipv6"], includeUnroutable: false } as const;

/** The verdict, and each reason with its message, a line each. */
function judged(findings: Findings): string[] {
  const { verdict, reasons } = judge(findings, SCOPE);
  return [verdict, ...reasons.map(({ code, message }) => `${code}: ${message}`)];
}

/** The query of the seed's own name, and of its subdomains, each with what went wrong. */
function queries(...codes: (ErrorCode | null)[]): { queries: QueryRecord[] } {
  return {
    queries: codes.map((code, i) => ({
      name: `${i}.example`,
      service_bits: i === 0 ? null : "0000000000000009",
      a: 0,
      aaaa: 0,
      elapsed_ms: 0,
      matching: null,
      error: code && { code, phase: "dns", message: `${code} of ${i}` },
    })),
  };
}

function x9(fields: Partial<NameFindings> = {}): NameFindings {
  return nameOf({ name: "x9.seed.example", serviceBits: 9n, ...fields });
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

Deno.test("A seed's own name without an address is a failure of it, a subdomain without one is none", () => {
  assertEquals(judged(findingsOf(queries("dns_not_found", null))), ["warn", "dns_failure: dns_not_found of 0"]);
  assertEquals(judged(findingsOf(queries(null, "dns_not_found"))), ["pass"]);
});

Deno.test("A subdomain that gives no address is a warning", () => {
  assertEquals(judged(findingsOf({}, { names: [nameOf(), x9(NOTHING)] })), [
    "warn",
    "service_bits_unanswered: x9.seed.example gave no address, and Bitcoin Core asks for no other name by DNS",
  ]);
});

Deno.test("A subdomain that gives only dead peers is a warning", () => {
  assertEquals(judged(findingsOf({}, { names: [nameOf(), x9(DEAD)] })), [
    "warn",
    "service_bits_unanswered: none of 5 addresses of x9.seed.example shook hands, and Bitcoin Core asks for no other " +
    "name by DNS",
  ]);
});

Deno.test("Of many subdomains without a peer the first is named, and the others are counted", () => {
  const others = [1n, 5n].map((serviceBits) => nameOf({ name: `x${serviceBits}.seed.example`, serviceBits, ...DEAD }));
  assertEquals(judged(findingsOf({}, { names: [nameOf(), ...others, x9()] })), [
    "warn",
    "service_bits_unanswered: none of 5 addresses of x1.seed.example shook hands; 1 more of its subdomains are as useless",
  ]);
});

Deno.test("A seed's own name that gives only dead peers is a warning while a subdomain's peers shake hands", () => {
  assertEquals(judged(findingsOf({}, { names: [nameOf(DEAD), x9()] })), [
    "warn",
    "no_success: none of 5 addresses of seed.example shook hands",
  ]);
});

Deno.test("A seed without any peer that shook hands has that one reason, but for names without an address", () => {
  const dead = { success: 0, failure: 20 };
  assertEquals(judged(findingsOf(dead, { names: [nameOf(DEAD), x9(DEAD)] })), [
    "fail",
    "no_success: none of 20 addresses shook hands",
  ]);
  assertEquals(judged(findingsOf(dead, { names: [nameOf(DEAD), x9(NOTHING)] })).map((line) => line.split(":")[0]), [
    "fail",
    "no_success",
    "service_bits_unanswered",
  ]);
});
