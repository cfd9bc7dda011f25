/**
 * When the next run dials a peer again, and whether it asks it for addresses.
 *
 * @module
 */

import type { Turn } from "../crawl/memory.ts";

const HOUR = 3600;

/** A peer is asked for addresses once in this time, in seconds. */
export const ASKED_FOR = 24 * HOUR;

/** The longest wait after failures, in seconds. */
const MAX_BACK_OFF = 7 * 24 * HOUR;

/** What a run that was not finished has dialled is not dialled again for so long, in seconds. */
export const FRESH = HOUR;

/** What earlier runs know of a peer; times in seconds since 1970. */
export interface Tried {
  /** The last run in which it was dialled. */
  readonly run: number;
  /** When that was. */
  readonly tried: number;
  /** How often it has failed since it succeeded. */
  readonly failures: number;
  /** When it was asked for addresses; `null` if never. */
  readonly asked: number | null;
}

/** How long a peer that failed `failures` times in a row is left alone, in seconds. */
export function backOff(failures: number): number {
  return failures === 0 ? 0 : Math.min(MAX_BACK_OFF, HOUR * 2 ** failures);
}

/** When it is the turn of a peer in a run. */
export function turnOf({ run: last, tried, failures, asked }: Tried, run: number, now: number): Turn {
  const isDone = last === run && isFresh(tried, now);
  // A peer whose answer had not ended when the program did is asked again.
  if (failures === 0) return isDone && !mayAsk({ asked }, now) ? "succeeded" : "first";
  if (isDone) return "failed";
  return age(tried, now) < backOff(failures) ? "later" : "usual";
}

/** Whether a peer may be asked for addresses. */
export function mayAsk({ asked }: Pick<Tried, "asked">, now: number): boolean {
  return asked === null || age(asked, now) >= ASKED_FOR;
}

/** Whether what happened then is recent enough for a run to count it as its own. */
function isFresh(time: number, now: number): boolean {
  return age(time, now) < FRESH;
}

/** How long ago something was, in seconds. What is still to come was written by a wrong clock: nobody knows when it was. */
function age(time: number, now: number): number {
  return time > now ? Infinity : now - time;
}
