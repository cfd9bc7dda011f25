/**
 * The error of the address layer.
 *
 * @module
 */

/** A text that is meant to be an address but is not a valid one. */
export class AddressError extends Error {
  /** Always `AddressError`. */
  override readonly name = "AddressError";
  /** The stable name of the reason. */
  readonly code = "invalid_address";
}
