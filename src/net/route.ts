/**
 * Ways to peers, and what one peer's connections take: this machine's own sockets, a proxy, a bridge.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";
import type { Deadline } from "./deadline.ts";
import type { Connection, Io } from "./io.ts";

/**
 * Opens a connection to the peer that it was made for; rejects with a `DialError`, with what the operating system says, or,
 * when the deadline passes, with anything.
 */
export type Open = (deadline: Deadline) => Promise<Connection>;

/** A way that many peers share. */
export interface Way {
  /** Whether somebody in between makes the connections, and is who is told the address. */
  readonly isProxy: boolean;
  /** How many handshakes may be in flight over it. */
  readonly limit: number;
  /** Whether it is known that no connection can be made over it any more. */
  readonly isLost: boolean;
  /** Resolves when connections can be made, which is outside of any peer's time; `null` when they can be. */
  ready(): Promise<void> | null;
  /** The way of one peer: what makes all of its connections. */
  lead(address: PeerAddress): Open;
}

/** Tor takes its time to build more new circuits at once: of 200, some take half a minute or more; I2P is no faster. */
export const PROXY_LIMIT = 32;

/** The way that is one's own. */
export function directWay(io: Pick<Io, "connect">): Way {
  return {
    isProxy: false,
    limit: Infinity,
    isLost: false,
    ready: () => null,
    lead: (address) => ({ signal }) => io.connect(address, signal),
  };
}

/** Where a peer is, and how to get there. */
export interface Route extends Pick<Way, "isProxy" | "ready"> {
  /** Where the peer is. */
  readonly address: PeerAddress;
  /** Most time for the peer, in milliseconds. */
  readonly timeout: number;
  /** Makes its connections. */
  readonly open: Open;
}
