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

/** A missing permission: the message ends with the flag that grants it. */
export class PermissionError extends UsageError {}
