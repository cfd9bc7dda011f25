/**
 * The line that a plugin of Nagios, Icinga and their relatives prints.
 *
 * Source: https://www.monitoring-plugins.org/doc/guidelines.html
 *
 * @module
 */

import { escapeCharacter, escapeText } from "../../wire/escape.ts";

/** The states of a service. */
export type ServiceState = "OK" | "WARNING" | "CRITICAL" | "UNKNOWN";

/** One value of the performance data. */
export interface Performance {
  /** What is measured. */
  readonly label: string;
  /** The value; without one it is left out. */
  readonly value: number | null;
  /** Its unit: seconds, percent, or by default none. */
  readonly unit?: "s" | "%" | "";
  /** The range without a warning: `10` is from 0 to 10, `10:` from 10 on. */
  readonly warning?: string;
  /** The range that is not critical. */
  readonly critical?: string;
  /** The least possible value. */
  readonly min?: number;
  /** The greatest possible value. */
  readonly max?: number;
}

/** What a check has found. */
export interface Finding {
  /** The state. */
  readonly state: ServiceState;
  /** The state in words. */
  readonly text: string;
  /** The performance data. */
  readonly performance: readonly Performance[];
}

/** More problems than this are counted, not named. */
const MAX_PROBLEMS = 5;

/** The line of a finding, without its line end. */
export function checkLine({ state, text, performance }: Finding): string {
  // What follows a | is performance data.
  const shown = escapeText(text).replaceAll("|", escapeCharacter);
  const data = performance.filter(({ value }) => value !== null).map(performanceText);
  return `BITCOIN ${state}: ${shown}${data.length === 0 ? "" : ` | ${data.join(" ")}`}`;
}

/** The finding that nothing could be found out. */
export function unknownFinding(text: string): Finding {
  return { state: "UNKNOWN", text, performance: [] };
}

/** The summary and the problems as one text. */
export function withProblems(summary: string, problems: readonly string[]): string {
  const more = problems.length - MAX_PROBLEMS;
  return [summary, ...problems.slice(0, MAX_PROBLEMS), ...more > 0 ? [`and ${more} more`] : []].join("; ");
}

function performanceText({ label, value, unit = "", warning = "", critical = "", min, max }: Performance): string {
  const name = escapeText(label).replace(/[|=']/g, "_");
  const quoted = /^[\w.-]+$/.test(name) ? name : `'${name}'`;
  return `${quoted}=${value}${unit};${warning};${critical};${min ?? ""};${max ?? ""}`.replace(/;+$/, "");
}
