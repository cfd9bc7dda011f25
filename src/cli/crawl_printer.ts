/**
 * Printing a crawl as text.
 *
 * @module
 */

import { crawlTable } from "../report/crawl_table.ts";
import { Reached } from "../report/reached.ts";
import { logPrinter, type PrinterMaker } from "./printer.ts";

const UNROUTABLE_ADVICE =
  "Addresses that are not routable on the public internet, as those of a private network, are dialled with " +
  "--include-unroutable.";

/** Prints what {@linkcode logPrinter} does and, before the two counts, what a crawl found. */
export const crawlPrinter: PrinterMaker = (sheet) => {
  const print = logPrinter(sheet);
  const reached = new Reached();
  return (record) => {
    if (record.type === "peer") reached.add(record);
    if (record.type === "summary" && record.crawl !== null) {
      const lines = crawlTable(record, record.crawl, reached, UNROUTABLE_ADVICE);
      // Apart from the lines of peers before it.
      sheet.write([...sheet.options.quiet ? [] : [""], ...lines].map((line) => `${line}\n`).join(""));
    }
    print(record);
  };
};
