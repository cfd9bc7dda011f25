/**
 * The numbers behind the charts.
 *
 * @module
 */

import { median, tally } from "../../audit/statistics.ts";

/** A value, or a class of values, and how many there are. */
export type Count<T> = readonly [value: T, count: number];

/** A percentile has at least as many values beyond it, or it says more of these than of the others. */
const LEAST_BEYOND = 2;

/** Whether a percentile of so many values is worth telling; the median and the ends always are. */
export function hasPercentile(count: number, percent: number): boolean {
  const beyond = Math.min(percent, 100 - percent);
  return beyond === 0 || beyond === 50 || count * beyond >= LEAST_BEYOND * 100;
}

/** A bar of a histogram: how many values from `from` to below `to`. */
export interface Bin {
  /** The least value in it. */
  readonly from: number;
  /** The least value above it. */
  readonly to: number;
  /** How many there are. */
  readonly count: number;
}

/** Ten steps of nearly the same ratio, in round numbers, from 1 to below 10: the series R10 of ISO 3. */
const STEPS = [1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8];

/** The least time that is told apart from none, in milliseconds, as the records round them. */
const LEAST_TIME = 0.1;

/** The whole decades in which times lie, as powers of ten, from the first to below the second; at least one. */
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

/** The histogram of times in milliseconds over so many decades, which hold them all, ten bins each. */
export function timeBins(times: readonly number[], [first, end]: readonly [number, number]): Bin[] {
  const edges: number[] = [];
  for (let decade = first; decade < end; decade++) {
    // By way of text, as 1.6 * 0.1 is not 0.16.
    for (const step of STEPS) edges.push(Number(`${step}e${decade}`));
  }
  const counts = new Array<number>(edges.length).fill(0);
  for (const time of times) {
    const bin = Math.max(0, edges.findLastIndex((edge) => edge <= time));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return edges.map((from, i) => ({ from, to: edges[i + 1] ?? 10 ** end, count: counts[i] ?? 0 }));
}

/** Classes of heights, from far ahead to far behind: each is of what is at least so many blocks above the median. */
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

/** How many heights are how far from the median. Ten minutes a block make 144 blocks a day. */
export function heightClasses(heights: readonly number[]): Count<string>[] {
  const middle = median(heights) ?? 0;
  const classes = heights.map((height) => HEIGHT_CLASSES.findIndex(([, least]) => height - middle >= least));
  const counts = new Map(tally(classes));
  return HEIGHT_CLASSES.map(([label], i) => [label, counts.get(i) ?? 0]);
}

/** At most four steps of 1, 2 or 5 times a power of ten, from one step up to `most` or less. */
export function ticks(most: number): number[] {
  const least = 10 ** Math.floor(Math.log10(Math.max(1, most / 4)));
  const step = [1, 2, 5, 10].map((factor) => factor * least).find((size) => most / size < 5) ?? least;
  return Array.from({ length: Math.floor(most / step) }, (_, i) => (i + 1) * step);
}

const NUMBER = new Intl.NumberFormat("en");

/** A count as people read it: `20,000`. */
export function formatCount(count: number): string {
  return NUMBER.format(count);
}

/** A time in milliseconds as people read it: `95 ms`, `1.6 s`; an unknown one is a dash. */
export function formatTime(milliseconds: number | null): string {
  if (milliseconds === null) return "–";
  return milliseconds < 999.5 ? `${round(milliseconds)} ms` : `${round(milliseconds / 1000)} s`;
}

/** A time for a column of them: to a tenth of a millisecond, as the records have it, without the unit. */
export function formatTenths(milliseconds: number | null): string | null {
  return milliseconds === null ? null : milliseconds.toFixed(1);
}

/** To three significant digits, and no digit more than is there. */
function round(value: number): number {
  return value < 100 ? Number(value.toPrecision(3)) : Math.round(value);
}
