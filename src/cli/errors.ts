/**
 * The error of the command line: something the user should write in another way.
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

/** Something that Deno may not do for the user: the message ends with the flag that allows it. */
export class PermissionError extends UsageError {}
