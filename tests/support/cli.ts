/**
 * What the parts of the command line are given.
 *
 * @module
 */

import type { Setup } from "../../src/cli/job.ts";
import { createLogger } from "../../src/cli/log.ts";
import { parseCommandLine, parseTargets } from "../../src/cli/parse.ts";
import type { PrinterMaker } from "../../src/cli/printer.ts";
import { scanSettings } from "../../src/cli/settings.ts";
import { reachableNetworks } from "../../src/net/reach.ts";
import type { AnyRecord } from "../../src/report/records.ts";
import { auditOf, peerOf, summaryOf } from "./records.ts";

/** What a job is made of, by these arguments; what is logged goes to `logged`, without its time. */
export async function setupOf(
  args: readonly string[],
  { logged = [], signal = new AbortController().signal }: {
    readonly logged?: string[];
    readonly signal?: AbortSignal;
  } = {},
): Promise<Setup> {
  const options = parseCommandLine(args);
  const log = createLogger("DEBUG", (line) => void logged.push(line.replace(/^\S+ +|\n$/g, "")));
  const settings = await scanSettings(options);
  return { options, targets: parseTargets(options.seeds, reachableNetworks(settings)), settings, log, signal };
}

/** The records of an audit, of which a scan has all but two. */
export const AUDIT_RECORDS: readonly AnyRecord[] = [
  { type: "seed", target: "seed.example", addresses: ["250.1.0.1"], error: null },
  peerOf(),
  auditOf({ seed: "good.example" }),
  auditOf({ seed: "bad.example", verdict: "fail" }),
  summaryOf({ success: 6, failure: 19 }),
];

/** What a printer writes of records, with the time of a log line taken away. */
export function printed(
  maker: PrinterMaker,
  records: readonly AnyRecord[],
  { args = [], color = false, faults }: {
    readonly args?: readonly string[];
    readonly color?: boolean;
    readonly faults?: ReadonlyMap<string, string>;
  } = {},
): string[] {
  const writes: string[] = [];
  const print = maker({ options: parseCommandLine(args), write: (lines) => void writes.push(lines), color, faults });
  for (const record of records) print(record);
  return writes.map((text) => text.replace(/^\S+Z /, ""));
}
