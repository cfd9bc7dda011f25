/**
 * A connection with the deadlines that close it.
 *
 * @module
 */

import type { Closable, Deadline } from "./deadline.ts";
import type { Connection } from "./io.ts";
import type { Entry } from "./linked_list.ts";

/** A connection that a dialer has opened, and that counts as one of its open ones until it is closed. */
export class DialledConnection implements Connection {
  /** Until when all must be over: it began with the dialling, and closes the connection when it passes. */
  readonly deadline: Deadline;
  /** When this attempt to connect began, on the clock that counts milliseconds. */
  readonly startedAt: number;
  /** `null` once it is closed: whoever still holds this one does not hold what the connection takes. */
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

  /** Closes when another deadline passes too, if the peer is silent then. */
  expectAnswer(deadline: Deadline, isSilent: () => boolean): void {
    this.#answerWatch = deadline.watch({ close: () => isSilent() && this.close() });
  }

  /** Does not close any more when its own deadline passes. */
  release(): void {
    this.#watch.remove();
  }

  /** Closes when another deadline passes, in place of its own. */
  extend(deadline: Deadline): void {
    this.release();
    this.#watch = deadline.watch(this);
  }

  /** Closes at once, and only once. */
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
