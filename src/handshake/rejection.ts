/**
 * The peer's `reject`, which is the error if the peer then closes the connection.
 *
 * @module
 */

import { escapeBytes } from "../wire/escape.ts";
import type { Message } from "../wire/messages.ts";
import { describeReject } from "../wire/reject.ts";
import { HandshakeError } from "./errors.ts";
import type { DamagedMessage } from "./handshake.ts";

/** The error if the peer closes the connection after this message; `null` if it is not a `reject`. */
export function rejectionIn(message: Message | DamagedMessage): HandshakeError | null {
  const refusal = refusalIn(message);
  return refusal === null ? null : new HandshakeError("rejected", `Expected a handshake, but the peer ${refusal}`);
}

/**
 * A `reject` that cannot be parsed counts all the same; one with a wrong checksum does not, as none of it can be
 * trusted.
 */
function refusalIn(message: Message | DamagedMessage): string | null {
  if (message.type === "reject") {
    const rejected = escapeBytes(message.message) || "message";
    return `rejected our ${rejected} and closed the connection: ${describeReject(message)}`;
  }
  if (!("messageType" in message) || message.messageType !== "reject") return null;
  const sent = "sent an unreadable reject and closed the connection";
  if (message.type === "other") return `${sent}: its payload is too long`;
  return message.error.code === "malformed_message" ? `${sent}: ${message.error.message}` : null;
}
