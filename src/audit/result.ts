/**
 * The results of an audit.
 *
 * @module
 */

import type { ErrorCode, Failure } from "../net/errors.ts";
import type { QueriedName } from "./seeds.ts";

/** How well a seed does its job. */
export type Verdict = "fail" | "warn" | "pass";

/** All verdicts, worst first. */
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

/** A reason for a verdict. */
export interface AuditReason {
  /** The stable name of the reason. */
  readonly code: AuditReasonCode;
  /** What was found, and what was expected. */
  readonly message: string;
}

/** What a name of a seed resolved to. */
export interface QueryResult extends QueriedName {
  /** How many addresses it has. */
  readonly addresses: number;
  /** How many of them are IPv4. */
  readonly ipv4: number;
  /** How many of them are IPv6. */
  readonly ipv6: number;
  /** How many of them are of a family that this machine has a route to. */
  readonly reachable: number;
  /** How many of its peers shook hands. */
  readonly success: number;
  /** How many of these announce all its service bits. */
  readonly matching: number;
  /** How long it took until both families were answered, in milliseconds. */
  readonly elapsed: number;
  /** Why it gave no address, or none of one family, whose record type then begins the message. */
  readonly error: Failure | null;
}

/** Two percentiles, in milliseconds; `null` if there is nothing to measure. */
export interface Percentiles {
  /** The median. */
  readonly p50: number | null;
  /** The 90th percentile. */
  readonly p90: number | null;
}

/** What was found out about a seed. */
export interface SeedFigures {
  /** The seed as given. */
  readonly seed: string;
  /** Whether the result is partial: the audit was interrupted, or this machine has no route to any of the addresses. */
  readonly partial: boolean;
  /** Every name that has been answered, the seed itself first. */
  readonly queries: readonly QueryResult[];
  /** Distinct addresses over all names. */
  readonly addresses: number;
  /** How many of them are IPv4. */
  readonly ipv4: number;
  /** How many of them are IPv6. */
  readonly ipv6: number;
  /** How many of them are not routable on the public internet. */
  readonly unroutable: number;
  /** How many of them are of a family that this machine has no route to; they count as neither success nor failure. */
  readonly noRoute: number;
  /** How many of them another seed returned too. */
  readonly shared: number;
  /** Distinct network groups among them. */
  readonly netgroups: number;
  /** How many of those dialled shook hands. */
  readonly success: number;
  /** How many of those dialled did not, not counting `noRoute`. */
  readonly failure: number;
  /** How many failed for each reason, most frequent first. */
  readonly errors: ReadonlyMap<ErrorCode, number>;
  /** How many of those that shook hands are more than 144 blocks below the median height of all seeds' peers. */
  readonly behind: number;
  /** The median height of this seed's peers that shook hands. */
  readonly medianHeight: number | null;
  /** How many of those that shook hands announce the v2 transport (BIP 324). */
  readonly v2: number;
  /** User agents of those that shook hands, escaped, with their counts; most frequent first. */
  readonly userAgents: readonly (readonly [userAgent: string, count: number])[];
  /** How long the TCP connects took for those that shook hands. */
  readonly connectTime: Percentiles;
  /** How long the whole handshakes took. */
  readonly handshakeTime: Percentiles;
}

/** The result for one seed. */
export interface AuditResult extends SeedFigures {
  /** The kind of result. */
  readonly type: "audit";
  /** The worst reason's verdict; `pass` if there is none. */
  readonly verdict: Verdict;
  /** What is wrong, worst first. */
  readonly reasons: readonly AuditReason[];
}
