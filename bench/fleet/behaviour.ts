/**
 * How the nodes of a fleet behave.
 *
 * @module
 */

/** How the nodes of a fleet behave. */
export interface Behaviour {
  /** The simulated round-trip time, in milliseconds; 0 for that of loopback. */
  readonly roundTrip: number;
  /** Whether they accept connections and send nothing. */
  readonly silent: boolean;
}
