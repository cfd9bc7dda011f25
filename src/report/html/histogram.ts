/**
 * Histograms of times on a logarithmic axis, with their percentiles, and their numbers as text.
 *
 * @module
 */

import { median, percentile } from "../../audit/statistics.ts";
import { type Html, html } from "./escape.ts";
import { type Bin, formatCount, formatTime, hasPercentile, ticks, timeBins } from "./stats.ts";
import { type Column, table } from "./table.ts";

/** A histogram of times. */
export interface Histogram {
  /** What it shows. */
  readonly title: string;
  /** The times, in milliseconds. */
  readonly times: readonly number[];
  /** The decades of its axis, which must cover all times. */
  readonly range: readonly [first: number, end: number];
}

const WIDTH = 380;
const HEIGHT = 200;

/** The plot area, with room for counts on the left, the median above and times below. */
const LEFT = 42;
const RIGHT = WIDTH - 14;
const TOP = 26;
const BOTTOM = HEIGHT - 26;

const POINTS = [
  ["Fastest", 0],
  ["10% within", 10],
  ["Median", 50],
  ["90% within", 90],
  ["99% within", 99],
  ["Slowest", 100],
] as const;

const BIN_COLUMNS: readonly Column<Bin>[] = [
  { label: "From", cell: ({ from }) => formatTime(from) },
  { label: "To less than", cell: ({ to }) => formatTime(to) },
  { label: "Peers", numeric: true, cell: ({ count }) => formatCount(count) },
];

/** A histogram with ten bars per decade. */
export function histogram({ title, times, range }: Histogram): Html {
  const bins = timeBins(times, range);
  const middle = median(times);
  return html`
    <figure>
      <figcaption>${title}</figcaption>
      <svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}: median ${formatTime(middle)}">
        ${plot(bins, range, middle)}
      </svg>
      <dl class="points">
        ${POINTS.filter(([, percent]) => hasPercentile(times.length, percent)).map(([label, percent]) =>
          html`
            <div>
              <dt>${label}</dt>
              <dd>${formatTime(percentile(times, percent))}</dd>
            </div>
          `
        )}
      </dl>
      <details>
        <summary>${title}: the numbers</summary>
        ${binTable(title, bins)}
      </details>
    </figure>
  `;
}

function binTable(title: string, bins: readonly Bin[]): Html {
  return table({ caption: title, columns: BIN_COLUMNS, rows: bins.filter(({ count }) => count > 0) });
}

function plot(bins: readonly Bin[], [first, end]: Histogram["range"], median: number | null): Html[] {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const x = (time: number) => scale(Math.log10(time), first, end, LEFT, RIGHT);
  const y = (count: number) => scale(count, 0, most, BOTTOM, TOP);
  const powers = Array.from({ length: end - first + 1 }, (_, i) => Number(`1e${first + i}`));
  return [
    ...ticks(most).map((count) => countMark(count, y(count))),
    ...bins.filter(({ count }) => count > 0).map((bin) => column(bin, x(bin.from), x(bin.to), y(bin.count))),
    html`<path class="axis" d="M${LEFT} ${BOTTOM}H${RIGHT}" />`,
    ...powers.map((time) => timeMark(time, x(time))),
    ...median === null ? [] : [medianMark(median, Math.max(LEFT, x(median)))],
  ];
}

function column({ from, to, count }: Bin, left: number, right: number, top: number): Html {
  // Visible, however few there are.
  const height = Math.max(1.5, BOTTOM - top);
  return html`
    <rect class="plain" x="${point(left + 0.5)}" y="${point(BOTTOM - height)}" width="${point(
      right - left - 1,
    )}" height="${point(height)}">
      <title>${formatTime(from)} to ${formatTime(to)}: ${formatCount(count)}</title>
    </rect>
  `;
}

function countMark(count: number, y: number): Html {
  return html`
    <path class="grid" d="M${LEFT} ${point(y)}H${RIGHT}" />
    <text x="${LEFT - 6}" y="${point(y + 4)}" text-anchor="end">${formatCount(count)}</text>
  `;
}

function timeMark(time: number, x: number): Html {
  const anchor = x > RIGHT - 1 ? "end" : "middle";
  return html`
    <path class="axis" d="M${point(x)} ${BOTTOM}v5" />
    <text x="${anchor === "end" ? WIDTH : point(x)}" y="${HEIGHT - 6}" text-anchor="${anchor}">${formatTime(
      time,
    )}</text>
  `;
}

/** The line at the median, with its label on the side with more room. */
function medianMark(median: number, x: number): Html {
  const [anchor, shift] = x > (LEFT + RIGHT) / 2 ? ["end", -5] : ["start", 5];
  return html`
    <path class="median" d="M${point(x)} 8V${BOTTOM}" />
    <text x="${point(x + shift)}" y="16" text-anchor="${anchor}">median ${formatTime(median)}</text>
  `;
}

/** Maps `value` from the range `low` to `high` to the range `from` to `to`. */
export function scale(value: number, low: number, high: number, from: number, to: number): number {
  return from + (value - low) / (high - low) * (to - from);
}

/** A coordinate, rounded to a tenth of a pixel. */
export function point(coordinate: number): string {
  return String(Math.round(coordinate * 10) / 10);
}
