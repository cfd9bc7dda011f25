/**
 * Numbers that stand for many.
 *
 * @module
 */

/**
 * The least of the values that at least `percent` in a hundred of them do not exceed: the nearest rank, so that it is one
 * of them. `null` of nothing. `percent` is 0, for the least of all, to 100.
 */
export function percentile(values: readonly number[], percent: number): number | null {
  const rank = Math.max(1, Math.ceil(values.length * percent / 100));
  return values.toSorted((a, b) => a - b)[rank - 1] ?? null;
}

/** The middle value, of two in the middle the lesser; `null` of nothing. */
export function median(values: readonly number[]): number | null {
  return percentile(values, 50);
}

/** How often each value is there, the most frequent first, of equals the first to come. */
export function tally<T>(values: Iterable<T>): [value: T, count: number][] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a);
}

/**
 * A share as people read it, the same wherever it stands: in whole percent, rounded down, so that what is under a limit
 * never looks as if it were on it, and only all of it is 100%. Something is never 0%, and of nothing there is no share.
 */
export function formatPercent(part: number, whole: number): string {
  if (whole === 0) return "–";
  const percent = Math.floor(part * 100 / whole);
  return percent === 0 && part > 0 ? "<1%" : `${percent}%`;
}
