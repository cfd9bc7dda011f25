/**
 * What a session tells as it goes on.
 *
 * @module
 */

import type { DamagedMessage } from "../handshake/handshake.ts";
import type { TransportType } from "../transport/transport.ts";
import type { Message } from "../wire/messages.ts";

/** A message that goes by. */
export interface MessageEvent {
  /** The kind of event. */
  readonly type: "message";
  /** Who sent it: we did, or the peer. */
  readonly direction: "sent" | "received";
  /** The message type, escaped by {@linkcode escapeBytes} where it came from a peer. */
  readonly messageType: string;
  /** The length of the payload, in bytes. */
  readonly size: number;
  /** The payload; `null` where it was too long to be kept, or nobody reads it. */
  readonly payload: Uint8Array | null;
  /** What is wrong with it: its checksum, or its contents. */
  readonly damage: string | null;
  /** What it says. */
  readonly message: Message | DamagedMessage;
}

/** Asks for the checksum of a payload, without which the session does not go on: see {@linkcode Session.provide}. */
export interface ChecksumEvent {
  /** The kind of event. */
  readonly type: "checksum";
  /** The payload, one of the peer's or one to send. */
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** Something that happens in a session, apart from its wish for checksums. */
export type ProgressEvent =
  | MessageEvent
  /** Both ends speak the same transport. It comes before the first of the peer's messages. */
  | { readonly type: "negotiated"; readonly transport: TransportType; readonly sessionId: string | null }
  /** The handshake is complete, with the peer's verack or because the peer closed instead. */
  | { readonly type: "complete"; readonly verack: boolean }
  /** The peer has ended its side of the connection, and all that it sent before has been read. */
  | { readonly type: "closed" };

/** All that {@linkcode Session.poll} gives. */
export type SessionEvent = ProgressEvent | ChecksumEvent;
