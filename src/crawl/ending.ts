/**
 * What becomes of the peers that a crawl dials.
 *
 * @module
 */

import type { HandshakeOutcome } from "../net/outcome.ts";

/**
 * How a peer was done: it shook hands, failed after it was reached, was not reached, or had not even a route to it; or it
 * was dropped before.
 */
export type Ending = "success" | "failure" | "unreached" | "no_route" | "dropped";

/** What became of a peer whose handshake is over. */
export function endingOf({ error, connectTime }: HandshakeOutcome): Ending {
  if (error === null) return "success";
  if (connectTime !== null) return "failure";
  return error.noRoute ? "no_route" : "unreached";
}
