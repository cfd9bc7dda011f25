/**
 * Records as the lines of the form asked for.
 *
 * @module
 */

import { CSV_LINE_END, PEER_ROWS, SEED_ROWS } from "../report/csv.ts";
import { ndjsonLine } from "../report/ndjson.ts";
import type { AnyRecord } from "../report/records.ts";
import type { AuditRecord } from "../report/records/audit.ts";
import { auditTable } from "../report/table.ts";
import { textMessages } from "../report/text.ts";
import { createLogger } from "./log.ts";
import type { CommandLine } from "./options.ts";

/** Takes one record after another. */
export type ResultPrinter = (record: AnyRecord) => void;

/** Why targets of the demo fail, by their text. */
export type Faults = ReadonlyMap<string, string>;

/** Prints records in the form that the options ask for; each line goes to `write`, whole. */
export function resultPrinter(
  options: CommandLine,
  write: (line: string) => void,
  color: boolean,
  faults: Faults = new Map(),
): ResultPrinter {
  switch (options.format) {
    case "ndjson":
      return (record) => write(`${ndjsonLine(record)}\n`);
    case "csv":
      return csvPrinter(options, write);
    case "text":
      // A Markdown page has no use for the lines of a log: a diagram says how its handshake went.
      if (options.trace === "mermaid") return () => {};
      return options.audit ? auditPrinter(options, write, color) : textPrinter(options, write, color, faults);
  }
}

function csvPrinter({ audit }: CommandLine, write: (line: string) => void): ResultPrinter {
  const rows = audit ? SEED_ROWS : PEER_ROWS;
  write(`${rows.header}${CSV_LINE_END}`);
  return (record) => {
    const row = rows.row(record);
    if (row !== null) write(`${row}${CSV_LINE_END}`);
  };
}

function textPrinter(
  { quiet }: CommandLine,
  write: (line: string) => void,
  color: boolean,
  faults: Faults = new Map(),
): ResultPrinter {
  const log = createLogger("INFO", write, color);
  return (record) => {
    if (record.type === "audit" || quiet && record.type !== "summary") return;
    const onPurpose = record.type === "peer" ? faults.get(record.target) : undefined;
    for (const message of textMessages(record, onPurpose)) log.info(message);
  };
}

/** The peers make no line: the table, which needs all seeds, has what they came to. */
function auditPrinter(options: CommandLine, write: (line: string) => void, color: boolean): ResultPrinter {
  const printCounts = textPrinter({ ...options, quiet: true }, write, color);
  const seeds: AuditRecord[] = [];
  return (record) => {
    if (record.type === "audit") seeds.push(record);
    if (record.type === "summary" && !options.quiet) {
      write(auditTable(seeds, color).map((line) => `${line}\n`).join(""));
    }
    printCounts(record);
  };
}
