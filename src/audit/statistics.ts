/**
 * Summary statistics.
 *
 * @module
 */

/**
 * The percentile by nearest rank, which is always one of the values; `null` if there are none. `percent` is from 0 (the
 * minimum) to 100.
 */
export function percentile(values: readonly number[], percent: number): number | null {
  const rank = Math.max(1, Math.ceil(values.length * percent / 100));
  return values.toSorted((a, b) => a - b)[rank - 1] ?? null;
}

/** The middle value, or the lesser of the two in the middle; `null` if there are none. */
export function median(values: readonly number[]): number | null {
  return percentile(values, 50);
}

/** How often each value occurs, most frequent first, then in order of first occurrence. */
export function tally<T>(values: Iterable<T>): [value: T, count: number][] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a);
}

/**
 * A share in whole percent, rounded down, so that a share below a limit never appears to reach it, and only the whole
 * is 100%. A part that is not 0 is never shown as 0%.
 */
export function formatPercent(part: number, whole: number): string {
  if (whole === 0) return "–";
  const percent = Math.floor(part * 100 / whole);
  return percent === 0 && part > 0 ? "<1%" : `${percent}%`;
}
