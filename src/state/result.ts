/**
 * What a state file tells.
 *
 * @module
 */

import type { Address } from "../address/address.ts";
import type { Network } from "../address/network.ts";
import type { NetworkCounts, Since, StoppedBy } from "../crawl/result.ts";
import type { Uptime } from "./uptime.ts";

/** A network in a run. */
export interface RunNetwork extends NetworkCounts {
  /** How many of those that shook hands announce the v2 transport (BIP 324). */
  readonly v2: number;
  /** Their median height; `null` if there is none. */
  readonly medianHeight: number | null;
}

/** A run in a state file. */
export interface RunResult {
  /** The kind of result. */
  readonly type: "run";
  /** Its number: 1, 2 and so on. */
  readonly run: number;
  /** When it began, in seconds since 1970. */
  readonly started: number;
  /** When it ended; `null` if it was killed, or is not over. */
  readonly ended: number | null;
  /** How long it took, without the time between its parts, in milliseconds. */
  readonly elapsed: number;
  /** How many addresses were known at its end; `null` if it did not end. */
  readonly known: number | null;
  /** How many of them still waited. */
  readonly waiting: number | null;
  /** Whether nothing waited in the end, and nothing had been dropped. */
  readonly complete: boolean;
  /** Why it is not complete. */
  readonly stoppedBy: StoppedBy | null;
  /** Its networks. */
  readonly networks: { readonly [N in Network]?: RunNetwork };
  /** The user agents of those that shook hands, escaped, with their counts; the most frequent first. */
  readonly userAgents: readonly (readonly [userAgent: string, count: number])[];
  /** Against the run before; `null` of the first one, and of one that did not end. */
  readonly since: Since | null;
}

/** A peer as a DNS seed sees it. */
export interface SeedEntry {
  /** Its address. */
  readonly address: Address;
  /** Whether a DNS seed would give it out. */
  readonly good: boolean;
  /** When it shook hands last, in seconds since 1970. */
  readonly lastSuccess: number;
  /** Its averages. */
  readonly uptime: Uptime;
  /** Its height; 0 if unknown. */
  readonly height: number;
  /** Its services. */
  readonly services: bigint;
  /** Its protocol version; 0 if unknown. */
  readonly version: number;
  /** Its user agent, escaped. */
  readonly userAgent: string;
}
