/**
 * Statistics of repeated measurements.
 *
 * @module
 */

/** The median and the extremes of measurements. */
export interface Spread {
  /** The middle one, or the mean of the two in the middle. */
  readonly median: number;
  /** The minimum. */
  readonly min: number;
  /** The maximum. */
  readonly max: number;
}

/**
 * The value below which `share` (from 0 to 1) of the values lie, interpolated linearly.
 *
 * @throws {RangeError} when there are no values.
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  if (low === undefined || high === undefined) throw new RangeError("Expected one value or more, got none");
  return low + (high - low) * (position % 1);
}

/**
 * Median, minimum and maximum.
 *
 * @throws {RangeError} when there are no values.
 */
export function spread(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), min: quantile(values, 0), max: quantile(values, 1) };
}

/** The middle measurement, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * Takes a round of measurements `count` times, one after the other. Things to compare are measured in turn within a
 * round, and compared round by round, so that a temporary disturbance of the machine affects both.
 */
export async function rounds<T>(count: number, measure: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let i = 0; i < count; i++) results.push(await measure());
  return results;
}
