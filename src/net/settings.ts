/**
 * Settings of handshakes.
 *
 * @module
 */

import type { TransportType } from "../transport/transport.ts";
import type { Chain } from "../wire/chains.ts";
import type { PeerAddress } from "../address/address.ts";
import type { Failure } from "./errors.ts";
import type { OptionNames } from "./option_names.ts";
import type { RouteSettings } from "./reach.ts";
import type { Tracer } from "./trace.ts";

/** Callbacks for what an outcome does not say. */
export interface HandshakeListeners {
  /** Called once when this machine runs out of something and dialling has to wait for it. */
  readonly onScarcity?: (message: string) => void;
  /** Called once for each proxy that has failed for good, and by a crawl when nobody in a network can be reached. */
  readonly onProxyLost?: (message: string) => void;
  /** Called when v2 has failed with a peer and v1 is tried. */
  readonly onFallback?: (address: PeerAddress, v2Error: Failure) => void;
  /** Called for everything that goes over a connection; payloads of ignored messages are then kept for it. */
  readonly trace?: Tracer | undefined;
}

/** What we announce, over which transport, which way, and how long we wait. */
export interface HandshakeSettings extends HandshakeListeners, RouteSettings {
  /** The peers' chain. */
  readonly chain: Chain;
  /**
   * The transport: v1, v2 (BIP 324), or `auto`: v2 first, then v1 over a second connection if the peer answers nothing
   * or in v1.
   */
  readonly transport: TransportType | "auto";
  /** Service bits to announce. */
  readonly services: bigint;
  /** Service bits to send with the peer's address, in `addr_recv`. */
  readonly receivingServices: bigint;
  /** Protocol version to announce; signed 32 bits. */
  readonly protocolVersion: number;
  /** User agent to announce, at most 256 bytes in UTF-8. */
  readonly userAgent: string;
  /** Start height to announce; signed 32 bits. */
  readonly startHeight: number;
  /** Whether to ask for transactions. */
  readonly relay: boolean;
  /**
   * Maximum time for one peer, connecting included, in milliseconds; by default 60,000 for onion services, 120,000 for
   * I2P, 10,000 for all others.
   */
  readonly timeout?: number | undefined;
  /** Maximum number of handshakes in flight. */
  readonly concurrency: number;
  /**
   * How long a connection stays open after a successful handshake, answering pings, in milliseconds. No result of a
   * scan waits for this, and these connections do not count as handshakes in flight.
   */
  readonly hold: number;
  /** What messages call the options. */
  readonly optionNames: OptionNames;
}
