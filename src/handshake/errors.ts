/**
 * The error of the handshake layer: messages in an order, or with a content, that no handshake has.
 *
 * @module
 */

/**
 * Why the handshake ended:
 *
 * - `bad_checksum`, `malformed_message`: the peer's `version` or `verack` cannot be trusted or read;
 * - `obsolete_version`: the peer's protocol version is too old;
 * - `self_connection`: the peer is ourselves;
 * - `message_flood`: too many messages and still no `verack`;
 * - `rejected`: the peer sent `reject`, and ended the connection;
 * - `connection_closed`: the peer closed before its `version`.
 */
export type HandshakeErrorCode =
  | "bad_checksum"
  | "malformed_message"
  | "obsolete_version"
  | "self_connection"
  | "message_flood"
  | "rejected"
  | "connection_closed";

/** A handshake that cannot succeed any more. */
export class HandshakeError extends Error {
  /** Always `HandshakeError`. */
  override readonly name = "HandshakeError";
  /** The stable name of the reason. */
  readonly code: HandshakeErrorCode;

  /** Makes the error; `message` says what was expected and what came. */
  constructor(code: HandshakeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
