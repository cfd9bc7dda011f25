/**
 * A `reject` of the peer's, which is the reason for the end of the connection where that follows.
 *
 * @module
 */

import { escapeBytes } from "../wire/escape.ts";
import type { Message } from "../wire/messages.ts";
import { describeReject } from "../wire/reject.ts";
import { HandshakeError } from "./errors.ts";
import type { DamagedMessage } from "./handshake.ts";

/** What a peer means that ends the connection after this message; `null` when the message is no `reject`. */
export function rejectionIn(message: Message | DamagedMessage): HandshakeError | null {
  const refusal = refusalIn(message);
  return refusal === null ? null : new HandshakeError("rejected", `Expected a handshake, the peer ${refusal}`);
}

/** A `reject` that cannot be read is one all the same; one with a wrong checksum is none, as nothing of it is certain. */
function refusalIn(message: Message | DamagedMessage): string | null {
  if (message.type === "reject") {
    const rejected = escapeBytes(message.message) || "message";
    return `rejected our ${rejected} and ended the connection: ${describeReject(message)}`;
  }
  if (!("messageType" in message) || message.messageType !== "reject") return null;
  const sent = "sent a reject that cannot be read and ended the connection";
  if (message.type === "other") return `${sent}: its payload is too long`;
  return message.error.code === "malformed_message" ? `${sent}: ${message.error.message}` : null;
}
