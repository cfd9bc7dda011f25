/**
 * The runs of a state file, as a table for a terminal of 80 columns.
 *
 * @module
 */

import { NETWORK_NAMES } from "../address/network.ts";
import type { RunRecord } from "./records/run.ts";
import { utcMinute } from "./utc.ts";

const WIDTHS = [4, 16, 9, ...NETWORK_NAMES.map(() => 5), 5, 5, 5];

const HEAD = ["run", "started (UTC)", "reachable", ...NETWORK_NAMES, "new", "back", "gone"];

/** The lines of the table. */
export function historyTable(runs: readonly RunRecord[]): string[] {
  const lines = [HEAD, ...runs.map(cells)].map((row) => row.map((cell, i) => cell.padStart(WIDTHS[i] ?? 0)).join(" "));
  return runs.some(({ complete }) => !complete) ? [...lines, "", "* not complete: the figures may be too low"] : lines;
}

function cells({ run, started, ended, complete, networks, since }: RunRecord): string[] {
  const counts = ended === null ? [] : NETWORK_NAMES.map((name) => networks[name].success);
  return [
    `${run}${complete ? "" : "*"}`,
    utcMinute(started),
    ended === null ? "-" : String(counts.reduce((sum, count) => sum + count, 0)),
    ...NETWORK_NAMES.map((_, i) => String(counts[i] ?? "-")),
    ...[since?.new, since?.back, since?.gone].map((count) => String(count ?? "-")),
  ];
}
