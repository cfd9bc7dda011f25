/**
 * How the nodes of a fleet behave.
 *
 * @module
 */

import type { Universe } from "./gossip.ts";

/** How the nodes of a fleet behave. */
export interface Behaviour {
  /** The simulated round-trip time, in milliseconds; 0 for that of loopback. */
  readonly roundTrip: number;
  /** Whether they accept connections and send nothing. */
  readonly silent: boolean;
  /** The network whose addresses they know and give out; `null` if they do not answer `getaddr`. */
  readonly universe: Universe | null;
}
