/**
 * What goes by on a connection, told as it goes by, for those who look into an implementation.
 *
 * @module
 */

import type { MessageEvent } from "../session/events.ts";
import type { TransportType } from "../transport/transport.ts";
import type { Address } from "../address/address.ts";
import type { Failure } from "./errors.ts";

/** A message that goes by, as bytes. */
export type TracedMessage = Omit<MessageEvent, "message">;

/** Something that happens on a connection. */
export type TraceEvent =
  | TracedMessage
  /** The TCP connection is up, and a transport begins. */
  | { readonly type: "connected"; readonly transport: TransportType }
  /** The keys of the v2 transport are the same at both ends. */
  | { readonly type: "session"; readonly sessionId: string }
  /** The peer has ended its side of the connection. */
  | { readonly type: "closed" }
  /** This attempt to shake hands is over, and how it went; it succeeded when there is no error. */
  | { readonly type: "ended"; readonly error: Failure | null };

/** Is told of each event, with the peer's address and the milliseconds since the connect began. */
export type Tracer = (address: Address, time: number, event: TraceEvent) => void;
