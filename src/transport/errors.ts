/**
 * The error of the transport layer: a byte stream that breaks the protocol.
 *
 * @module
 */

/**
 * What was wrong with the stream:
 *
 * - `wrong_network`: it begins with another chain's magic;
 * - `not_bitcoin`: it begins with no chain's magic;
 * - `malformed_message`: the magic changes mid-stream, or a message we must read is too long;
 * - `oversized_message`: the announced payload exceeds the protocol's limit;
 * - `message_flood`: too many decoys;
 * - `v2_not_supported`: v2 was requested, but the peer speaks v1 or does not answer;
 * - `v2_protocol_error`: no garbage terminator, or a packet that is too long or not authentic.
 */
export type TransportErrorCode =
  | "wrong_network"
  | "not_bitcoin"
  | "malformed_message"
  | "oversized_message"
  | "message_flood"
  | "v2_not_supported"
  | "v2_protocol_error";

/** A byte stream that cannot be cut into messages. */
export class TransportError extends Error {
  /** Always `TransportError`. */
  override readonly name = "TransportError";
  /** The stable name of what was wrong. */
  readonly code: TransportErrorCode;

  /** Makes the error; `message` says what was expected and what came. */
  constructor(code: TransportErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
