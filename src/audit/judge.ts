/**
 * Whether a seed does its job: the reasons for which it does not, with their thresholds.
 *
 * @module
 */

import type { Network } from "../address/network.ts";
import { type Findings, MAX_BLOCKS_BEHIND, type SubdomainFindings } from "./findings.ts";
import { type AuditRecord, type ReasonCode, type Verdict, VERDICTS } from "./record.ts";

/** What was asked for, as far as it changes what is wrong. */
export interface Scope {
  /** The families that were asked for: no other one can be missing. */
  readonly networks: readonly Network[];
  /** Whether addresses that are not routable are wanted too. */
  readonly includeUnroutable: boolean;
}

type Figures = Findings["record"];

/** A part of a whole, in numbers. A part of nothing is no reason for anything. */
type Share = readonly [part: number, whole: number];

/** Which shares are too small or too large. */
type Limit = (share: Share) => boolean;

/** A reason: the share that it looks at, and for which shares a seed fails or is warned of. */
interface Criterion {
  readonly code: ReasonCode;
  readonly share: (findings: Findings, scope: Scope) => Share | null;
  readonly fail?: Limit;
  readonly warn?: Limit;
  readonly message: (share: Share, findings: Findings) => string;
}

// Whole numbers on both sides, so that a share on the limit is exactly on it.
const under = (percent: number): Limit => ([part, whole]) => part * 100 < percent * whole;
const over = (percent: number): Limit => ([part, whole]) => part * 100 > percent * whole;
const none: Limit = ([part]) => part === 0;
const all: Limit = ([part, whole]) => part === whole;

/** The limit, where the whole is large enough for it to mean something. */
const ofMany = (limit: Limit): Limit => (share) => share[1] >= 10 && limit(share);

/** Every reason, in the order in which those of one verdict are told. */
const CRITERIA: readonly Criterion[] = [
  {
    code: "no_address",
    share: ({ record }) => isResolverFailing(record) ? null : [record.addresses, record.queries.length],
    fail: none,
    message: (_, { record }) => noAddressMessage(record),
  },
  {
    code: "dns_failure",
    share: ({ record }) => isResolverFailing(record) ? [record.addresses, record.queries.length] : null,
    fail: none,
    message: (_, { record }) => noAddressMessage(record),
  },
  {
    code: "no_success",
    share: ({ record }, scope) => [record.success, isOver(record, scope) ? record.addresses : dialled(record)],
    fail: none,
    message: ([, whole]) => `none of ${whole} addresses shook hands`,
  },
  {
    code: "low_success_rate",
    // None at all is `no_success`.
    share: ({ record }) => record.success === 0 ? null : [record.success, dialled(record)],
    fail: under(50),
    warn: under(80),
    message: (share) => `${atMost(share)}% of ${share[1]} addresses shook hands, 80% expected`,
  },
  {
    code: "services_missing",
    share: ({ subdomains }) => subdomainShare(subdomainsByShare(subdomains)[0]),
    fail: under(90),
    warn: under(100),
    message: (share, { subdomains }) => servicesMessage(share, subdomains),
  },
  {
    code: "wrong_network",
    share: ({ record }) => [record.errors.wrong_network ?? 0, dialled(record)],
    fail: over(10),
    warn: over(0),
    message: ([part, whole]) => `on another chain: ${part} of ${whole} addresses, none expected`,
  },
  {
    code: "unroutable",
    share: ({ record }, { includeUnroutable }) => includeUnroutable ? null : [record.unroutable, record.addresses],
    warn: over(0),
    message: ([part, whole], { unroutable: [ip, why] = ["", ""] }) =>
      `not routable on the public internet: ${part} of ${whole} addresses, none expected (${ip} is ${why})`,
  },
  {
    code: "behind",
    share: ({ record }) => [record.behind, record.success],
    warn: over(10),
    message: (share) =>
      `${atLeast(share)}% of ${share[1]} peers are more than ${MAX_BLOCKS_BEHIND} blocks behind the median, ` +
      "at most 10% expected",
  },
  {
    code: "one_netgroup",
    share: ({ record, largestNetgroup }) => [largestNetgroup?.[1] ?? 0, record.addresses],
    warn: ofMany(over(50)),
    message: (share, { largestNetgroup }) =>
      `${atLeast(share)}% of ${share[1]} addresses are in ${largestNetgroup?.[0]}, at most 50% expected`,
  },
  {
    code: "one_version",
    share: ({ record }) => [record.user_agents[0]?.[1] ?? 0, record.success],
    warn: ofMany(all),
    message: ([, whole], { record }) =>
      `all ${whole} peers have the user agent ${record.user_agents[0]?.[0] || '""'}, more than one expected`,
  },
  {
    code: "no_ipv6",
    share: ({ record }, { networks }) => networks.includes("ipv6") ? [record.ipv6, record.addresses] : null,
    warn: none,
    message: ([, whole]) => `none of ${whole} addresses is IPv6`,
  },
  {
    code: "no_ipv4",
    share: ({ record }, { networks }) => networks.includes("ipv4") ? [record.ipv4, record.addresses] : null,
    warn: none,
    message: ([, whole]) => `none of ${whole} addresses is IPv4`,
  },
];

