/**
 * Records as ndjson: one JSON object per line.
 *
 * @module
 */

import type { AnyRecord } from "./records.ts";

/** The line of a record, without its newline. */
export function ndjsonLine(record: AnyRecord): string {
  return JSON.stringify(record);
}
