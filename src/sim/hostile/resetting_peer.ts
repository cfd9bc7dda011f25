/**
 * A simulated peer that can end a connection with a RST. `Deno.TcpConn` cannot: it sends a FIN when it closes, even
 * with bytes unread. Node's sockets can.
 *
 * @module
 */

import type { Server, Socket } from "node:net";
import { formatAddress, type IpAddress, ipAddress } from "../../address/address.ts";
import { type Clock, systemClock } from "../../net/io.ts";
import { type AcceptedConnection, PeerLink } from "../link.ts";
import type { PeerScript } from "../peer.ts";
import { ScriptFailure } from "../script_failure.ts";

/** As {@linkcode SimulatedPeer}, on 127.0.0.1, but its links support {@linkcode PeerLink.reset}. */
export class ResettingPeer implements AsyncDisposable {
  /** Where it listens. */
  readonly address: IpAddress;
  readonly #server: Server;
  readonly #script: PeerScript;
  readonly #clock: Clock;
  readonly #closed = new AbortController();
  readonly #sockets = new Set<Socket>();
  readonly #running = new Set<Promise<void>>();
  readonly #failure = new ScriptFailure();

  private constructor(server: Server, port: number, script: PeerScript, clock: Clock) {
    this.address = ipAddress("127.0.0.1", port);
    this.#server = server;
    this.#script = script;
    this.#clock = clock;
    server.on("connection", (socket) => {
      const serving = this.#serve(socket).finally(() => this.#running.delete(serving));
      this.#running.add(serving);
    });
  }

  /** Starts to listen. */
  static async start(
    script: PeerScript,
    { clock = systemClock }: { readonly clock?: Clock } = {},
  ): Promise<ResettingPeer> {
    // Imported here, as loading it takes milliseconds that only these peers should spend.
    const { createServer } = await import("node:net");
    const server = createServer({ noDelay: true, allowHalfOpen: true });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
    await promise;
    const address = server.address();
    if (address === null || typeof address === "string") throw new TypeError("Expected a TCP address");
    return new ResettingPeer(server, address.port, script, clock);
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
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all([promise, ...this.#running]);
    this.#failure.throwIfAny();
  }

  async #serve(socket: Socket): Promise<void> {
    this.#sockets.add(socket);
    const ended = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    const connection = new NodeConnection(socket);
    try {
      await this.#script(new PeerLink(connection, this.#clock, this.#closed.signal));
    } catch (error) {
      // What the shutdown of the peer interrupts is no mistake.
      if (!this.#closed.signal.aborted) this.#failure.take(error);
    } finally {
      connection.close();
      await ended;
      this.#sockets.delete(socket);
    }
  }
}

/** A Node socket with the interface of a Deno connection. */
class NodeConnection implements AcceptedConnection {
  readonly #socket: Socket;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest = new Uint8Array();

  constructor(socket: Socket) {
    this.#socket = socket;
    // Our side of the stream does not end with the initiator's.
    this.#chunks = socket.iterator({ destroyOnReturn: false });
    // A failure shows in the next read or write.
    socket.on("error", () => {});
  }

  get remoteAddr(): { hostname: string; port: number } {
    return { hostname: this.#socket.remoteAddress ?? "", port: this.#socket.remotePort ?? 0 };
  }

  async read(buffer: Uint8Array): Promise<number | null> {
    if (this.#rest.length === 0) {
      const { value, done } = await this.#chunks.next().catch((cause) => {
        throw new Deno.errors.ConnectionReset("the connection is gone", { cause });
      });
      if (done) return null;
      this.#rest = new Uint8Array(value);
    }
    const taken = this.#rest.subarray(0, buffer.length);
    buffer.set(taken);
    this.#rest = this.#rest.subarray(taken.length);
    return taken.length;
  }

  write(bytes: Uint8Array): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.#socket.write(bytes, (error) => error ? reject(error) : resolve(bytes.length));
    return promise;
  }

  closeWrite(): Promise<void> {
    return new Promise((resolve) => this.#socket.end(resolve));
  }

  setNoDelay(noDelay?: boolean): void {
    this.#socket.setNoDelay(noDelay);
  }

  reset(): void {
    this.#socket.resetAndDestroy();
  }

  close(): void {
    this.#socket.destroy();
  }
}
