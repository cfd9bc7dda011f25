/**
 * Judging seeds: the reasons to fail or warn, with their thresholds.
 *
 * @module
 */

import type { IpNetwork } from "../address/network.ts";
import { all, type Criterion, none, ofMany, over, type Scope, type Share, under } from "./criterion.ts";
import { type Findings, MAX_BLOCKS_BEHIND } from "./findings.ts";
import { RESOLUTION_CRITERIA, SERVICE_CRITERIA } from "./name_criteria.ts";
import { type AuditResult, type SeedFigures, type Verdict, VERDICTS } from "./result.ts";
import { formatPercent } from "./statistics.ts";

/** Every reason, in the order in which those with the same verdict are listed. */
const CRITERIA: readonly Criterion[] = [
  ...RESOLUTION_CRITERIA,
  {
    code: "no_success",
    share: ({ figures }, scope) => [figures.success, isOver(figures, scope) ? figures.addresses : dialled(figures)],
    fail: none,
    message: ([, whole]) => `none of ${whole} addresses shook hands`,
  },
  {
    code: "low_success_rate",
    // If none did, it is `no_success`.
    share: ({ figures }) => figures.success === 0 ? null : [figures.success, dialled(figures)],
    fail: under(50),
    warn: under(80),
    message: ([part, whole]) => `${formatPercent(part, whole)} of ${whole} addresses shook hands, 80% expected`,
  },
  ...SERVICE_CRITERIA,
  {
    code: "wrong_network",
    share: ({ figures }) => [figures.errors.get("wrong_network") ?? 0, dialled(figures)],
    fail: over(10),
    warn: over(0),
    message: ([part, whole]) => `on another chain: ${part} of ${whole} addresses, none expected`,
  },
  {
    code: "unroutable",
    share: ({ figures }, { includeUnroutable }) => includeUnroutable ? null : [figures.unroutable, figures.addresses],
    warn: over(0),
    message: ([part, whole], { unroutable: [ip, why] = ["", ""] }) =>
      `not routable on the public internet: ${part} of ${whole} addresses, none expected (${ip} is ${why})`,
  },
  {
    code: "behind",
    share: ({ figures }) => [figures.behind, figures.success],
    warn: over(10),
    message: ([part, whole]) =>
      `${part} of ${whole} peers are more than ${MAX_BLOCKS_BEHIND} blocks behind the median, ` +
      "at most 10% expected",
  },
  {
    code: "one_netgroup",
    share: ({ figures, largestNetgroup }) => [largestNetgroup?.[1] ?? 0, figures.addresses],
    warn: ofMany(over(50)),
    message: ([part, whole], { largestNetgroup }) =>
      `${part} of ${whole} addresses are in ${largestNetgroup?.[0]}, at most 50% expected`,
  },
  {
    code: "one_version",
    share: ({ figures }) => [figures.userAgents[0]?.[1] ?? 0, figures.success],
    warn: ofMany(all),
    message: ([, whole], { figures }) =>
      `all ${whole} peers have the user agent ${figures.userAgents[0]?.[0] || '""'}, more than one expected`,
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
    share: ({ figures }) => [Number(figures.partial), 1],
    warn: all,
    message: (_, { figures }) => partialMessage(figures),
  },
];

/** The result for a seed: its verdict, with reasons and figures. */
export function judge(findings: Findings, scope: Scope): AuditResult {
  const judged = CRITERIA.flatMap((criterion) => {
    const share = criterion.share(findings, scope);
    const verdict = share && verdictOn(share, criterion);
    return verdict ? [{ verdict, reason: { code: criterion.code, message: criterion.message(share, findings) } }] : [];
  });
  const worstFirst = VERDICTS.flatMap((verdict) => judged.filter((other) => other.verdict === verdict));
  return {
    type: "audit",
    ...findings.figures,
    verdict: worstFirst[0]?.verdict ?? "pass",
    reasons: worstFirst.map(({ reason }) => reason),
  };
}

function verdictOn(share: Share, { fail, warn }: Criterion): Verdict | null {
  if (share[1] === 0) return null;
  return fail?.(share) ? "fail" : warn?.(share) ? "warn" : null;
}

function dialled({ success, failure }: SeedFigures): number {
  return success + failure;
}

/** Whether every address to be dialled has been; not so if the audit was interrupted. */
function isOver(figures: SeedFigures, { includeUnroutable }: Scope): boolean {
  return dialled(figures) + (includeUnroutable ? 0 : figures.unroutable) >= figures.addresses;
}

/** The share of a family's addresses; `null` if it was not asked for, or a query for it failed. */
function familyShare(network: IpNetwork, { figures, unanswered }: Findings, { networks }: Scope): Share | null {
  return networks.includes(network) && !unanswered.has(network) ? [figures[network], figures.addresses] : null;
}

function partialMessage(figures: SeedFigures): string {
  return dialled(figures) === 0 && figures.noRoute > 0
    ? `this machine has no route to ${figures.noRoute} of ${figures.addresses} addresses, and no others could be tried`
    : `interrupted after trying ${dialled(figures)} of ${figures.addresses} addresses`;
}
