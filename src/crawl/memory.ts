/**
 * What a crawl is told of earlier runs.
 *
 * @module
 */

import type { Address } from "../address/address.ts";
import type { TallyCounts } from "../scan/tally.ts";
import type { AnswerCounts } from "./answers.ts";

/**
 * When an address is dialled: before all others, as any other, not in this run because it failed lately; or it has been
 * dialled in the first part of this run, and succeeded or failed.
 */
export type Turn = "first" | "usual" | "later" | "succeeded" | "failed";

/** What is known of an address from earlier runs. */
export interface Remembered {
  /** The address. */
  readonly address: Address;
  /** The services that others have said it has; `null` if nobody has said. */
  readonly services: bigint | null;
  /** The newest time that anybody has named for it, in seconds since 1970; `null` if nobody has. */
  readonly time: number | null;
  /** How many network groups have named it. */
  readonly groups: number;
  /** When it is dialled. */
  readonly turn: Turn;
  /** Whether it is asked for addresses. */
  readonly asks: boolean;
}

/** The totals of the first part of a run that goes on. */
export interface FirstPart extends TallyCounts, AnswerCounts {
  /** How long it took, in milliseconds. */
  readonly elapsed: number;
}

/** All that a crawl is told of earlier runs. */
export interface Memory {
  /** The addresses that are known, in the order in which they are to be added. */
  readonly addresses: Iterable<Remembered>;
  /** The totals of the first part; `null` if the run is a new one. */
  readonly firstPart: FirstPart | null;
}
