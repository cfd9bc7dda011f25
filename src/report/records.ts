/**
 * Records: results as they are printed. Names and meanings follow Bitcoin Core's `getpeerinfo`; an unknown value is
 * `null`, and every key is always present, in the same order. `schema.json` describes them, with the version of the
 * format.
 *
 * @module
 */

import type { AnyAuditResult } from "../audit/audit.ts";
import type { RunResult } from "../state/result.ts";
import type { CrawlResult } from "../crawl/result.ts";
import { type AddressRecord, addressRecord } from "./records/address.ts";
import { type AddrsRecord, addrsRecord } from "./records/addrs.ts";
import { type AuditRecord, auditRecord } from "./records/audit.ts";
import { type PeerRecord, peerRecord } from "./records/peer.ts";
import { type RunRecord, runRecord } from "./records/run.ts";
import { type SeedRecord, seedRecord } from "./records/seed.ts";
import { type SummaryRecord, summaryRecord } from "./records/summary.ts";

/** Any result that has a record. */
export type AnyResult = AnyAuditResult | CrawlResult | RunResult;

/** Any record of a scan. */
export type ScanRecord = SeedRecord | PeerRecord | SummaryRecord;

/** Any record. */
export type AnyRecord = ScanRecord | AuditRecord | AddrsRecord | AddressRecord | RunRecord;

/** The record of a result of type `R`. */
export type RecordOf<R extends AnyResult> = Extract<AnyRecord, { readonly type: R["type"] }>;

/**
 * The record of a result.
 *
 * @example
 * ```ts
 * import { handshake, recordOf } from "@bitcoin-p2p/handshake";
 * import { nodeScript, SimulatedPeer } from "@bitcoin-p2p/handshake/sim";
 * import { assertEquals } from "@std/assert";
 *
 * await using peer = new SimulatedPeer(nodeScript({ userAgent: "/Satoshi:31.0.0/" }));
 *
 * assertEquals(recordOf(await handshake(peer.target)).subver, "/Satoshi:31.0.0/");
 * ```
 */
export function recordOf<R extends AnyResult>(result: R): RecordOf<R>;
export function recordOf(result: AnyResult): AnyRecord {
  switch (result.type) {
    case "seed":
      return seedRecord(result);
    case "peer":
      return peerRecord(result);
    case "run":
      return runRecord(result);
    case "audit":
      return auditRecord(result);
    case "addrs":
      return addrsRecord(result);
    case "address":
      return addressRecord(result);
    case "summary":
      return summaryRecord(result);
  }
}
