/**
 * What comes of a handshake.
 *
 * @module
 */

import type { Session } from "../session/session.ts";
import type { TransportType } from "../transport/transport.ts";
import type { VersionMessage } from "../wire/version.ts";
import type { Failure } from "./errors.ts";
import type { Pump } from "./pump.ts";

/** How a handshake went. Of two connections it is the second that is told of, unless it says otherwise. */
export interface HandshakeOutcome {
  /** What ended it; `null` when it succeeded. */
  readonly error: Failure | null;
  /** The transport that was used, or was to be used when the connect failed. */
  readonly transport: TransportType;
  /** The id of the v2 session, 64 hex digits; `null` where there was none. */
  readonly sessionId: string | null;
  /** Whether this is the second connection, v2 having been tried over the first. */
  readonly v2Fallback: boolean;
  /** The peer's `version`, when it came and could be read. */
  readonly version: VersionMessage | null;
  /** The peer's clock minus ours, in seconds. */
  readonly timeOffset: number | null;
  /** Whether the peer's `verack` came. */
  readonly verack: boolean;
  /** The message types received, escaped by `escapeBytes`, in order, the first 32. */
  readonly messageTypes: readonly string[];
  /** How long the TCP connect took, in milliseconds; `null` when there was none. */
  readonly connectTime: number | null;
  /** From the start of the connect to the end, in milliseconds, both connections together where there were two. */
  readonly handshakeTime: number;
  /** Bytes written to the socket. */
  readonly bytesSent: number;
  /** Bytes read from the socket. */
  readonly bytesReceived: number;
}

/** What there was of an attempt when it ended; times are those of the clock that counts milliseconds. */
export interface Ended {
  /** The transport that was used, or was to be used. */
  readonly transport: TransportType;
  /** `null` when there was no connection. */
  readonly session: Session | null;
  /** The pump of the session. */
  readonly pump: Pump | null;
  /** When the connect began. */
  readonly startedAt: number;
  /** When there was a connection; `null` when there was none. */
  readonly connectedAt: number | null;
  /** When it all ended. */
  readonly endedAt: number;
}

/** The outcome of the first attempt, or of the only one. */
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
