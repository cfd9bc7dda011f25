/**
 * What has become of the mutants, in a table.
 *
 * @module
 */

import { changeOf, type Mutant } from "./mutant.ts";
import type { Verdict } from "./results.ts";

/** A mutant and what is known of it: `null` when it has not been tried. */
export interface Known {
  readonly mutant: Mutant;
  readonly verdict: Verdict | "exempt" | null;
}

/** Whether no test has noticed it. */
export function hasSurvived({ verdict }: Known): boolean {
  return verdict === "survived" || verdict === "unreached";
}

/** The columns, and what they count. */
const COLUMNS: readonly (readonly [string, (known: Known) => boolean])[] = [
  ["mutants", () => true],
  ["killed", ({ verdict }) => verdict === "killed"],
  ["timed out", ({ verdict }) => verdict === "timed out"],
  ["survived", hasSurvived],
  ["exempt", ({ verdict }) => verdict === "exempt"],
  ["invalid", ({ verdict }) => verdict === "mistyped" || verdict === "invalid"],
  ["not tried", ({ verdict }) => verdict === null],
];

/** The table, with a row for each folder and one for all. */
export function reportTable(all: readonly Known[]): string {
  const folders = Map.groupBy(all, ({ mutant: { file } }) => file.slice(0, Math.max(0, file.lastIndexOf("/"))) || ".");
  const rows = [...folders].toSorted(([a], [b]) => a < b ? -1 : 1);
  const lines = [
    ["folder", ...COLUMNS.map(([name]) => name)],
    ...[...rows, ["all", all] as const].map(([name, those]) => [
      name,
      ...COLUMNS.map(([, counts]) => String(those.filter(counts).length)),
    ]),
  ];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines.map(([folder = "", ...numbers]) =>
    [folder.padEnd(widths[0] ?? 0), ...numbers.map((number, at) => number.padStart(widths[at + 1] ?? 0))].join("  ")
  ).join("\n");
}

/** A mutant in one line: where it is, and what it changes. */
export function describeMutant(mutant: Mutant): string {
  const { file, place, operator, lines: [line] } = mutant;
  return `${file}:${line}  ${place || "-"}  ${operator}: ${changeOf(mutant)}`;
}
