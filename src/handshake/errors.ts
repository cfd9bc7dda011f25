/**
 * The error of the handshake layer: the peer sent the wrong messages, or none.
 *
 * @module
 */

/**
 * Why the handshake ended:
 *
 * - `bad_checksum`, `malformed_message`: the peer's `version` or `verack` is damaged or cannot be parsed;
 * - `obsolete_version`: the peer's protocol version is too old;
 * - `self_connection`: we are connected to ourselves;
 * - `message_flood`: too many messages without a `verack`;
 * - `rejected`: the peer sent `reject` and closed the connection;
 * - `connection_closed`: the peer closed the connection before sending its `version`.
 */
export type HandshakeErrorCode =
  | "bad_checksum"
  | "malformed_message"
  | "obsolete_version"
  | "self_connection"
  | "message_flood"
  | "rejected"
  | "connection_closed";

/** A handshake that can no longer succeed. */
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
