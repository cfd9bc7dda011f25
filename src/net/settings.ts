/**
 * What goes into handshakes.
 *
 * @module
 */

import type { TransportType } from "../transport/transport.ts";
import type { Chain } from "../wire/chains.ts";
import type { Address } from "../address/address.ts";
import type { Failure } from "./errors.ts";
import type { Tracer } from "./trace.ts";

/** Who is told of what no outcome says. */
export interface HandshakeListeners {
  /** Told, once, when this machine runs out of something that dialling then has to wait for. */
  readonly onScarcity?: (message: string) => void;
  /** Told when v2 has failed at a peer, and how, and v1 is tried. */
  readonly onFallback?: (address: Address, v2Error: Failure) => void;
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
  /**
   * How long a connection stays open after a handshake that succeeded, pings answered, in milliseconds. No record of a
   * scan waits for that, and none of these connections counts as a handshake in flight.
   */
  readonly hold: number;
}
