/**
 * How the nodes of a fleet behave.
 *
 * @module
 */

/** How the nodes of a fleet behave. */
export interface Behaviour {
  /** How long a round trip to them seems to take, in milliseconds; 0 for what loopback takes. */
  readonly roundTrip: number;
  /** Whether they accept connections and say nothing. */
  readonly silent: boolean;
}
