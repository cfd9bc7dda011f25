/**
 * Audited seeds as a table for a terminal of 80 columns: worst first, each followed by its reasons. The words are those
 * of the records.
 *
 * @module
 */

import type { AuditReason, Verdict } from "../audit/result.ts";
import { formatPercent } from "../audit/statistics.ts";
import { type AuditRecord, worstFirst } from "./records/audit.ts";
import { wrap } from "./wrap.ts";

/** Maximum width of the table, in columns. */
const WIDTH = 80;

const GAP = "  ";

/** Red, yellow, green. */
const COLORS: { readonly [V in Verdict]: string } = { fail: "\x1b[31m", warn: "\x1b[33m", pass: "\x1b[32m" };

const FIGURES = ["addresses", "ipv4", "ipv6", "success_rate"] as const;

const VERDICT_WIDTH = "verdict".length;

/** Reasons are aligned with the seed's name. */
const INDENT = VERDICT_WIDTH + GAP.length;

const SEED_WIDTH = WIDTH - INDENT - FIGURES.join("").length - GAP.length * FIGURES.length;

/** The lines of the table, with coloured verdicts if `color`. */
export function auditTable(records: readonly AuditRecord[], color: boolean = false): string[] {
  const heading = `verdict${GAP}${"seed".padEnd(SEED_WIDTH)}${figures((name) => name)}`;
  return [heading, ...worstFirst(records).flatMap((record) => seedLines(record, color))];
}

function seedLines(record: AuditRecord, color: boolean): string[] {
  const { seed, verdict, reasons } = record;
  const shown = verdict.padEnd(VERDICT_WIDTH);
  const start = `${color ? `${COLORS[verdict]}${shown}\x1b[0m` : shown}${GAP}`;
  const values = figures((name) => figure(record, name));
  const [first = "", ...rest] = wrap(seed, WIDTH - INDENT);
  const lines = first.length <= SEED_WIDTH
    ? [`${start}${first.padEnd(SEED_WIDTH)}${values}`]
    : [`${start}${first}`, ...rest.map(indented), indented(`${"".padEnd(SEED_WIDTH)}${values}`)];
  return [...lines, ...reasons.flatMap(reasonLines)];
}

/** The figures of a line, each as wide as its heading. */
function figures(value: (name: typeof FIGURES[number]) => string): string {
  return FIGURES.map((name) => `${GAP}${value(name).padStart(name.length)}`).join("");
}

function figure(record: AuditRecord, name: typeof FIGURES[number]): string {
  if (name !== "success_rate") return String(record[name]);
  const { success, failure } = record;
  return success + failure === 0 ? "-" : formatPercent(success, success + failure);
}

/** A reason, wrapped. */
function reasonLines({ code, message }: AuditReason): string[] {
  const lines = wrap(`${code}: ${message}`, WIDTH - INDENT - GAP.length);
  return lines.map((line, i) => indented(i === 0 ? line : `${GAP}${line}`));
}

function indented(line: string): string {
  return `${"".padEnd(INDENT)}${line}`;
}
