/**
 * The outcome of a handshake.
 *
 * @module
 */

import type { Session } from "../session/session.ts";
import type { TransportType } from "../transport/transport.ts";
import type { VersionMessage } from "../wire/version.ts";
import type { Failure } from "./errors.ts";
import type { Pump } from "./pump.ts";

/** How a handshake went. If there were two connections, the fields describe the second unless they say otherwise. */
export interface HandshakeOutcome {
  /** What ended it; `null` when it succeeded. */
  readonly error: Failure | null;
  /** The transport used, or that would have been used if the connect failed. */
  readonly transport: TransportType;
  /** The v2 session ID, 64 hex digits; `null` if there was none. */
  readonly sessionId: string | null;
  /** Whether v2 was tried first and this is a second connection, over v1. */
  readonly v2Fallback: boolean;
  /** The peer's `version`, if it came and could be parsed. */
  readonly version: VersionMessage | null;
  /** The peer's clock minus ours, in seconds. */
  readonly timeOffset: number | null;
  /** Whether the peer's `verack` came. */
  readonly verack: boolean;
  /** The message types received, escaped by `escapeBytes`, in order, the first 32. */
  readonly messageTypes: readonly string[];
  /** How long the TCP connect took, in milliseconds; `null` if it failed. */
  readonly connectTime: number | null;
  /** From the start of the connect to the end, in milliseconds; over both connections if there were two. */
  readonly handshakeTime: number;
  /** Bytes written to the socket. */
  readonly bytesSent: number;
  /** Bytes read from the socket. */
  readonly bytesReceived: number;
}

/** The state of an attempt when it ended; times are in milliseconds of `Clock.now`. */
export interface Ended {
  /** The transport used, or that would have been used. */
  readonly transport: TransportType;
  /** The session; `null` if there was no connection. */
  readonly session: Session | null;
  /** The session's pump; `null` if there was no connection. */
  readonly pump: Pump | null;
  /** When the connect began. */
  readonly startedAt: number;
  /** When the connection was established; `null` if it was not. */
  readonly connectedAt: number | null;
  /** When the attempt ended. */
  readonly endedAt: number;
}

/** The outcome of the first or only attempt. */
export function outcomeOf(
  error: Failure | null,
  { transport, session, pump, startedAt, connectedAt, endedAt }: Ended,
): HandshakeOutcome {
  const handshake = session?.handshake;
  return {
    error,
    transport,
    sessionId: session?.sessionId ?? null,
    v2Fallback: false,
    version: handshake?.peerVersion ?? null,
    timeOffset: handshake?.timeOffset ?? null,
    verack: handshake?.verackReceived ?? false,
    messageTypes: handshake?.messageTypes ?? [],
    connectTime: connectedAt === null ? null : connectedAt - startedAt,
    handshakeTime: endedAt - startedAt,
    bytesSent: pump?.bytesSent ?? 0,
    bytesReceived: pump?.bytesReceived ?? 0,
  };
}
