/**
 * The rules for the options of a crawl, and their defaults. The command line uses them too.
 *
 * @module
 */

import { integer, isNumber, rule, type ValueRule } from "../wire/argument.ts";

const DAY = 86_400_000;

/** An address that nobody has seen for longer is not dialled. */
export const MAX_AGE: ValueRule<number> = rule(
  `milliseconds greater than 0 and at most ${36_500 * DAY}`,
  isNumber,
  (milliseconds) => milliseconds > 0 && milliseconds <= 36_500 * DAY,
);

/** How many addresses are kept. */
export const MAX_ADDRESSES: ValueRule<number> = integer(1, 100_000_000);

/** How many connections are begun in a second; 0 is no limit. */
export const RATE: ValueRule<number> = integer(0, 1_000_000);

/** The options of a crawl that have a default, in milliseconds if they are times. */
export const DEFAULT_CRAWL = {
  addrWait: 10_000,
  maxAge: 2 * DAY,
  maxAddresses: 1_000_000,
  rate: 400,
  concurrency: 1024,
} as const;
