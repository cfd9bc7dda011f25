/**
 * The record of an audited seed.
 *
 * @module
 */

import type { ErrorCode } from "../../net/errors.ts";
import {
  type AuditReason,
  type AuditResult,
  type Percentiles,
  type QueryResult,
  type Verdict,
  VERDICTS,
} from "../../audit/result.ts";
import { errorCounts, type ErrorRecord, errorRecord } from "./error.ts";
import { hexServices, tenths } from "./values.ts";

/** A name of a seed that was looked up: the seed itself, or one of its subdomains for service bits. */
export interface QueryRecord {
  /** The name. */
  readonly name: string;
  /** The bits that a subdomain promises, 16 hex digits; `null` for the seed itself. */
  readonly service_bits: string | null;
  /** How many IPv4 addresses it has. */
  readonly a: number;
  /** How many IPv6 addresses it has. */
  readonly aaaa: number;
  /** How long it took until both families were answered, in milliseconds. */
  readonly elapsed_ms: number;
  /** How many of its peers that shook hands announce all of these bits; `null` for the seed itself. */
  readonly matching: number | null;
  /** Why it gave no address, or none of one family, whose record type then begins the message. */
  readonly error: ErrorRecord | null;
}

/** The result for one seed. */
export interface AuditRecord {
  /** The kind of record. */
  readonly type: "audit";
  /** The seed as given. */
  readonly seed: string;
  /** The worst reason's verdict; `pass` if there is none. */
  readonly verdict: Verdict;
  /** Whether the result is partial: the audit was interrupted, or this machine has no route to any of the addresses. */
  readonly partial: boolean;
  /** What is wrong, worst first. */
  readonly reasons: readonly AuditReason[];
  /** Every name that was looked up, the seed itself first. */
  readonly queries: readonly QueryRecord[];
  /** Distinct addresses over all names. */
  readonly addresses: number;
  /** How many of them are IPv4. */
  readonly ipv4: number;
  /** How many of them are IPv6. */
  readonly ipv6: number;
  /** How many of them are not routable on the public internet. */
  readonly unroutable: number;
  /** How many of them are of a family that this machine has no route to; they count as neither success nor failure. */
  readonly no_route: number;
  /** How many of them another seed returned too. */
  readonly shared: number;
  /** Distinct IPv4 /16 and IPv6 /32 among them. */
  readonly netgroups: number;
  /** How many of those dialled shook hands. */
  readonly success: number;
  /** How many of those dialled did not, not counting `no_route`. */
  readonly failure: number;
  /** `success / (success + failure)`, to four decimals; `null` if none was dialled. */
  readonly success_rate: number | null;
  /** How many failed for each reason. */
  readonly errors: { readonly [C in ErrorCode]?: number };
  /** How many of those that shook hands are more than 144 blocks below the median height of all seeds' peers. */
  readonly behind: number;
  /** The median height of this seed's peers that shook hands. */
  readonly median_height: number | null;
  /** How many of those that shook hands announce the v2 transport (BIP 324). */
  readonly v2: number;
  /** User agents of those that shook hands, escaped, with their counts; most frequent first. */
  readonly user_agents: readonly (readonly [userAgent: string, count: number])[];
  /** How long the TCP connects took for those that shook hands. */
  readonly connect_ms: Percentiles;
  /** How long the whole handshakes took. */
  readonly handshake_ms: Percentiles;
}

/** The record of an audited seed. */
export function auditRecord(result: AuditResult): AuditRecord {
  const { type, seed, verdict, partial, reasons, addresses, ipv4, ipv6, unroutable, shared, netgroups } = result;
  const { success, failure, behind, v2 } = result;
  const dialled = success + failure;
  return {
    type,
    seed,
    verdict,
    partial,
    reasons,
    queries: result.queries.map(queryRecord),
    addresses,
    ipv4,
    ipv6,
    unroutable,
    no_route: result.noRoute,
    shared,
    netgroups,
    success,
    failure,
    success_rate: dialled === 0 ? null : Math.round(success / dialled * 1e4) / 1e4,
    errors: errorCounts(result.errors),
    behind,
    median_height: result.medianHeight,
    v2,
    user_agents: result.userAgents,
    connect_ms: percentilesInTenths(result.connectTime),
    handshake_ms: percentilesInTenths(result.handshakeTime),
  };
}

function queryRecord({ name, serviceBits, ipv4, ipv6, elapsed, matching, error }: QueryResult): QueryRecord {
  return {
    name,
    service_bits: serviceBits === null ? null : hexServices(serviceBits),
    a: ipv4,
    aaaa: ipv6,
    elapsed_ms: tenths(elapsed),
    matching: serviceBits === null ? null : matching,
    error: errorRecord(error),
  };
}

function percentilesInTenths({ p50, p90 }: Percentiles): Percentiles {
  return { p50: p50 === null ? null : tenths(p50), p90: p90 === null ? null : tenths(p90) };
}

/** The records, worst verdict first, then lowest success rate; a seed without a rate comes before those. */
export function worstFirst(records: readonly AuditRecord[]): AuditRecord[] {
  const rate = ({ success, failure }: AuditRecord) => success + failure === 0 ? -1 : success / (success + failure);
  const rank = ({ verdict }: AuditRecord) => VERDICTS.indexOf(verdict);
  return records.toSorted((a, b) => rank(a) - rank(b) || rate(a) - rate(b));
}
