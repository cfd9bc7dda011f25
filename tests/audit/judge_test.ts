import { assertEquals } from "@std/assert";
import type { Findings } from "../../src/audit/findings.ts";
import { judge } from "../../src/audit/judge.ts";
import type { QueryResult, SeedFigures } from "../../src/audit/result.ts";
import type { ErrorCode } from "../../src/net/errors.ts";
import { auditResultOf, findingsOf, queryOf, x9Of } from "../support/results.ts";

const SCOPE = { networks: ["ipv4", "ipv6"], includeUnroutable: false } as const;

/** The verdict and the codes of the reasons, as one line. */
function judged(findings: Findings, scope: Partial<Parameters<typeof judge>[1]> = {}): string {
  const { verdict, reasons } = judge(findings, { ...SCOPE, ...scope });
  return [verdict, ...reasons.map(({ code }) => code)].join(" ");
}

function message(findings: Findings): string {
  return judge(findings, SCOPE).reasons.map(({ message }) => message).join("\n");
}

/** Findings with this many dialled `addresses`, and this many that shook hands. */
function dialled(success: number, addresses: number, more: Partial<SeedFigures> = {}): Findings {
  return findingsOf({ addresses, success, failure: addresses - success, ...more });
}

/** A seed of which these subdomains are asked for, besides its own name. */
function subdomains(...fields: readonly Partial<QueryResult>[]): QueryResult[] {
  return [
    queryOf(),
    ...fields.map((some, i) => queryOf({ name: `x${i + 1}.seed.example`, serviceBits: BigInt(i + 1), ...some })),
  ];
}

function services(...shares: readonly (readonly [matching: number, success: number])[]): Findings {
  return findingsOf({ queries: subdomains(...shares.map(([matching, success]) => ({ matching, success }))) });
}

function withoutAddress(...codes: (ErrorCode | null)[]): Findings {
  const none = { addresses: 0, ipv4: 0, ipv6: 0, netgroups: 0, success: 0, failure: 0, userAgents: [] };
  const queries = codes.map((code, i) =>
    queryOf({ addresses: 0, error: code && { code, phase: "dns", message: `${code} of ${i}` } })
  );
  return findingsOf({ ...none, queries }, { largestNetgroup: undefined });
}

Deno.test("judge() lets a good seed pass, and keeps what was found", () => {
  assertEquals(judge(findingsOf(), SCOPE), auditResultOf());
});

Deno.test("judge() fails a seed without an address: with no_address if there is none, otherwise with dns_failure", () => {
  assertEquals(judged(withoutAddress("dns_not_found", "dns_not_found")), "fail no_address");
  assertEquals(judged(withoutAddress("dns_timeout", "dns_not_found")), "fail dns_failure");
  assertEquals(judged(withoutAddress("dns_not_found", "dns_failure")), "fail dns_failure");
  assertEquals(judged(withoutAddress(null)), "fail no_address");
  assertEquals(message(withoutAddress("dns_timeout", "dns_not_found")), "dns_timeout of 0");
  assertEquals(message(withoutAddress(null)), "none of its names has an address");
  assertEquals(message(withoutAddress(null, "dns_timeout")), "dns_timeout of 1");
});

Deno.test("judge() fails a seed of which no address shook hands, with that reason alone", () => {
  assertEquals(judged(dialled(0, 20, { errors: new Map([["timeout", 20]]) })), "fail no_success");
  assertEquals(judged(findingsOf({ success: 0, failure: 0, unroutable: 20 })), "fail no_success unroutable");
  assertEquals(message(dialled(0, 20)), "none of 20 addresses shook hands");
  assertEquals(message(dialled(0, 1)), "none of 1 addresses shook hands");
});

Deno.test("judge() lets no seed pass on a part, and does not fail it for what nobody had answered yet", () => {
  const part = (success: number, failure: number, more: Partial<SeedFigures> = {}) =>
    findingsOf({ partial: true, success, failure, ...more });
  assertEquals(judged(part(0, 0)), "warn partial");
  assertEquals(judged(part(3, 0)), "warn partial");
  assertEquals(judged(part(20, 0)), "warn partial");
  assertEquals(judged(part(0, 0, { unroutable: 19 })), "warn unroutable partial");
  assertEquals(judged(part(0, 3)), "fail no_success partial");
  assertEquals(message(part(3, 0)), "interrupted after trying 3 of 20 addresses");
  assertEquals(message(part(3, 0, { noRoute: 5 })), "interrupted after trying 3 of 20 addresses");
  assertEquals(message(part(0, 0, { noRoute: 0 })), "interrupted after trying 0 of 20 addresses");
  assertEquals(
    message(part(0, 0, { noRoute: 1 })),
    "this machine has no route to 1 of 20 addresses, and no others could be tried",
  );
  const untried = [queryOf({ success: 0 }), x9Of({ success: 0 })];
  assertEquals(judged(part(3, 0, { queries: untried })), "warn partial");
});

