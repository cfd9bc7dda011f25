/**
 * Closing a connection after a successful handshake. Bitcoin Core drops what it has not processed when it sees the
 * connection close, so closing right after our verack would often make the node miss it. The result does not wait for
 * this.
 *
 * @module
 */

import type { Clock, Connection } from "./io.ts";
import { type Entry, LinkedList } from "./linked_list.ts";

/** How long a peer has to react to our verack before its connection is closed, in milliseconds. */
const LINGER = 200;

/**
 * What a peer sends by then is not used, but read: closing with unread bytes would reset the connection. There is room
 * for all that a current node sends after the handshake, a `getheaders` included.
 */
const UNUSED = new Uint8Array(2048);

/** A connection that is held open. */
interface Held<C> {
  readonly connection: C;
  /** When it is closed at the latest, in milliseconds of `Clock.now`. */
  readonly due: number;
}

/** Closes each connection as soon as its peer shows, by sending a byte or by closing, that it has seen all of ours. */
export class Linger<C extends Pick<Connection, "read" | "close">> {
  readonly #clock: Clock;
  readonly #capacity: number;
  readonly #held = new LinkedList<Held<C>>();
  #cancelTimer: (() => void) | null = null;
  #closed = Promise.withResolvers<void>();

  /** Holds at most `capacity` connections open; one more closes the oldest. */
  constructor(clock: Clock, capacity: number) {
    this.#clock = clock;
    this.#capacity = capacity;
  }

  /** Takes over a connection. */
  add(connection: C): void {
    const held = this.#held.add({ connection, due: this.#clock.now() + LINGER });
    const close = () => this.#close(held);
    connection.read(UNUSED).then(close, close);
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
    while (this.#held.size > 0) this.#closeOldest();
    this.#stopTimer();
  }

  #closeOldest(): void {
    if (this.#held.first !== null) this.#close(this.#held.first);
  }

  #close(held: Entry<Held<C>>): void {
    if (!held.remove()) return;
    held.value.connection.close();
    this.#closed.resolve();
  }

  #stopTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  /**
   * A single timer waits for the oldest. It is not cancelled when that closes, as another connection may follow at
   * once.
   */
  readonly #closeDue = (): void => {
    this.#cancelTimer = null;
    const now = this.#clock.now();
    while (this.#held.first !== null) {
      const { due } = this.#held.first.value;
      if (due > now) {
        this.#cancelTimer = this.#clock.schedule(this.#closeDue, due - now);
        return;
      }
      this.#closeOldest();
    }
  };
}
