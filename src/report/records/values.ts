/**
 * How values stand in records.
 *
 * @module
 */

import type { ErrorCode } from "../../net/errors.ts";

/** Service bits as 16 hex digits. */
export function hexServices(services: bigint): string {
  return services.toString(16).padStart(16, "0");
}

/** Milliseconds, to a tenth. */
export function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

/** How many failed for each reason, in the order given. */
export function countsByCode(counts: ReadonlyMap<ErrorCode, number>): { readonly [C in ErrorCode]?: number } {
  return Object.fromEntries(counts);
}