/** The record of a seed, with the judgement on it. */
export function judge(findings: Findings, scope: Scope): AuditRecord {
  const judged = CRITERIA.flatMap((criterion) => {
    const share = criterion.share(findings, scope);
    const verdict = share && verdictOn(share, criterion);
    return verdict ? [{ verdict, reason: { code: criterion.code, message: criterion.message(share, findings) } }] : [];
  });
  const worstFirst = VERDICTS.flatMap((verdict) => judged.filter((other) => other.verdict === verdict));
  const { type, seed, ...figures } = findings.record;
  return {
    type,
    seed,
    verdict: worstFirst[0]?.verdict ?? "pass",
    reasons: worstFirst.map(({ reason }) => reason),
    ...figures,
  };
}

function verdictOn(share: Share, { fail, warn }: Criterion): Verdict | null {
  if (share[1] === 0) return null;
  return fail?.(share) ? "fail" : warn?.(share) ? "warn" : null;
}

function dialled({ success, failure }: Figures): number {
  return success + failure;
}

/** Whether every address that is to be dialled has been, which it has not when the audit was interrupted. */
function isOver(record: Figures, { includeUnroutable }: Scope): boolean {
  return dialled(record) + (includeUnroutable ? 0 : record.unroutable) >= record.addresses;
}

/** Whether a name has no address for another reason than that it has none. */
function isResolverFailing({ queries }: Figures): boolean {
  return queries.some(({ error }) => error !== null && error.code !== "dns_not_found");
}

/** What the seed's own name was answered with, or, when that is not known, another one. */
function noAddressMessage({ queries }: Figures): string {
  return queries.find(({ error }) => error !== null)?.error?.message ?? "no name has an address";
}

/** The subdomains, the one with the least share of the right peers first. */
function subdomainsByShare(subdomains: readonly SubdomainFindings[]): SubdomainFindings[] {
  return subdomains.toSorted((a, b) => a.matching * b.success - b.matching * a.success);
}

function subdomainShare(subdomain: SubdomainFindings | undefined): Share | null {
  return subdomain === undefined ? null : [subdomain.matching, subdomain.success];
}

function servicesMessage(share: Share, subdomains: readonly SubdomainFindings[]): string {
  const [worst, ...others] = subdomainsByShare(subdomains).filter(({ matching, success }) => matching < success);
  const more = others.length === 0 ? "" : `; ${others.length} more of its subdomains fall short`;
  return `${atMost(share)}% of ${share[1]} peers of ${worst?.name} have its service bits, 100% expected${more}`;
}

/** In whole percent; a share under a limit is not rounded up to it, … */
function atMost([part, whole]: Share): number {
  return Math.floor(part * 100 / whole);
}

/** … nor one over a limit down to it. */
function atLeast([part, whole]: Share): number {
  return Math.ceil(part * 100 / whole);
}
