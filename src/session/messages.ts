/**
 * Conversions between messages and a session's events.
 *
 * @module
 */

import { HandshakeError } from "../handshake/errors.ts";
import type { DamagedMessage } from "../handshake/handshake.ts";
import type { Frame } from "../transport/transport.ts";
import { WireError } from "../wire/errors.ts";
import { decodeMessage, encodeMessage, type Message } from "../wire/messages.ts";
import type { MessageEvent } from "./events.ts";

/** A message of ours, with its encoded payload. */
export interface SentMessage extends MessageEvent {
  /** The whole payload. */
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** The event for a message to be sent. */
export function toSend(message: Message): SentMessage {
  const { messageType, payload } = encodeMessage(message);
  return { type: "message", direction: "sent", messageType, size: payload.length, payload, damage: null, message };
}

/** The event for a received frame; `intact` says whether its checksum is right. */
export function received(frame: Frame, intact: boolean): MessageEvent {
  const { messageType, size, payload } = frame;
  const message = readMessage(frame, intact);
  const damage = message.type === "damaged" ? message.error.message : null;
  return { type: "message", direction: "received", messageType, size, payload, damage, message };
}

function readMessage({ messageType, payload }: Frame, intact: boolean): Message | DamagedMessage {
  if (!intact) {
    const error = new HandshakeError("bad_checksum", `Expected the checksum of ${messageType} to match its payload`);
    return { type: "damaged", messageType, error };
  }
  try {
    return decodeMessage(messageType, payload);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    return { type: "damaged", messageType, error: new HandshakeError("malformed_message", cause.message, { cause }) };
  }
}
