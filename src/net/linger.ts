/**
 * The end of a connection whose handshake succeeded. Bitcoin Core forgets what it has not processed yet when it sees the
 * connection close, so a close right behind our verack would often make the node miss it. The result does not wait for
 * this.
 *
 * @module
 */

import type { Clock, Connection } from "./io.ts";

/** How long a peer has to react to our verack before its connection is closed, in milliseconds. */
const LINGER = 200;

/** Nobody looks at what a peer says then. */
const UNREAD = new Uint8Array(1);

/** Closes connections as soon as their peers have shown, by any byte or by closing, that they have seen all of ours. */
export class Linger<C extends Pick<Connection, "read" | "close">> {
  readonly #clock: Clock;
  readonly #capacity: number;
  /** The connections held open, each with when it is closed at the latest; the oldest first. */
  readonly #held = new Map<C, number>();
  #cancelTimer: (() => void) | null = null;
  #closed = Promise.withResolvers<void>();

  /** Holds up to `capacity` connections open at once; one more closes the oldest. */
  constructor(clock: Clock, capacity: number) {
    this.#clock = clock;
    this.#capacity = capacity;
  }

  /** Takes over a connection. */
  add(connection: C): void {
    this.#held.set(connection, this.#clock.now() + LINGER);
    const close = () => this.#close(connection);
    connection.read(UNREAD).then(close, close);
    if (this.#held.size > this.#capacity) this.#closeOldest();
    this.#cancelTimer ??= this.#clock.schedule(this.#closeDue, LINGER);
  }

  /** Resolves when every connection is closed. */
  async drained(): Promise<void> {
    while (this.#held.size > 0) {
      this.#closed = Promise.withResolvers();
      await this.#closed.promise;
    }
    this.#stopTimer();
  }

  /** Closes every connection at once. */
  closeAll(): void {
    for (const connection of this.#held.keys()) this.#close(connection);
    this.#stopTimer();
  }

  #closeOldest(): void {
    const [oldest] = this.#held.keys();
    if (oldest !== undefined) this.#close(oldest);
  }

  #close(connection: C): void {
    if (!this.#held.delete(connection)) return;
    connection.close();
    this.#closed.resolve();
  }

  #stopTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  /** One timer serves all: it waits for the oldest. It outlives it, as another connection may follow at once. */
  readonly #closeDue = (): void => {
    this.#cancelTimer = null;
    const now = this.#clock.now();
    for (const [connection, due] of this.#held) {
      if (due > now) {
        this.#cancelTimer = this.#clock.schedule(this.#closeDue, due - now);
        return;
      }
      this.#close(connection);
    }
  };
}
