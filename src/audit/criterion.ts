/**
 * The criteria behind the reasons of a verdict.
 *
 * @module
 */

import type { Network } from "../address/network.ts";
import type { Findings } from "./findings.ts";
import type { AuditReasonCode } from "./result.ts";

/** The settings that affect the verdict. */
export interface Scope {
  /** The families asked for: only these can be missing. */
  readonly networks: readonly Network[];
  /** Whether unroutable addresses are wanted too. */
  readonly includeUnroutable: boolean;
}

/** A part and the whole, as counts. A whole of 0 is never a reason. */
export type Share = readonly [part: number, whole: number];

/** Whether a share is beyond a limit. */
export type Limit = (share: Share) => boolean;

/** A possible reason: the share that it measures, and the limits for a failure or a warning. */
export interface Criterion {
  /** The stable name of the reason. */
  readonly code: AuditReasonCode;
  /** The share; `null` if it does not apply. */
  readonly share: (findings: Findings, scope: Scope) => Share | null;
  /** When the seed fails. */
  readonly fail?: Limit;
  /** When it gets a warning, unless it fails. */
  readonly warn?: Limit;
  /** What was found, and what was expected. */
  readonly message: (share: Share, findings: Findings) => string;
}

// Integers on both sides, so that the comparison is exact.

/** Less than `percent`. */
export const under = (percent: number): Limit => ([part, whole]) => part * 100 < percent * whole;

/** More than `percent`. */
export const over = (percent: number): Limit => ([part, whole]) => part * 100 > percent * whole;

/** Nothing. */
export const none: Limit = ([part]) => part === 0;

/** All of it. */
export const all: Limit = ([part, whole]) => part === whole;

/** The limit, if the whole is at least 10. */
export const ofMany = (limit: Limit): Limit => (share) => share[1] >= 10 && limit(share);
