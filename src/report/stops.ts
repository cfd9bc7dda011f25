/**
 * Why a crawl is not complete, or says nothing, in words.
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

/** What a crawl is worth that ended with nobody reached: nothing, however complete it is. */
export const NOBODY_REACHED =
  "Nobody was reached who could be asked for addresses: this says nothing about the network.";
