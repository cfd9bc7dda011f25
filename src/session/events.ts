/**
 * The events of a session.
 *
 * @module
 */

import type { DamagedMessage } from "../handshake/handshake.ts";
import type { TransportType } from "../transport/transport.ts";
import type { Message } from "../wire/messages.ts";

/** A message that was sent or received. */
export interface MessageEvent {
  /** The kind of event. */
  readonly type: "message";
  /** Whether we sent it or received it from the peer. */
  readonly direction: "sent" | "received";
  /** The message type; that of a received message is escaped by {@linkcode escapeBytes}. */
  readonly messageType: string;
  /** The length of the payload, in bytes. */
  readonly size: number;
  /** The payload; `null` if it was skipped. */
  readonly payload: Uint8Array | null;
  /** What is wrong with its checksum or contents; `null` if nothing is. */
  readonly damage: string | null;
  /** The decoded message. */
  readonly message: Message | DamagedMessage;
}

/** Asks for the checksum of a payload; the session waits for {@linkcode Session.provide}. */
export interface ChecksumEvent {
  /** The kind of event. */
  readonly type: "checksum";
  /** The payload, received or to be sent. */
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** Any event of a session except requests for checksums. */
export type ProgressEvent =
  | MessageEvent
  /** The transport is negotiated. Comes before the peer's first message. */
  | { readonly type: "negotiated"; readonly transport: TransportType; readonly sessionId: string | null }
  /** The handshake is complete: the peer sent its verack, or closed the connection instead. */
  | { readonly type: "complete"; readonly verack: boolean }
  /** The peer has closed its side of the connection, and everything it sent has been read. */
  | { readonly type: "closed" };

/** Everything that {@linkcode Session.poll} returns. */
export type SessionEvent = ProgressEvent | ChecksumEvent;
