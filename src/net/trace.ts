/**
 * Tracing what goes over a connection, for debugging an implementation.
 *
 * @module
 */

import type { AnswerSummary } from "../session/answer.ts";
import type { MessageEvent } from "../session/events.ts";
import type { TransportType } from "../transport/transport.ts";
import type { PeerAddress } from "../address/address.ts";
import type { Failure } from "./errors.ts";

/** A message sent or received, as bytes. */
export type TracedMessage = Omit<MessageEvent, "message">;

/** Something that happens on a connection. */
export type TraceEvent =
  | TracedMessage
  /** The TCP connection is established. */
  | { readonly type: "connected"; readonly transport: TransportType }
  /** The v2 session is established. */
  | { readonly type: "session"; readonly sessionId: string }
  /** The peer has closed its side of the connection. */
  | { readonly type: "closed" }
  /**
   * This attempt to shake hands is over; it succeeded if `error` is `null`. If the peer was asked for addresses, its
   * `answer` is over too.
   */
  | { readonly type: "ended"; readonly error: Failure | null; readonly answer?: AnswerSummary | null };

/** Called for each event, with the peer's address and the milliseconds since the connect began. */
export type Tracer = (address: PeerAddress, time: number, event: TraceEvent) => void;
