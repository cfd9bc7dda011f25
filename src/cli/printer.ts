/**
 * Printing records in the chosen format.
 *
 * @module
 */

import { CSV_LINE_END, type Rows } from "../report/csv.ts";
import { ndjsonLine } from "../report/ndjson.ts";
import type { RunKind } from "../report/openmetrics.ts";
import type { AnyRecord } from "../report/records.ts";
import type { SeedEntry } from "../state/result.ts";
import { textMessages } from "../report/text.ts";
import { createLogger } from "./log.ts";
import type { CommandLine } from "./options.ts";

/** Prints one record after another. */
export type ResultPrinter = (record: AnyRecord) => void;

/** What a printer needs. */
export interface Sheet {
  /** The options. */
  readonly options: Pick<CommandLine, "quiet" | "trace" | "chain" | "port">;
  /** Writes whole lines. */
  readonly write: (lines: string) => void;
  /** Whether to use colours in text. */
  readonly color: boolean;
  /** Why targets fail on purpose, by their text. */
  readonly faults?: ReadonlyMap<string, string> | undefined;
}

/** Makes the printer for a run. */
export type PrinterMaker = (sheet: Sheet) => ResultPrinter;

/** Prints every record as a line of JSON. */
export const ndjsonPrinter: PrinterMaker = ({ write }) => (record) => write(`${ndjsonLine(record)}\n`);

/** Prints a header, and the records that have rows. */
export function csvPrinter({ header, row }: Rows): PrinterMaker {
  return ({ write }) => {
    write(`${header}${CSV_LINE_END}`);
    return (record) => {
      const line = row(record);
      if (line !== null) write(`${line}${CSV_LINE_END}`);
    };
  };
}

/** Prints the metrics of a run of this kind at its end. */
export async function metricsPrinter(
  kind: RunKind,
  { options: { port, chain }, write }: Sheet,
): Promise<ResultPrinter> {
  // Loaded on demand: no other format needs it.
  const { RunMetrics } = await import("../report/openmetrics.ts");
  const metrics = new RunMetrics(kind, port ?? chain.port);
  return (record) => record.type === "summary" ? write(metrics.text(record, new Date())) : metrics.add(record);
}

/** Prints the peers that are kept between runs, at the end. */
export async function seedsPrinter(seeds: () => Iterable<SeedEntry>, { write }: Sheet): Promise<ResultPrinter> {
  const { seedLine, SEEDS_HEADER } = await import("../report/seeds.ts");
  return (record) => {
    if (record.type !== "summary") return;
    write(`${SEEDS_HEADER}\n`);
    for (const entry of seeds()) write(`${seedLine(entry)}\n`);
  };
}

/** Prints peers as log lines, unless `quiet`, and the two counts. */
export const logPrinter: PrinterMaker = ({ options: { quiet }, write, color, faults }) => {
  const log = createLogger("INFO", write, color);
  return (record) => {
    if (quiet && record.type !== "summary") return;
    const onPurpose = record.type === "peer" ? faults?.get(record.target) : undefined;
    for (const message of textMessages(record, onPurpose)) log.info(message);
  };
};

/** Prints only the two counts. */
export const countPrinter: PrinterMaker = (sheet) =>
  logPrinter({ ...sheet, options: { ...sheet.options, quiet: true } });
