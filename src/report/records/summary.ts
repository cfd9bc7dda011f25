/**
 * The record of a whole run.
 *
 * @module
 */

import type { ErrorCode } from "../../net/errors.ts";
import type { CrawlSummaryResult } from "../../crawl/result.ts";
import type { SummaryResult } from "../../scan/result.ts";
import { type CrawlRecord, crawlRecord } from "./crawl.ts";
import { errorCounts } from "./error.ts";

/** The totals of a run. `success + failure = peers`, always. */
export interface SummaryRecord {
  /** The kind of record. */
  readonly type: "summary";
  /** The name of the peers' chain. */
  readonly chain: string;
  /** How many targets were given. */
  readonly targets: number;
  /** How many peers have a record. */
  readonly peers: number;
  /** How many handshakes succeeded. */
  readonly success: number;
  /** How many failed. */
  readonly failure: number;
  /** How many of the successful ones went without the peer's verack. */
  readonly verack_missing: number;
  /** How many failed for each reason. */
  readonly errors: { readonly [C in ErrorCode]?: number };
  /** How long the run took, in whole milliseconds. */
  readonly elapsed_ms: number;
  /** Whether it ended before all peers were done. */
  readonly interrupted: boolean;
  /** The totals of the crawl; `null` if there was none. */
  readonly crawl: CrawlRecord | null;
}

/** The record of a run. */
export function summaryRecord(result: SummaryResult | CrawlSummaryResult): SummaryRecord {
  const { type, targets, peers, success, failure, interrupted } = result;
  return {
    type,
    chain: result.chain.name,
    targets,
    peers,
    success,
    failure,
    verack_missing: result.verackMissing,
    errors: errorCounts(result.errors),
    elapsed_ms: Math.round(result.elapsed),
    interrupted,
    crawl: "crawl" in result ? crawlRecord(result.crawl) : null,
  };
}
