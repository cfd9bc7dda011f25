/**
 * Records as the lines of the format asked for.
 *
 * @module
 */

import { CSV_LINE_END, type Rows } from "../report/csv.ts";
import { ndjsonLine } from "../report/ndjson.ts";
import type { AnyRecord } from "../report/records.ts";
import { textMessages } from "../report/text.ts";
import { createLogger } from "./log.ts";
import type { CommandLine } from "./options.ts";

/** Takes one record after another. */
export type ResultPrinter = (record: AnyRecord) => void;

/** What to print with. */
export interface Sheet {
  /** What is wanted of it. */
  readonly options: Pick<CommandLine, "quiet" | "trace">;
  /** Takes whole lines. */
  readonly write: (lines: string) => void;
  /** Whether there are colours in text. */
  readonly color: boolean;
  /** Why targets fail on purpose, by their text. */
  readonly faults?: ReadonlyMap<string, string> | undefined;
}

/** Makes the printer of a run. */
export type PrinterMaker = (sheet: Sheet) => ResultPrinter;

/** Prints every record as a line of JSON. */
export const ndjsonPrinter: PrinterMaker = ({ write }) => (record) => write(`${ndjsonLine(record)}\n`);

/** Prints a header, and the records of which there are rows. */
export function csvPrinter({ header, row }: Rows): PrinterMaker {
  return ({ write }) => {
    write(`${header}${CSV_LINE_END}`);
    return (record) => {
      const line = row(record);
      if (line !== null) write(`${line}${CSV_LINE_END}`);
    };
  };
}

/** Prints peers as lines of a log, unless less is wanted, and the two counts. */
export const logPrinter: PrinterMaker = ({ options: { quiet }, write, color, faults }) => {
  const log = createLogger("INFO", write, color);
  return (record) => {
    if (record.type === "audit" || quiet && record.type !== "summary") return;
    const onPurpose = record.type === "peer" ? faults?.get(record.target) : undefined;
    for (const message of textMessages(record, onPurpose)) log.info(message);
  };
};

/** Prints the two counts alone. */
export const countPrinter: PrinterMaker = (sheet) =>
  logPrinter({ ...sheet, options: { ...sheet.options, quiet: true } });
