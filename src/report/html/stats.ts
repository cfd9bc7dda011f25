/**
 * The numbers behind the charts.
 *
 * @module
 */

import { median, tally } from "../../audit/statistics.ts";

/** A value, or class of values, and its count. */
export type Count<T> = readonly [value: T, count: number];

/** A percentile needs at least this many values beyond it, or it would say more about these than about the rest. */
const LEAST_BEYOND = 2;

/** Whether a percentile of `count` values is meaningful; the median and the extremes always are. */
export function hasPercentile(count: number, percent: number): boolean {
  const beyond = Math.min(percent, 100 - percent);
  return beyond === 0 || beyond === 50 || count * beyond >= LEAST_BEYOND * 100;
}

/** A bar of a histogram: the number of values from `from` to below `to`. */
export interface Bin {
  /** The lower bound, inclusive. */
  readonly from: number;
  /** The upper bound, exclusive. */
  readonly to: number;
  /** The number of values. */
  readonly count: number;
}

/** Ten round steps of nearly equal ratio from 1 to below 10: the series R10 of ISO 3. */
const STEPS = [1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8];

/** The least time other than 0, in milliseconds, as records are rounded. */
const LEAST_TIME = 0.1;

/** The decades that cover the times, as powers of ten, from the first to below the second; at least one. */
export function decades(times: readonly number[]): readonly [first: number, end: number] {
  let first = Infinity;
  let last = -Infinity;
  for (const time of times) {
    const decade = Math.floor(Math.log10(Math.max(time, LEAST_TIME)));
    first = Math.min(first, decade);
    last = Math.max(last, decade);
  }
  return times.length === 0 ? [0, 1] : [first, last + 1];
}

/** The histogram of times in milliseconds, ten bins per decade; the decades must cover all times. */
export function timeBins(times: readonly number[], [first, end]: readonly [number, number]): Bin[] {
  const edges: number[] = [];
  for (let decade = first; decade < end; decade++) {
    // Via text, as 1.6 * 0.1 is not 0.16.
    for (const step of STEPS) edges.push(Number(`${step}e${decade}`));
  }
  const counts = new Array<number>(edges.length).fill(0);
  for (const time of times) {
    const bin = Math.max(0, edges.findLastIndex((edge) => edge <= time));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return edges.map((from, i) => ({ from, to: edges[i + 1] ?? 10 ** end, count: counts[i] ?? 0 }));
}

/** Classes of heights from far ahead to far behind, each with its lower bound in blocks above the median. */
const HEIGHT_CLASSES: readonly Count<string>[] = [
  ["more than 144 blocks ahead", 145],
  ["7 to 144 ahead", 7],
  ["1 to 6 ahead", 1],
  ["at the median height", 0],
  ["1 to 6 behind", -6],
  ["7 to 144 behind, up to a day", -144],
  ["145 to 1,008 behind, up to a week", -1008],
  ["1,009 to 52,560 behind, up to a year", -52_560],
  ["more than a year behind", -Infinity],
];

/**
 * The number of heights in each class of distance from the median. At ten minutes a block there are 144 blocks a day.
 */
export function heightClasses(heights: readonly number[]): Count<string>[] {
  const middle = median(heights) ?? 0;
  const classes = heights.map((height) => HEIGHT_CLASSES.findIndex(([, least]) => height - middle >= least));
  const counts = new Map(tally(classes));
  return HEIGHT_CLASSES.map(([label], i) => [label, counts.get(i) ?? 0]);
}

/** At most four ticks, in steps of 1, 2 or 5 times a power of ten, up to `most`. */
export function ticks(most: number): number[] {
  const least = 10 ** Math.floor(Math.log10(Math.max(1, most / 4)));
  const step = [1, 2, 5, 10].map((factor) => factor * least).find((size) => most / size < 5) ?? least;
  return Array.from({ length: Math.floor(most / step) }, (_, i) => (i + 1) * step);
}

const NUMBER = new Intl.NumberFormat("en");

/** A count with separators: `20,000`. */
export function formatCount(count: number): string {
  return NUMBER.format(count);
}

/** A count with what is counted: `1 peer`, `20,000 peers`. */
export function counted(count: number, unit: string, units: string = `${unit}s`): string {
  return `${formatCount(count)} ${count === 1 ? unit : units}`;
}

/** A time in milliseconds with its unit: `95 ms`, `1.6 s`; an unknown one is a dash. */
export function formatTime(milliseconds: number | null): string {
  if (milliseconds === null) return "–";
  return milliseconds < 999.5 ? `${round(milliseconds)} ms` : `${round(milliseconds / 1000)} s`;
}

/** A time for a table: in tenths of a millisecond, as in records, without the unit. */
export function formatTenths(milliseconds: number | null): string | null {
  return milliseconds === null ? null : milliseconds.toFixed(1);
}

/** Rounds to three significant digits, without trailing zeros. */
function round(value: number): number {
  return value < 100 ? Number(value.toPrecision(3)) : Math.round(value);
}
