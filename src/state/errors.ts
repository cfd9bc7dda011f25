/**
 * The errors of a state file.
 *
 * @module
 */

/**
 * Why a state file cannot be used:
 *
 * - `not_ours`: it is something else;
 * - `newer`: a newer version of this program has made it;
 * - `other_chain`: it is about another chain;
 * - `in_use`: another process uses it;
 * - `unwritable`: it, or its directory, cannot be written;
 * - `full`: there is no room for it;
 * - `damaged`: it has been changed by something else than this program, or by a broken disk;
 * - `failed`: anything else that SQLite says.
 */
export type StateErrorCode =
  | "not_ours"
  | "newer"
  | "other_chain"
  | "in_use"
  | "unwritable"
  | "full"
  | "damaged"
  | "failed";

/** A state file that cannot be used. */
export class StateError extends Error {
  /** Always `StateError`. */
  override readonly name = "StateError";
  /** The stable name of the reason. */
  readonly code: StateErrorCode;

  /** Makes the error. */
  constructor(code: StateErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const LOCAL_DISK = "expected a sound disk of this machine, as a network file system may not lock";

/** What the result codes of SQLite mean (https://sqlite.org/rescode.html); the low byte says it. */
const SQLITE_CODES: ReadonlyMap<number, readonly [StateErrorCode, string]> = new Map([
  [5, ["in_use", "another process uses it: wait until that has ended"]],
  [8, ["unwritable", "it, or its directory, is read-only: SQLite writes its log beside it"]],
  [10, ["failed", `reading or writing failed: ${LOCAL_DISK}`]],
  [11, ["damaged", "it is damaged: restore a copy, or begin with another file"]],
  [13, ["full", "the disk is full"]],
  [14, ["unwritable", "it cannot be opened or created: is there its directory, and may it be written?"]],
  [15, ["failed", `it cannot be locked: ${LOCAL_DISK}`]],
  [26, ["not_ours", "it is no state file"]],
]);

/** The error for what SQLite has thrown; a missing permission is passed on as it is. */
export function toStateError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StateError || error instanceof Deno.errors.NotCapable) return error;
  const code = "errcode" in error ? Number(error.errcode) & 0xff : undefined;
  // Without a code, Deno could not open the file.
  const known = SQLITE_CODES.get(code ?? (/unable to open/.test(error.message) ? 14 : -1));
  const [name, meaning] = known ?? ["failed", error.message] as const;
  return new StateError(name, meaning, { cause: error });
}
