/**
 * The format of values in records.
 *
 * @module
 */

/** Service bits as 16 hex digits. */
export function hexServices(services: bigint): string {
  return services.toString(16).padStart(16, "0");
}

/** Milliseconds, rounded to a tenth. */
export function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

/** A share of 1, rounded to a hundredth. */
export function hundredths(share: number): number {
  return Math.round(share * 100) / 100;
}
