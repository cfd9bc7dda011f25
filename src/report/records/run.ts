/**
 * The record of a run in a state file.
 *
 * @module
 */

import { byNetwork, type Network } from "../../address/network.ts";
import type { NetworkCounts, Since, StoppedBy } from "../../crawl/result.ts";
import type { RunNetwork, RunResult } from "../../state/result.ts";

/** A network in a run. */
export interface RunNetworkRecord extends NetworkCounts {
  /** How many of those that shook hands announce the v2 transport (BIP 324). */
  readonly v2: number;
  /** Their median height. */
  readonly median_height: number | null;
}

/** A run that was kept. */
export interface RunRecord {
  /** The kind of record. */
  readonly type: "run";
  /** Its number: 1, 2 and so on. */
  readonly run: number;
  /** When it began, in seconds since 1970. */
  readonly started: number;
  /** When it ended; `null` if it was killed. */
  readonly ended: number | null;
  /** How long it took, without the time between its parts, in whole milliseconds. */
  readonly elapsed_ms: number;
  /** How many addresses were known at its end. */
  readonly known: number | null;
  /** How many of them still waited to be dialled. */
  readonly waiting: number | null;
  /** Whether nothing waited in the end, and nothing had been dropped. */
  readonly complete: boolean;
  /** Why it is not complete. */
  readonly stopped_by: StoppedBy | null;
  /** Its networks. */
  readonly networks: { readonly [N in Network]: RunNetworkRecord };
  /** User agents of those that shook hands, escaped, with their counts; the most frequent 100, most frequent first. */
  readonly user_agents: readonly (readonly [userAgent: string, count: number])[];
  /** How it compares with the run before; `null` of the first one, and of one that did not end. */
  readonly since: Since | null;
}

const NONE: RunNetwork = { known: 0, dialled: 0, success: 0, v2: 0, medianHeight: null };

/** The record of a run. */
export function runRecord(result: RunResult): RunRecord {
  const { type, run, started, ended, elapsed, known, waiting, complete, stoppedBy, networks, userAgents, since } =
    result;
  return {
    type,
    run,
    started,
    ended,
    elapsed_ms: elapsed,
    known,
    waiting,
    complete,
    stopped_by: stoppedBy,
    networks: byNetwork((network) => {
      const { known, dialled, success, v2, medianHeight } = networks[network] ?? NONE;
      return { known, dialled, success, v2, median_height: medianHeight };
    }),
    user_agents: userAgents,
    since,
  };
}
