/**
 * What is said of several measurements of one thing.
 *
 * @module
 */

/** The middle and the ends of some measurements. */
export interface Spread {
  /** The middle one, or the mean of the middle two. */
  readonly median: number;
  /** The least. */
  readonly min: number;
  /** The greatest. */
  readonly max: number;
}

/**
 * The value below which `share` of the values lie, from 0 to 1, between neighbours in proportion.
 *
 * @throws {RangeError} when there is no value.
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  if (low === undefined || high === undefined) throw new RangeError("Expected one value or more, got none");
  return low + (high - low) * (position % 1);
}

/**
 * Median, least and greatest.
 *
 * @throws {RangeError} when there is no value.
 */
export function spread(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), min: quantile(values, 0), max: quantile(values, 1) };
}

/** The middle one of some measurements, or the mean of the middle two. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * Takes a round of measurements `count` times, one after the other. What is compared is measured in turn within a round,
 * and compared round by round: what disturbs the machine for a while disturbs both.
 */
export async function rounds<T>(count: number, measure: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let i = 0; i < count; i++) results.push(await measure());
  return results;
}
