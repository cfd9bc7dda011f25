/**
 * Line charts of counts over time, with their numbers as text.
 *
 * @module
 */

import { utcDay, utcMinute } from "../utc.ts";
import { type Html, html } from "./escape.ts";
import { point, scale } from "./histogram.ts";
import { formatCount, ticks } from "./stats.ts";
import { type Column, table } from "./table.ts";

/** A line: a value for each time, `null` where there is none. */
export interface Line {
  /** What is counted. */
  readonly label: string;
  /** The counts. */
  readonly values: readonly (number | null)[];
}

/** A line chart. */
export interface LineChart {
  /** What it shows. */
  readonly title: string;
  /** The times, in seconds since 1970, ascending. */
  readonly times: readonly number[];
  /** The lines. */
  readonly lines: readonly Line[];
}

const WIDTH = 380;
const HEIGHT = 220;

/** The plot area, with room for counts on the left and days below. */
const LEFT = 48;
const RIGHT = WIDTH - 8;
const TOP = 12;
const BOTTOM = HEIGHT - 26;

/** How many lines can be told apart: each has a dash pattern of its own, as not everybody sees colours. */
const PATTERNS = 5;

/** The chart. */
export function lineChart(chart: LineChart): Html {
  const { title, lines } = chart;
  return html`
    <figure>
      <figcaption>${title}</figcaption>
      <svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">${plot(chart)}</svg>
      <ul class="legend">
        ${lines.map(({ label, values }, i) =>
          html`
            <li><svg class="sample" viewBox="0 0 28 8" aria-hidden="true"><path class="${lineClass(
              i,
            )}" d="M0 4H28" /></svg>
              ${label} ${formatValue(values.at(-1) ?? null)}</li>
          `
        )}
      </ul>
      <details>
        <summary>${title}: the numbers</summary>
        <div class="wide">${numbers(chart)}</div>
      </details>
    </figure>
  `;
}

function lineClass(i: number): string {
  return `line l${i % PATTERNS}`;
}

function plot({ times, lines }: LineChart): Html[] {
  const most = Math.max(1, ...lines.flatMap(({ values }) => values.flatMap((value) => value ?? [])));
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const x = (time: number) => scale(time, first, Math.max(last, first + 1), LEFT, RIGHT);
  const y = (count: number) => scale(count, 0, most, BOTTOM, TOP);
  return [
    ...ticks(most).map((count) =>
      html`
        <path class="grid" d="M${LEFT} ${point(y(count))}H${RIGHT}" />
        <text x="${LEFT - 6}" y="${point(y(count) + 4)}" text-anchor="end">${formatCount(count)}</text>
      `
    ),
    html`<path class="axis" d="M${LEFT} ${BOTTOM}H${RIGHT}" />`,
    html`<text x="${LEFT}" y="${HEIGHT - 6}">${utcDay(first)}</text>`,
    html`<text x="${RIGHT}" y="${HEIGHT - 6}" text-anchor="end">${utcDay(last)}</text>`,
    ...lines.map(({ label, values }, i) =>
      html`
        <path class="${lineClass(i)}" d="${path(values, times, x, y)}">
          <title>${label}</title>
        </path>
      `
    ),
  ];
}

/** The line, with gaps where there is no value. */
function path(
  values: Line["values"],
  times: readonly number[],
  x: (time: number) => number,
  y: (count: number) => number,
): string {
  let isGap = true;
  return times.map((time, i) => {
    const value = values[i] ?? null;
    const command = value === null ? "" : `${isGap ? "M" : "L"}${point(x(time))} ${point(y(value))}`;
    isGap = value === null;
    return command;
  }).join("");
}

function numbers({ title, times, lines }: LineChart): Html {
  const columns: Column<[i: number, time: number]>[] = [
    {
      label: "Run of (UTC)",
      cell: ([, time]) => utcMinute(time),
    },
    ...lines.map(({ label, values }): Column<[i: number, time: number]> => ({
      label,
      numeric: true,
      cell: ([i]) => formatValue(values[i] ?? null),
    })),
  ];
  return table({ caption: title, columns, rows: [...times.entries()] });
}

function formatValue(value: number | null): string {
  return value === null ? "–" : formatCount(value);
}
