/**
 * What a reason is made of.
 *
 * @module
 */

import type { IpNetwork } from "../address/network.ts";
import type { Findings } from "./findings.ts";
import type { AuditReasonCode } from "./result.ts";

/** What was asked for, as far as it changes what is wrong. */
export interface Scope {
  /** The families that were asked for: no other one can be missing. */
  readonly networks: readonly IpNetwork[];
  /** Whether addresses that are not routable are wanted too. */
  readonly includeUnroutable: boolean;
}

/** A part of a whole, in numbers. A part of nothing is no reason for anything. */
export type Share = readonly [part: number, whole: number];

/** Which shares are too small or too large. */
export type Limit = (share: Share) => boolean;

/** A reason: the share that it looks at, and for which shares a seed fails or is warned of. */
export interface Criterion {
  /** The stable name of the reason. */
  readonly code: AuditReasonCode;
  /** The share; `null` where it says nothing. */
  readonly share: (findings: Findings, scope: Scope) => Share | null;
  /** With which share a seed fails. */
  readonly fail?: Limit;
  /** With which it is warned of, unless it fails. */
  readonly warn?: Limit;
  /** What was found, and what was expected. */
  readonly message: (share: Share, findings: Findings) => string;
}

// Whole numbers on both sides, so that a share on the limit is exactly on it.

/** Less than so many percent. */
export const under = (percent: number): Limit => ([part, whole]) => part * 100 < percent * whole;

/** More than so many percent. */
export const over = (percent: number): Limit => ([part, whole]) => part * 100 > percent * whole;

/** Nothing. */
export const none: Limit = ([part]) => part === 0;

/** All of it. */
export const all: Limit = ([part, whole]) => part === whole;

/** The limit, where the whole is large enough for it to mean something. */
export const ofMany = (limit: Limit): Limit => (share) => share[1] >= 10 && limit(share);
