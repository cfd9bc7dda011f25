/**
 * Opening and closing connections, with what this machine has to open them with.
 *
 * @module
 */

import { networkOf, type SocketAddress, whyUndialable } from "./address.ts";
import type { Deadline } from "./deadline.ts";
import { DialError, osErrorCode } from "./errors.ts";
import type { Connection, Io } from "./io.ts";
import { Linger } from "./linger.ts";

/** How long to wait before dialling again, where no connection of ours is about to free what is missing, in milliseconds. */
const RETRY_INTERVAL = 100;

/** A connection, and when its dialling began. */
export interface Dialled {
  /** The connection. */
  readonly connection: Connection;
  /** When this attempt began, on the clock that counts milliseconds. */
  readonly startedAt: number;
}

/** Dials for many handshakes at once. */
export class Dialer {
  readonly #io: Io;
  readonly #linger: Linger;
  readonly #onScarcity: (message: string) => void;
  readonly #waiting = new Set<() => void>();
  #open = 0;
  #ipv6Works = false;
  #warned = false;

  /**
   * At most `capacity` connections linger at once. `onScarcity` is told, once, when something runs out and dialling has
   * to wait for it.
   */
  constructor(io: Io, capacity: number, onScarcity: (message: string) => void = () => {}) {
    this.#io = io;
    this.#linger = new Linger(io.clock, capacity, (connection) => this.close(connection));
    this.#onScarcity = onScarcity;
  }

  /**
   * Connects. Without a file descriptor left it waits for one, and the time of the deadline begins anew; without a local
   * port left it waits within the deadline.
   *
   * @throws {DialError} `host_unreachable` for an address that no node can have; else what the operating system says.
   */
  async dial({ ip, port }: SocketAddress, deadline: Deadline): Promise<Dialled> {
    const undialable = whyUndialable(ip);
    if (undialable !== undefined) {
      throw new DialError("host_unreachable", `not dialled: ${ip} is ${undialable}, no node can be there`);
    }
    for (;;) {
      const startedAt = this.#io.clock.now();
      try {
        const connection = await this.#io.connect(ip, port, deadline.signal);
        this.#open++;
        if (networkOf(ip) === "ipv6") this.#ipv6Works = true;
        return { connection, startedAt };
      } catch (error) {
        if (!await this.#waitForSupply(error, ip, deadline)) throw error;
      }
    }
  }

  /** Closes at once. */
  close(connection: Connection): void {
    connection.close();
    this.#open--;
    this.#waiting.values().next().value?.();
  }

  /** Closes once the peer has seen all that we sent. */
  closeGently(connection: Connection): void {
    this.#linger.add(connection);
  }

  /** Closes at once what was to be closed gently. */
  closeLingering(): void {
    this.#linger.closeAll();
  }

  /** Resolves when all that was to be closed gently is closed. */
  lingered(): Promise<void> {
    return this.#linger.drained();
  }

  /** Waits for what was missing, if the error says that something was; resolves to whether to dial again. */
  async #waitForSupply(error: unknown, ip: string, deadline: Deadline): Promise<boolean> {
    const code = osErrorCode(error);
    if (deadline.signal.aborted) return false;
    if (code === "EMFILE" || code === "ENFILE") {
      this.#warn("no file descriptor left: dialling waits for one; raise the limit (ulimit -n) or lower --concurrency");
      // Where no connection of ours will free one, only the deadline can end this.
      if (this.#open > 0) deadline.suspend();
      await this.#untilClose(deadline.signal);
      deadline.resume();
      return !deadline.signal.aborted;
    }
    // A machine without IPv6 says the same to every IPv6 address, and has nothing to wait for.
    if (code === "EADDRNOTAVAIL" && (networkOf(ip) === "ipv4" || this.#ipv6Works)) {
      this.#warn("no local port left: dialling waits for one; lower --concurrency");
      await this.#untilClose(deadline.signal);
      return !deadline.signal.aborted;
    }
    return false;
  }

  /** Resolves when a connection is closed, first come first served, after a while, or when the signal aborts. */
  async #untilClose(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#io.clock.schedule(resolve, RETRY_INTERVAL);
    const wake = () => (this.#waiting.delete(wake), resolve());
    this.#waiting.add(wake);
    signal.addEventListener("abort", wake);
    await promise;
    this.#waiting.delete(wake);
    signal.removeEventListener("abort", wake);
    cancel();
  }

  #warn(message: string): void {
    if (!this.#warned) this.#onScarcity(message);
    this.#warned = true;
  }
}
