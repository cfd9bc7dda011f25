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

/** Closes connections as soon as their peers have shown, by any byte or by closing, that they have seen all of ours. */
export class Linger {
  readonly #clock: Clock;
  readonly #capacity: number;
  readonly #close: (connection: Connection) => void;
  readonly #closers = new Set<() => void>();
  #drained = Promise.withResolvers<void>();

  /** Holds up to `capacity` connections open at once; one more closes the oldest. `close` closes them. */
  constructor(clock: Clock, capacity: number, close: (connection: Connection) => void) {
    this.#clock = clock;
    this.#capacity = capacity;
    this.#close = close;
  }

  /** Takes over a connection. */
  add(connection: Connection): void {
    const close = () => {
      if (!this.#closers.delete(close)) return;
      cancel();
      this.#close(connection);
      if (this.#closers.size === 0) this.#drained.resolve();
    };
    const cancel = this.#clock.schedule(close, LINGER);
    this.#closers.add(close);
    connection.read(new Uint8Array(1)).then(close, close);
    if (this.#closers.size > this.#capacity) this.#closers.values().next().value?.();
  }

  /** Resolves when every connection is closed. */
  async drained(): Promise<void> {
    if (this.#closers.size === 0) return;
    this.#drained = Promise.withResolvers();
    await this.#drained.promise;
  }

  /** Closes every connection at once. */
  closeAll(): void {
    for (const close of this.#closers) close();
  }
}
