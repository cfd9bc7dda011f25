/**
 * The axes of a chart: mapping values to positions, and choosing ticks.
 *
 * @module
 */

/** One axis. */
export interface Scale {
  /** The labelled values, rising; the first and the last are the ends of the axis. */
  readonly ticks: readonly number[];
  /** The position of a value on the axis: 0 at the first tick, 1 at the last. */
  readonly place: (value: number) => number;
}

/** Maximum number of steps of a linear axis. */
const MAX_STEPS = 6;

/** An axis from 0 to `max` or a little more, in steps of 1, 2 or 5 times a power of ten. */
export function linearScale(max: number): Scale {
  const least = max / MAX_STEPS;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? least;
  const ticks = Array.from({ length: Math.ceil(max / step) + 1 }, (_, i) => i * step);
  const end = ticks.at(-1) ?? max;
  return { ticks, place: (value) => value / end };
}

/** An axis from the power of `base` at or below `min` to the one at or above `max`; all values must be positive. */
export function logScale(base: 2 | 10, min: number, max: number): Scale {
  const exponent = base === 2 ? Math.log2 : Math.log10;
  const first = Math.floor(exponent(min));
  const last = Math.max(first + 1, Math.ceil(exponent(max)));
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => base ** (first + i));
  return { ticks, place: (value) => (exponent(value) - first) / (last - first) };
}
