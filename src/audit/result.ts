/**
 * What an audit finds out about a seed, and how it judges it.
 *
 * @module
 */

import type { ErrorCode, Failure } from "../net/errors.ts";
import type { QueriedName } from "./seeds.ts";

/** How well a seed does its job. */
export type Verdict = "fail" | "warn" | "pass";

/** All verdicts, the worst first. */
export const VERDICTS: readonly Verdict[] = ["fail", "warn", "pass"];

/** Why a verdict is not `pass`. */
export type AuditReasonCode =
  | "no_address"
  | "dns_failure"
  | "no_success"
  | "low_success_rate"
  | "service_bits_unanswered"
  | "services_missing"
  | "wrong_network"
  | "unroutable"
  | "behind"
  | "one_netgroup"
  | "one_version"
  | "no_ipv6"
  | "no_ipv4"
  | "partial";

/** A reason, in words too. */
export interface AuditReason {
  /** The stable name of the reason. */
  readonly code: AuditReasonCode;
  /** What was found, and what was expected. */
  readonly message: string;
}

/** What one name of a seed gave. */
export interface QueryResult extends QueriedName {
  /** How many addresses. */
  readonly addresses: number;
  /** How many of them are IPv4. */
  readonly ipv4: number;
  /** How many of them are IPv6. */
  readonly ipv6: number;
  /** How many of them are of a family that this machine has a way to. */
  readonly reachable: number;
  /** How many of its peers shook hands. */
  readonly success: number;
  /** How many of these announce all its service bits. */
  readonly matching: number;
  /** How long the answer took, both families, in milliseconds. */
  readonly elapsed: number;
  /** Why it gave no address, or none of a family whose query failed, which the message then names by its record type. */
  readonly error: Failure | null;
}

/** Two points of a distribution, in milliseconds; `null` where there is nothing to measure. */
export interface Percentiles {
  /** Half of all took no longer. */
  readonly p50: number | null;
  /** Nine of ten took no longer. */
  readonly p90: number | null;
}

/** What was found out about a seed. */
export interface SeedFigures {
  /** The seed, as it was written. */
  readonly seed: string;
  /** Whether it is of a part: the audit was interrupted, or this machine has no way to any of the addresses. */
  readonly partial: boolean;
  /** Every name that was asked for and has been answered, the seed itself first. */
  readonly queries: readonly QueryResult[];
  /** Distinct addresses over all names. */
  readonly addresses: number;
  /** How many of them are IPv4. */
  readonly ipv4: number;
  /** How many of them are IPv6. */
  readonly ipv6: number;
  /** How many of them are not routable on the public internet. */
  readonly unroutable: number;
  /** How many of them are of a family that this machine has no way to; they count as neither success nor failure. */
  readonly noRoute: number;
  /** How many of them another seed gave too. */
  readonly shared: number;
  /** Distinct network groups among them. */
  readonly netgroups: number;
  /** How many of those dialled shook hands. */
  readonly success: number;
  /** How many of those dialled did not, but for `noRoute`. */
  readonly failure: number;
  /** How many failed for each reason, the most frequent first. */
  readonly errors: ReadonlyMap<ErrorCode, number>;
  /** How many of those that shook hands are more than 144 blocks under the median height of all seeds' peers. */
  readonly behind: number;
  /** The median height of this seed's peers that shook hands. */
  readonly medianHeight: number | null;
  /** How many of those that shook hands announce the v2 transport (BIP 324). */
  readonly v2: number;
  /** User agents of those that shook hands, escaped, with how many have each; the most frequent first. */
  readonly userAgents: readonly (readonly [userAgent: string, count: number])[];
  /** How long the TCP connects took, of those that shook hands. */
  readonly connectTime: Percentiles;
  /** How long the handshakes took. */
  readonly handshakeTime: Percentiles;
}

/** What became of one seed. */
export interface AuditResult extends SeedFigures {
  /** The kind of result. */
  readonly type: "audit";
  /** The worst reason's verdict; `pass` where there is none. */
  readonly verdict: Verdict;
  /** What is wrong, the worst first. */
  readonly reasons: readonly AuditReason[];
}
