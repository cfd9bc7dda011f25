/**
 * Ways to peers: this machine's own sockets, a proxy, a bridge; and the route of one peer.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";
import type { Deadline } from "./deadline.ts";
import type { Connection, Io } from "./io.ts";

/**
 * Opens a connection to its peer; rejects with a `DialError`, with the operating system's error or, when the deadline
 * passes, with anything.
 */
export type Open = (deadline: Deadline) => Promise<Connection>;

/** A way shared by many peers. */
export interface Way {
  /** Whether a proxy makes the connections, and gets to know the address. */
  readonly isProxy: boolean;
  /** How many handshakes may be in flight over it. */
  readonly limit: number;
  /** Whether no more connections are possible over it. */
  readonly isLost: boolean;
  /**
   * Resolves when it is ready for connections, which does not count towards any peer's timeout; `null` if it is ready.
   */
  ready(): Promise<void> | null;
  /** The function that makes all connections of one peer. */
  lead(address: PeerAddress): Open;
}

/**
 * Limit for a proxy: Tor is slow at building many circuits at once (of 200, some take half a minute or more), and I2P
 * is no faster.
 */
export const PROXY_LIMIT = 32;

/** The way without a proxy. */
export function directWay(io: Pick<Io, "connect">): Way {
  return {
    isProxy: false,
    limit: Infinity,
    isLost: false,
    ready: () => null,
    lead: (address) => ({ signal }) => io.connect(address, signal),
  };
}

/** A peer's address, and how to reach it. */
export interface Route extends Pick<Way, "isProxy" | "ready"> {
  /** The peer's address. */
  readonly address: PeerAddress;
  /** Maximum time for the peer, in milliseconds. */
  readonly timeout: number;
  /** Makes its connections. */
  readonly open: Open;
}
