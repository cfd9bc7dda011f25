/**
 * The error of the wire layer: a payload that cannot be decoded, or a value that cannot be encoded.
 *
 * @module
 */

/**
 * What was wrong with the bytes or the value:
 *
 * - `truncated`: a field reaches past the end of the payload;
 * - `non_canonical`: a CompactSize is longer than necessary;
 * - `limit_exceeded`: a length exceeds its limit;
 * - `wrong_length`: an address has another length than those of its network;
 * - `out_of_range`: a value does not fit into its field.
 */
export type WireErrorCode =
  | "truncated"
  | "non_canonical"
  | "limit_exceeded"
  | "wrong_length"
  | "out_of_range";

/** A payload that cannot be decoded, or a value that cannot be encoded. */
export class WireError extends Error {
  /** Always `WireError`. */
  override readonly name = "WireError";
  /** The stable name of what was wrong. */
  readonly code: WireErrorCode;

  /** Makes the error; `message` says what was being read or written, what was expected and what came. */
  constructor(code: WireErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
