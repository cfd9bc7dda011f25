/**
 * The error of the address layer.
 *
 * @module
 */

/** A text that is meant as an address of some network, and is none. */
export class AddressError extends Error {
  /** Always `AddressError`. */
  override readonly name = "AddressError";
  /** The stable name of the reason. */
  readonly code = "invalid_address";
}
