/**
 * A connection with the deadlines that close it.
 *
 * @module
 */

import type { Closable, Deadline } from "./deadline.ts";
import type { Connection } from "./io.ts";
import type { Entry } from "./linked_list.ts";

/** A connection opened by a dialer, and counted as open by it until closed. */
export class DialledConnection implements Connection {
  /** Closes the connection when it passes; it began with the dialling. */
  readonly deadline: Deadline;
  /** When this attempt to connect began, in milliseconds of `Clock.now`. */
  readonly startedAt: number;
  /** `null` once closed, so that a lingering reference to this object does not keep the socket's memory. */
  #connection: Connection | null;
  readonly #onClose: () => void;
  #watch: Entry<Closable>;
  #answerWatch: Entry<Closable> | null = null;

  /** Takes over a connection; `onClose` is called once. */
  constructor(connection: Connection, deadline: Deadline, startedAt: number, onClose: () => void) {
    this.#connection = connection;
    this.deadline = deadline;
    this.startedAt = startedAt;
    this.#onClose = onClose;
    this.#watch = deadline.watch(this);
  }

  read(buffer: Uint8Array): Promise<number | null> {
    return this.#connection?.read(buffer) ?? rejectAsClosed();
  }

  write(bytes: Uint8Array): Promise<number> {
    return this.#connection?.write(bytes) ?? rejectAsClosed();
  }

  /** Also closes when another deadline passes, if the peer is still silent. */
  expectAnswer(deadline: Deadline, isSilent: () => boolean): void {
    this.#answerWatch = deadline.watch({ close: () => isSilent() && this.close() });
  }

  /** No longer closes when its own deadline passes. */
  release(): void {
    this.#watch.remove();
  }

  /** Closes when another deadline passes instead of its own: at once if it has passed already. */
  extend(deadline: Deadline): void {
    this.release();
    if (deadline.signal.aborted) return this.close();
    this.#watch = deadline.watch(this);
  }

  /** Closes at once; further calls do nothing. */
  close(): void {
    const connection = this.#connection;
    if (connection === null) return;
    this.#connection = null;
    this.release();
    this.#answerWatch?.remove();
    connection.close();
    this.#onClose();
  }
}

function rejectAsClosed(): Promise<never> {
  return Promise.reject(new Deno.errors.BadResource("the connection is closed"));
}
