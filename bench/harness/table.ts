/**
 * The table of measurements and goals.
 *
 * @module
 */

import { type Spread, spread } from "./statistics.ts";

/** The goal of a row. */
export interface Goal {
  /** What is measured. */
  readonly what: string;
  /** The unit; empty for a ratio. */
  readonly unit: "" | "MB" | "ms" | "µs";
  /** Whether high or low values are good. */
  readonly good: "high" | "low";
  /** The value to reach. */
  readonly target: number;
  /** A more ambitious value. */
  readonly further: number;
}

/** A row of the table. */
export interface Row {
  /** Its goal. */
  readonly goal: Goal;
  /** What was measured; `null` if nothing was. */
  readonly values: Spread | null;
  /** What the values come from, or why there are none. */
  readonly beside: string;
}

/** How a value compares with its goal. */
export type Verdict = "reached, and further" | "reached" | "not reached";

const HEADER = ["what", "median", "min to max", "target", "further", "", "from"];

/** The row of some measurements. */
export function measured(goal: Goal, values: readonly number[], beside: string): Row {
  return { goal, values: spread(values), beside };
}

/** The row of something that was not measured. */
export function notMeasured(goal: Goal, why: string): Row {
  return { goal, values: null, beside: why };
}

/** The table in Markdown. */
export function formatTable(rows: readonly Row[]): string {
  return alignTable([HEADER, ...rows.map(cellsOf)]);
}

/** A table in Markdown, its columns aligned; the first row is its header. */
export function alignTable(rows: readonly (readonly string[])[]): string {
  const [header = [], ...body] = rows;
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

/** What the numbers of a table depend on: the machine and the version of Deno. */
export function describeMachine(): string {
  return `Deno ${Deno.version.deno}, ${Deno.build.target}, ${navigator.hardwareConcurrency} processors`;
}

/** How a median compares with its goal, with the precision that is printed. */
export function verdict(goal: Goal, median: number): Verdict {
  const value = Number(formatNumber(median, goal.unit));
  const reaches = (bound: number) => goal.good === "high" ? value >= bound : value <= bound;
  return reaches(goal.further) ? "reached, and further" : reaches(goal.target) ? "reached" : "not reached";
}

function cellsOf({ goal, values, beside }: Row): string[] {
  const { what, unit, good, target, further } = goal;
  const withUnit = (number: string) => unit === "" ? number : `${number} ${unit}`;
  const goals = [target, further].map((bound) => withUnit(`${good === "high" ? "≥" : "≤"} ${bound}`));
  if (values === null) return [what, "", "", ...goals, "not measured", beside];
  const [median, min, max] = [values.median, values.min, values.max].map((value) => formatNumber(value, unit));
  return [what, withUnit(`${median}`), `${min} to ${max}`, ...goals, verdict(goal, values.median), beside];
}

function formatNumber(value: number, unit: Goal["unit"]): string {
  return value.toFixed({ "": 2, MB: 0, ms: 1, "µs": 0 }[unit]);
}
