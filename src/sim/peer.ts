/**
 * A simulated peer: a listening socket, and a script for each accepted connection.
 *
 * @module
 */

import { formatAddress, type IpAddress, ipAddress } from "../address/address.ts";
import { type Clock, systemClock } from "../net/io.ts";
import { PeerLink } from "./link.ts";
import { ScriptFailure } from "./script_failure.ts";

/** How long to wait when a connection cannot be accepted, in milliseconds. */
const RETRY_INTERVAL = 20;

/**
 * What a peer does with a connection, which is closed when it returns. It may throw: whatever the initiator is not to
 * blame for, such as a failed assertion, is thrown again when the peer is closed.
 */
export type PeerScript = (link: PeerLink) => Promise<void>;

/** How to start a {@linkcode SimulatedPeer}. */
export interface SimulatedPeerOptions {
  /** The IP address to listen on; 127.0.0.1 by default. */
  readonly hostname?: string;
  /** The port; by default 0, which picks a free one. */
  readonly port?: number;
  /** The clock of its scripts; the system's by default. */
  readonly clock?: Clock;
}

/**
 * A peer on loopback.
 *
 * @example
 * ```ts
 * import { handshake } from "@bitcoin-p2p/handshake";
 * import { SimulatedPeer } from "@bitcoin-p2p/handshake/sim";
 * import { assertEquals } from "@std/assert";
 *
 * await using peer = new SimulatedPeer((link) => link.finish());
 *
 * const { outcome } = await handshake(peer.target);
 * assertEquals(outcome.error?.code, "connection_closed");
 * ```
 */
export class SimulatedPeer implements AsyncDisposable {
  /** Where it listens. */
  readonly address: IpAddress;
  readonly #listener: Deno.TcpListener;
  readonly #script: PeerScript;
  readonly #clock: Clock;
  readonly #closed = new AbortController();
  readonly #connections = new Map<Deno.TcpConn, Promise<void>>();
  readonly #accepting: Promise<void>;
  readonly #failure = new ScriptFailure();

  /** Starts to listen. */
  constructor(
    script: PeerScript,
    { hostname = "127.0.0.1", port = 0, clock = systemClock }: SimulatedPeerOptions = {},
  ) {
    this.#listener = Deno.listen({ hostname, port });
    this.address = ipAddress(hostname, this.#listener.addr.port);
    this.#script = script;
    this.#clock = clock;
    this.#accepting = this.#accept();
  }

  /** Its address as a target to scan. */
  get target(): string {
    return formatAddress(this.address);
  }

  /**
   * Stops listening and closes all connections.
   *
   * @throws what a script has thrown, unless the initiator is to blame for it.
   */
  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    this.#listener.close();
    await this.#accepting;
    const running = [...this.#connections.values()];
    for (const connection of this.#connections.keys()) this.#close(connection);
    await Promise.all(running);
    this.#failure.throwIfAny();
  }

  /** As {@linkcode SimulatedPeer.close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #accept(): Promise<void> {
    while (!this.#closed.signal.aborted) {
      try {
        const connection = await this.#listener.accept();
        this.#connections.set(connection, this.#serve(connection));
      } catch {
        if (this.#closed.signal.aborted) return;
        // No file descriptor is left for now: connections in the backlog are served later.
        await new Promise<void>((resolve) => systemClock.schedule(resolve, RETRY_INTERVAL));
      }
    }
  }

  async #serve(connection: Deno.TcpConn): Promise<void> {
    try {
      await this.#script(new PeerLink(connection, this.#clock, this.#closed.signal));
    } catch (error) {
      // What the shutdown of the peer interrupts is no mistake.
      if (!this.#closed.signal.aborted) this.#failure.take(error);
    } finally {
      this.#close(connection);
    }
  }

  #close(connection: Deno.TcpConn): void {
    if (this.#connections.delete(connection)) connection.close();
  }
}
