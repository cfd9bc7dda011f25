/**
 * `--history`: what is in a state file, without using the network.
 *
 * @module
 */

import { CSV_LINE_END, RUN_ROWS } from "../../report/csv.ts";
import { historyTable } from "../../report/history_table.ts";
import { ndjsonLine } from "../../report/ndjson.ts";
import { type RunRecord, runRecord } from "../../report/records/run.ts";
import { seedLine, SEEDS_HEADER } from "../../report/seeds.ts";
import type { State } from "../../state/state.ts";
import type { Target } from "../../scan/target.ts";
import { StartError, UsageError } from "../errors.ts";
import { EXIT_SUCCESS } from "../exit.ts";
import type { CommandLine } from "../options.ts";
import { ResultWriter } from "../output.ts";
import { writePage } from "../page.ts";
import { chainOf } from "../settings.ts";
import { openState, usingState } from "../state_file.ts";

/** Prints what the options ask for; resolves to the exit status. */
export async function run(options: CommandLine, targets: readonly Target[]): Promise<number> {
  const { state: path, report, demo } = options;
  if (path === undefined) throw new UsageError("--history needs --state FILE");
  if (targets.length > 0) throw new UsageError("--history takes no targets");
  const chain = await chainOf(options);
  using state = openState(path, chain, demo, { create: false });
  const runs = usingState(path, () => Array.from(state.runs(), runRecord));
  if (runs.length === 0) throw new StartError(`no run in --state ${path} yet`);
  const results = new ResultWriter();
  usingState(path, () => print(options, state, runs, (line) => results.add(line)));
  // First, as a page that cannot be written must not cost the results.
  const error = await results.written();
  if (report !== undefined && error?.code !== "closed") {
    const { historyPage } = await import("../../report/html/history.ts");
    await writePage(report, historyPage(runs, demo ? `${chain.name}, simulated` : chain.name));
  }
  if (error !== null) throw error;
  return EXIT_SUCCESS;
}

function print(
  { format }: CommandLine,
  state: State,
  runs: readonly RunRecord[],
  write: (lines: string) => void,
): void {
  switch (format) {
    case "text":
      return write(historyTable(runs).map((line) => `${line}\n`).join(""));
    case "ndjson":
      return write(runs.map((run) => `${ndjsonLine(run)}\n`).join(""));
    case "csv":
      return write([RUN_ROWS.header, ...runs.map(RUN_ROWS.row)].map((line) => `${line}${CSV_LINE_END}`).join(""));
    case "seeds":
      write(`${SEEDS_HEADER}\n`);
      for (const entry of state.seeds()) write(`${seedLine(entry)}\n`);
      return;
    case "openmetrics":
      throw new UsageError("--history has no --format openmetrics: expected text, ndjson, csv or seeds");
  }
}
