/**
 * What goes into handshakes, and what comes of them.
 *
 * @module
 */

import type { Address } from "../address/address.ts";
import type { Chain } from "../wire/chains.ts";
import type { VersionMessage } from "../wire/version.ts";
import type { ErrorRecord } from "./errors.ts";
import type { Tracer } from "./trace.ts";

/** What a connection is spoken in. */
export type TransportType = "v1" | "v2";

/** Who is told of what no outcome says. */
export interface HandshakeListeners {
  /** Told, once, when this machine runs out of something that dialling then has to wait for. */
  readonly onScarcity?: (message: string) => void;
  /** Told when v2 has failed at a peer, and how, and v1 is tried. */
  readonly onFallback?: (address: Address, v2Error: ErrorRecord) => void;
  /** Told of all that goes by; payloads of messages that nobody reads are then kept for it. */
  readonly trace?: Tracer | undefined;
}

/** What we say of ourselves, in which transport, and how long we wait. */
export interface HandshakeSettings extends HandshakeListeners {
  /** The chain whose messages are spoken. */
  readonly chain: Chain;
  /**
   * The transport: v1, v2 (BIP 324), or v2 first, and where the peer answers it with nothing or in v1, v1 over a second
   * connection.
   */
  readonly transport: TransportType | "auto";
  /** Service bits of ours. */
  readonly services: bigint;
  /** Service bits to put beside the peer's address. */
  readonly receivingServices: bigint;
  /** Protocol version to announce; signed 32 bits. */
  readonly protocolVersion: number;
  /** User agent to announce, at most 256 bytes in UTF-8. */
  readonly userAgent: string;
  /** Start height to announce; signed 32 bits. */
  readonly startHeight: number;
  /** Whether to ask for transactions. */
  readonly relay: boolean;
  /** Most time for one peer, connects included, in milliseconds. */
  readonly timeout: number;
  /** How many handshakes are in flight at once. */
  readonly concurrency: number;
}

/** How a handshake went. Of two connections it is the second that is told of, unless it says otherwise. */
export interface HandshakeOutcome {
  /** What ended it; `null` when it succeeded. */
  readonly error: ErrorRecord | null;
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
  /** The message types received, in order, the first 32. */
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
