/**
 * Histograms of times.
 *
 * @module
 */

import type { Labels, Sample } from "./exposition.ts";

/** The upper bounds of the buckets, in seconds: from the next room to the time limit of I2P. */
const BOUNDS: readonly number[] = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** Counts times by buckets. */
export class Histogram {
  readonly #counts = new Float64Array(BOUNDS.length + 1);
  #milliseconds = 0;

  /** Counts a time in milliseconds. */
  observe(milliseconds: number): void {
    const bucket = BOUNDS.findIndex((bound) => milliseconds <= bound * 1000);
    const i = bucket === -1 ? BOUNDS.length : bucket;
    this.#counts[i] = (this.#counts[i] ?? 0) + 1;
    this.#milliseconds += milliseconds;
  }

  /** Its samples: the buckets, each with what is in those before, the count, and the sum in seconds. */
  samples(labels: Labels): Sample[] {
    let count = 0;
    const buckets = [...this.#counts].map((inBucket, i): Sample => {
      count += inBucket;
      return { labels: { ...labels, le: boundLabel(BOUNDS[i]) }, value: count, suffix: "_bucket" };
    });
    return [
      ...buckets,
      { labels, value: count, suffix: "_count" },
      { labels, value: Math.round(this.#milliseconds * 1000) / 1e6, suffix: "_sum" },
    ];
  }
}

/** OpenMetrics wants a fraction in every number that is a label. */
function boundLabel(bound: number | undefined): string {
  if (bound === undefined) return "+Inf";
  return Number.isInteger(bound) ? bound.toFixed(1) : String(bound);
}
