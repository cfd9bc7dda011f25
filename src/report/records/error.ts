/**
 * Errors within records.
 *
 * @module
 */

import type { ErrorCode, ErrorPhase, Failure } from "../../net/errors.ts";

/** An error as a record shows it. */
export interface ErrorRecord {
  /** The stable name of the reason. */
  readonly code: ErrorCode;
  /** Where it happened. */
  readonly phase: ErrorPhase;
  /** What was expected, what came, and what to do about it. */
  readonly message: string;
}

/** The error of a record; `null` if nothing failed. */
export function errorRecord(failure: Failure | null): ErrorRecord | null {
  return failure && { code: failure.code, phase: failure.phase, message: failure.message };
}

/** How many failed for each reason, in the order given. */
export function errorCounts(counts: ReadonlyMap<ErrorCode, number>): { readonly [C in ErrorCode]?: number } {
  return Object.fromEntries(counts);
}
