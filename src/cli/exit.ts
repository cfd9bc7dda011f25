/**
 * The exit statuses of the program, but for those after a signal.
 *
 * @module
 */

/** A handshake succeeded; of an audit, no seed failed. */
export const EXIT_SUCCESS = 0;

/** None did, or one did, or the results could not be written. */
export const EXIT_FAILURE = 1;

/** The command line cannot be run. */
export const EXIT_USAGE = 2;
