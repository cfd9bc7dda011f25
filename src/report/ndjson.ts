/**
 * Records as ndjson: one JSON object a line.
 *
 * @module
 */

import type { ScanRecord } from "../scan/record.ts";

/** The line of a record, without its newline. */
export function ndjsonLine(record: ScanRecord): string {
  return JSON.stringify(record);
}
