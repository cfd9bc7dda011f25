/**
 * Whether a seed does its job: the reasons for which it does not, with their thresholds.
 *
 * @module
 */

import type { IpNetwork } from "../address/network.ts";
import { all, type Criterion, none, ofMany, over, type Scope, type Share, under } from "./criterion.ts";
import { type Findings, MAX_BLOCKS_BEHIND } from "./findings.ts";
import { RESOLUTION_CRITERIA, SERVICE_CRITERIA } from "./name_criteria.ts";
import { type AuditRecord, type Verdict, VERDICTS } from "./record.ts";
import { formatPercent } from "./statistics.ts";

type Figures = Findings["record"];

/** Every reason, in the order in which those of one verdict are told. */
const CRITERIA: readonly Criterion[] = [
  ...RESOLUTION_CRITERIA,
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
    message: ([part, whole]) => `${formatPercent(part, whole)} of ${whole} addresses shook hands, 80% expected`,
  },
  ...SERVICE_CRITERIA,
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
    message: ([part, whole]) =>
      `${part} of ${whole} peers are more than ${MAX_BLOCKS_BEHIND} blocks behind the median, ` +
      "at most 10% expected",
  },
  {
    code: "one_netgroup",
    share: ({ record, largestNetgroup }) => [largestNetgroup?.[1] ?? 0, record.addresses],
    warn: ofMany(over(50)),
    message: ([part, whole], { largestNetgroup }) =>
      `${part} of ${whole} addresses are in ${largestNetgroup?.[0]}, at most 50% expected`,
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
    share: (findings, scope) => familyShare("ipv6", findings, scope),
    warn: none,
    message: ([, whole]) => `none of ${whole} addresses is IPv6`,
  },
  {
    code: "no_ipv4",
    share: (findings, scope) => familyShare("ipv4", findings, scope),
    warn: none,
    message: ([, whole]) => `none of ${whole} addresses is IPv4`,
  },
  {
    code: "partial",
    share: ({ record }) => [Number(record.partial), 1],
    warn: all,
    message: (_, { record }) => partialMessage(record),
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
  const { type, seed, partial, ...figures } = findings.record;
  return {
    type,
    seed,
    verdict: worstFirst[0]?.verdict ?? "pass",
    partial,
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

/** How many addresses are of a family, unless that was not asked for, or a query for it failed. */
function familyShare(network: IpNetwork, { record, unanswered }: Findings, { networks }: Scope): Share | null {
  return networks.includes(network) && !unanswered.has(network) ? [record[network], record.addresses] : null;
}

function partialMessage(record: Figures): string {
  return dialled(record) === 0 && record.no_route > 0
    ? `this machine has no way to ${record.no_route} of ${record.addresses} addresses, and no other could be tried`
    : `interrupted when ${dialled(record)} of ${record.addresses} addresses had been tried`;
}
