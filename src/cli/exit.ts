/**
 * The exit statuses of the program, except those after a signal.
 *
 * @module
 */

/** A handshake succeeded; in an audit, no seed failed. */
export const EXIT_SUCCESS = 0;

/** No handshake succeeded; in an audit, a seed failed; or the results could not be written. */
export const EXIT_FAILURE = 1;

/** With `--check`, the states of a service. */
export const EXIT_OF_STATE = { OK: 0, WARNING: 1, CRITICAL: 2, UNKNOWN: 3 } as const;

/** The command line is wrong. */
export const EXIT_USAGE = 2;