Deno.test("judge() does not hold addresses without a route against a seed", () => {
  assertEquals(judged(findingsOf({ noRoute: 10, success: 10, failure: 0 })), "pass");
  assertEquals(judged(findingsOf({ noRoute: 10, success: 0, failure: 10 })), "fail no_success");
  assertEquals(message(findingsOf({ noRoute: 10, success: 0, failure: 10 })), "none of 10 addresses shook hands");
  assertEquals(judged(findingsOf({ queries: [queryOf(), x9Of({ reachable: 0, success: 0 })] })), "pass");
});

Deno.test("judge() waits for no address that is not to be dialled", () => {
  const ofAll = (failure: number, includeUnroutable: boolean) => {
    const findings = findingsOf({ success: 0, failure, unroutable: 20 - failure });
    return judge(findings, { ...SCOPE, includeUnroutable }).reasons[0]?.message;
  };
  assertEquals(ofAll(3, false), "none of 20 addresses shook hands");
  assertEquals(ofAll(3, true), "none of 3 addresses shook hands");
  assertEquals(ofAll(19, true), "none of 19 addresses shook hands");
});

Deno.test("judge() passes no seed to none of whose addresses this machine has a route", () => {
  const nowhere = findingsOf({ partial: true, noRoute: 20, success: 0, failure: 0 });
  assertEquals(judged(nowhere), "warn partial");
  assertEquals(message(nowhere), "this machine has no route to 20 of 20 addresses, and no others could be tried");
});

Deno.test("judge() fails under 50% of success and warns under 80%, exactly", () => {
  assertEquals(judged(dialled(499, 1000)), "fail low_success_rate");
  assertEquals(judged(dialled(500, 1000)), "warn low_success_rate");
  assertEquals(judged(dialled(799, 1000)), "warn low_success_rate");
  assertEquals(judged(dialled(800, 1000)), "pass");
  assertEquals(judged(dialled(1, 3)), "fail low_success_rate");
  assertEquals(message(dialled(799, 1000)), "79% of 1000 addresses shook hands, 80% expected");
  assertEquals(message(dialled(27, 38)), "71% of 38 addresses shook hands, 80% expected");
});

Deno.test("judge() measures success by the addresses dialled, not by those that cannot be", () => {
  const findings = findingsOf({ addresses: 30, success: 20, failure: 0, unroutable: 10 });
  assertEquals(judged(findings), "warn unroutable");
});

Deno.test("judge() fails under 90% of the right services and warns under 100%, of the worst subdomain", () => {
  assertEquals(judged(services([899, 1000])), "fail services_missing");
  assertEquals(judged(services([900, 1000])), "warn services_missing");
  assertEquals(judged(services([999, 1000])), "warn services_missing");
  assertEquals(judged(services([1000, 1000])), "pass");
  assertEquals(judged(services()), "pass");
  assertEquals(judged(services([10, 10], [8, 10], [19, 20])), "fail services_missing");
  assertEquals(judged(services([8, 10], [10, 10])), "fail services_missing");
  assertEquals(judged(services([0, 0], [0, 1])), "fail services_missing service_bits_unanswered");
  assertEquals(judged(services([0, 0], [10, 10])), "warn service_bits_unanswered");
  assertEquals(
    message(services([10, 10], [8, 10], [19, 20])),
    "80% of 10 peers of x2.seed.example have its service bits, 100% expected; 1 more of its subdomains fall short",
  );
  assertEquals(
    message(services([999, 1000])),
    "99% of 1000 peers of x1.seed.example have its service bits, 100% expected",
  );
});

