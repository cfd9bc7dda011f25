/**
 * The errors of the command line.
 *
 * @module
 */

/** A wrong command line. Nothing has been sent. */
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

/** A missing permission: the message ends with the flag that grants it. */
export class PermissionError extends UsageError {}
