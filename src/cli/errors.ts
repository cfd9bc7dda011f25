/**
 * The errors that the user can do something about.
 *
 * @module
 */

/** A command line that cannot be run. Nothing has been sent. */
export class UsageError extends Error {
  /** Always `UsageError`. */
  override readonly name = "UsageError";
  /** The stable name of the reason. */
  readonly code = "usage";
}

/** What this machine does not let the program do, so that it cannot start. */
export class StartError extends Error {
  /** Always `StartError`. */
  override readonly name = "StartError";
  /** The stable name of the reason. */
  readonly code = "start";
}

/** Something that Deno may not do for the user: the message ends with the flag that allows it. */
export class PermissionError extends UsageError {}