Deno.test("judge() warns of one peer of another chain and fails over 10% of them", () => {
  const strays = (count: number) => dialled(900, 1000, { errors: new Map([["wrong_network", count]]) });
  assertEquals(judged(strays(0)), "pass");
  assertEquals(judged(strays(1)), "warn wrong_network");
  assertEquals(judged(strays(100)), "warn wrong_network");
  assertEquals(judged(strays(101)), "fail wrong_network");
  assertEquals(message(strays(1)), "on another chain: 1 of 1000 addresses, none expected");
});

Deno.test("judge() warns of one address that is not routable, unless such are wanted", () => {
  const unroutable = ["10.1.2.3", "for private use, RFC 1918"] as const;
  const findings = findingsOf({ addresses: 21, unroutable: 1 }, { unroutable });
  assertEquals(judged(findings), "warn unroutable");
  assertEquals(judged(findings, { includeUnroutable: true }), "pass");
  assertEquals(judged(dialled(1000, 1000, { unroutable: 1 })), "warn unroutable");
  assertEquals(
    message(findings),
    "not routable on the public internet: 1 of 21 addresses, none expected (10.1.2.3 is for private use, RFC 1918)",
  );
});

Deno.test("judge() warns when over 10% of the peers are behind", () => {
  const behind = (count: number) => dialled(1000, 1000, { behind: count });
  assertEquals(judged(behind(100)), "pass");
  assertEquals(judged(behind(101)), "warn behind");
  assertEquals(
    message(behind(101)),
    "101 of 1000 peers are more than 144 blocks behind the median, at most 10% expected",
  );
});

Deno.test("judge() warns when over half of ten addresses or more are in one netgroup", () => {
  const crowded = (count: number, addresses: number) =>
    findingsOf({ addresses, success: addresses }, { largestNetgroup: ["30.1.0.0/16", count] });
  assertEquals(judged(crowded(10, 20)), "pass");
  assertEquals(judged(crowded(51, 100)), "warn one_netgroup");
  assertEquals(judged(crowded(6, 10)), "warn one_netgroup");
  assertEquals(judged(crowded(9, 9)), "pass");
  assertEquals(message(crowded(11, 20)), "11 of 20 addresses are in 30.1.0.0/16, at most 50% expected");
});

Deno.test("judge() warns when ten peers or more all have one user agent", () => {
  const same = (count: number, success: number, userAgent = "/Satoshi:0.21.2/") =>
    dialled(success, success, { userAgents: [[userAgent, count]] });
  assertEquals(judged(same(10, 10)), "warn one_version");
  assertEquals(judged(same(9, 9)), "pass");
  assertEquals(judged(same(19, 20)), "pass");
  assertEquals(message(same(10, 10)), "all 10 peers have the user agent /Satoshi:0.21.2/, more than one expected");
  assertEquals(message(same(10, 10, "")), 'all 10 peers have the user agent "", more than one expected');
});

Deno.test("judge() warns of a family that is missing, if it was asked for, and the answer is known", () => {
  assertEquals(judged(findingsOf({ ipv4: 20, ipv6: 0 })), "warn no_ipv6");
  assertEquals(judged(findingsOf({ ipv4: 0, ipv6: 20 })), "warn no_ipv4");
  assertEquals(judged(findingsOf({ ipv4: 20, ipv6: 0 }), { networks: ["ipv4"] }), "pass");
  assertEquals(judged(findingsOf({ ipv4: 0, ipv6: 20 }), { networks: ["ipv6"] }), "pass");
  assertEquals(judged(findingsOf({ ipv4: 1, ipv6: 19 })), "pass");
  const unanswered = new Set(["ipv6"] as const);
  assertEquals(judged(findingsOf({ ipv4: 20, ipv6: 0 }, { unanswered })), "pass");
  assertEquals(judged(findingsOf({ ipv4: 0, ipv6: 20 }, { unanswered })), "warn no_ipv4");
  assertEquals(message(findingsOf({ ipv4: 20, ipv6: 0 })), "none of 20 addresses is IPv6");
  assertEquals(message(findingsOf({ ipv4: 0, ipv6: 20 })), "none of 20 addresses is IPv4");
});

Deno.test("judge() gives the worst verdict, and its reasons first", () => {
  const findings = findingsOf({ success: 14, failure: 6, errors: new Map([["wrong_network", 6]]), ipv4: 20, ipv6: 0 });
  assertEquals(judged(findings), "fail wrong_network low_success_rate no_ipv6");
});
