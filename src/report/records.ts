/**
 * Records: results in the form in which they are printed. Names and meanings follow Bitcoin Core's `getpeerinfo`; an
 * unknown value is `null`, and every key is always there, in the same order. `schema.json` says the same of them, with the
 * version of the format.
 *
 * @module
 */

import type { AnyResult } from "../audit/audit.ts";
import type { ScanResult } from "../scan/result.ts";
import { type AuditRecord, auditRecord } from "./records/audit.ts";
import { type PeerRecord, peerRecord } from "./records/peer.ts";
import { type SeedRecord, seedRecord } from "./records/seed.ts";
import { type SummaryRecord, summaryRecord } from "./records/summary.ts";

/** Any record of a scan. */
export type ScanRecord = SeedRecord | PeerRecord | SummaryRecord;

/** Any record. */
export type AnyRecord = ScanRecord | AuditRecord;

/**
 * The record of a result.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { scan } from "../scan/api.ts";
 * import { SimulatedPeer } from "../sim/peer.ts";
 * import { node } from "../sim/scripts.ts";
 * import { recordOf } from "./records.ts";
 *
 * await using peer = new SimulatedPeer(node({ userAgent: "/Satoshi:31.0.0/" }));
 *
 * for await (const result of scan([peer.target])) {
 *   const record = recordOf(result);
 *   if (record.type === "peer") assertEquals(record.subver, "/Satoshi:31.0.0/");
 * }
 * ```
 */
export function recordOf(result: ScanResult): ScanRecord;
/** The record of a result of an audit. */
export function recordOf(result: AnyResult): AnyRecord;
export function recordOf(result: AnyResult): AnyRecord {
  switch (result.type) {
    case "seed":
      return seedRecord(result);
    case "peer":
      return peerRecord(result);
    case "audit":
      return auditRecord(result);
    case "summary":
      return summaryRecord(result);
  }
}
