/**
 * What a crawl is worth, in words: why it is not complete, or says nothing.
 *
 * @module
 */

import type { StoppedBy } from "../crawl/result.ts";

/** Each reason, as a clause. */
export const STOPS: { readonly [S in StoppedBy]: string } = {
  max_time: "its time was over",
  max_addresses: "more addresses were named than it may keep",
  signal: "it was interrupted",
  proxy: "a network could not be reached any more",
};

/** The shortest crawl that has a pace of which to say what bounded it, in milliseconds. */
export const MIN_PACED = 1000;

/** What a crawl is worth that ended with nobody reached: nothing, however complete it is. */
export const NOBODY_REACHED =
  "Nobody was reached who could be asked for addresses: this says nothing about the network.";

/**
 * What the shares are of that are taken of the peers of this process, if they are fewer than all that were reached;
 * `null` if they are not.
 */
export function partNote(seen: number, success: number): string | null {
  if (seen === success) return null;
  return `This run goes on where one before was cut short. User agents, v2 and heights are those of the ${seen} reached ` +
    `since, not of the ${success - seen} before.`;
}
