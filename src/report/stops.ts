/**
 * Why a crawl is not complete, in words.
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
