/**
 * What goes by on a connection, told as it goes by, for those who look into an implementation.
 *
 * @module
 */

import type { Address } from "../address/address.ts";
import type { ErrorRecord } from "./errors.ts";

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
  /** The payload; `null` where it was too long to be kept. */
  readonly payload: Uint8Array | null;
  /** What is wrong with it: its checksum, or its contents. */
  readonly damage: string | null;
}

/** Something that happens on a connection. */
export type TraceEvent =
  | MessageEvent
  /** The TCP connection is up, and a transport begins. */
  | { readonly type: "connected"; readonly transport: "v1" | "v2" }
  /** The keys of the v2 transport are the same at both ends. */
  | { readonly type: "session"; readonly sessionId: string }
  /** The peer has ended its side of the connection. */
  | { readonly type: "closed" }
  /** This attempt to shake hands is over, and how it went; it succeeded when there is no error. */
  | { readonly type: "ended"; readonly error: ErrorRecord | null };

/** Is told of each event, with the peer's address and the milliseconds since the connect began. */
export type Tracer = (address: Address, time: number, event: TraceEvent) => void;
