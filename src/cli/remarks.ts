/**
 * The remarks on standard error at the end of a run.
 *
 * @module
 */

import type { SummaryResult } from "../scan/result.ts";
import type { ScanProgress } from "../scan/scan.ts";

/** What was left undone because of a signal. */
export function interruption(
  { peers, success, failure, unresolved, reading }: Pick<
    ScanProgress,
    "peers" | "success" | "failure" | "unresolved" | "reading"
  >,
): string {
  return [
    `Interrupted: ${peers - success - failure} of ${peers} ${peers === 1 ? "peer" : "peers"} not finished`,
    ...unresolved === 0 ? [] : [`${unresolved} ${unresolved === 1 ? "name" : "names"} not resolved`],
    ...reading ? ["more targets to come"] : [],
  ].join(", ");
}

/** Why handshakes failed, with counts, most frequent first; `null` if none did. */
export function failureCounts({ errors }: Pick<SummaryResult, "errors">): string | null {
  const counts = [...errors].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  if (counts.length === 0) return null;
  return `Handshakes failed: ${counts.map(([code, count]) => `${code}=${count}`).join(" ")}`;
}
