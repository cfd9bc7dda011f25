/**
 * `--crawl`: asks every peer for addresses, and goes on with these.
 *
 * @module
 */

import { UsageError } from "../errors.ts";

/** Refuses: the crawl itself is still to come. */
export function run(): Promise<number> {
  return Promise.reject(new UsageError("--crawl is not part of this version yet"));
}
