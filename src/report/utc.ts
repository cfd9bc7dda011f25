/**
 * Times in UTC, for tables and charts.
 *
 * @module
 */

/** A time in seconds since 1970, to the minute: `2026-11-24 04:00`. */
export function utcMinute(seconds: number): string {
  return isoText(seconds).slice(0, 16).replace("T", " ");
}

/** The same to the day. */
export function utcDay(seconds: number): string {
  return isoText(seconds).slice(0, 10);
}

/** A file can have been changed to times that no calendar has. */
function isoText(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? "unknown" : date.toISOString();
}
