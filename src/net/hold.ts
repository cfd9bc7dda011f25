/**
 * Connections kept open for a while after a successful handshake, so that the peers can be asked about them. No result
 * waits for this.
 *
 * @module
 */

import { type Deadline, Deadlines, MAX_SHARED } from "./deadline.ts";
import type { Clock } from "./io.ts";

/** A connection that can be kept open. */
export interface Holdable {
  /** Closes when another deadline passes instead of its own. */
  extend(deadline: Deadline): void;
  /** Closes at once. */
  close(): void;
}

/** Keeps connections open, each for the same time. */
export class Hold implements Disposable {
  readonly #deadlines: Deadlines;
  readonly #held = new Set<Holdable>();
  #released = Promise.withResolvers<void>();

  /** Keeps each connection open for `milliseconds`, or until `signal` aborts. */
  constructor(clock: Clock, milliseconds: number, signal?: AbortSignal) {
    // A shared deadline may pass a little early, but a hold must not.
    this.#deadlines = new Deadlines(clock, milliseconds + MAX_SHARED, signal);
  }

  /** How many connections are kept open. */
  get size(): number {
    return this.#held.size;
  }

  /** Takes over a connection until its time is over or `use` ends; closing it must settle `use`. */
  async keep(connection: Holdable, use: Promise<void>): Promise<void> {
    connection.extend(this.#deadlines.begin());
    this.#held.add(connection);
    try {
      await use;
    } catch {
      // The handshake has succeeded, however the connection ends.
    }
    connection.close();
    this.#held.delete(connection);
    this.#released.resolve();
  }

  /** Resolves when no connection is kept open. */
  async drained(): Promise<void> {
    while (this.#held.size > 0) {
      this.#released = Promise.withResolvers();
      await this.#released.promise;
    }
  }

  /** Closes every connection at once and cancels all timers. */
  [Symbol.dispose](): void {
    for (const connection of this.#held) connection.close();
    this.#deadlines[Symbol.dispose]();
  }
}
