/**
 * Bar charts: tables with a bar in each row, so that the numbers are available as text.
 *
 * @module
 */

import { formatPercent } from "../../audit/statistics.ts";
import { type Content, type Html, html } from "./escape.ts";
import { formatCount } from "./stats.ts";
import { type Column, table } from "./table.ts";
import { breakable } from "./text.ts";

/** A row of a bar chart. */
export interface BarRow {
  /** What is counted. */
  readonly label: string;
  /** The count. */
  readonly count: number;
  /** Whether this is good or bad, if either. */
  readonly tone?: Tone;
  /** An additional note. */
  readonly note?: string;
}

/** How good a value is; decides its colour. */
export type Tone = "good" | "fair" | "bad";

/** A bar chart. */
export interface BarChart {
  /** What it shows. */
  readonly caption: string;
  /** The head of the labels. */
  readonly label: string;
  /** The rows, in order. */
  readonly rows: readonly BarRow[];
  /** The whole that the shares refer to. */
  readonly whole: number;
  /** What the rows are, in the plural, such as `user agents`. */
  readonly kind: string;
  /** The head of the counts; by default `Peers`. */
  readonly unit?: string;
}

/** How many rows are shown unfolded; more are folded… */
const OPEN_ROWS = 12;

/** …and this many of them listed. */
const FOLDED_ROWS = 200;

/** The shortest bar that is visible, in percent. */
const LEAST_BAR = 0.4;

/** A table with a row for each value: its count, and its share of the whole as a number and a bar. */
export function barChart(chart: BarChart): Html {
  const { caption, rows, kind } = chart;
  if (rows.length <= OPEN_ROWS + 1) return barTable(chart, caption, rows);
  const others = rows.slice(OPEN_ROWS);
  const unlisted = others.slice(FOLDED_ROWS);
  const open = [...rows.slice(0, OPEN_ROWS), sum(others, `${formatCount(others.length)} other ${kind}`)];
  const folded = others.slice(0, FOLDED_ROWS);
  if (unlisted.length > 0) folded.push(sum(unlisted, `${formatCount(unlisted.length)} more, not listed`));
  return html`
    ${barTable(chart, caption, open)}
    <details>
      <summary>Other ${kind}</summary>
      ${barTable(chart, `Other ${kind}`, folded)}
    </details>
  `;
}

function sum(rows: readonly BarRow[], label: string): BarRow {
  return { label, count: rows.reduce((total, { count }) => total + count, 0) };
}

function barTable({ label, whole, unit = "Peers" }: BarChart, caption: string, rows: readonly BarRow[]): Html {
  const columns: Column<BarRow>[] = [
    { label, cell: barLabel },
    { label: unit, numeric: true, cell: ({ count }) => formatCount(count) },
    { label: "Share", cell: ({ count, tone }) => shareBar(count, whole, tone) },
  ];
  return table({ caption, columns, rows, kind: "bars" });
}

function barLabel({ label, note }: BarRow): Content {
  return note === undefined ? breakable(label) : html`${breakable(label)} <small>${note}</small>`;
}

/** A share with a bar, which adds nothing to the number. */
export function shareBar(part: number, whole: number, tone?: Tone): Html {
  const width = part === 0 ? 0 : Math.max(LEAST_BAR, part / whole * 100);
  return html`
    <span class="share"><span>${formatPercent(
      part,
      whole,
    )}</span><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect class="${tone ?? "plain"}" width="${width.toFixed(2)}" height="1" />
    </svg></span>
  `;
}
