/**
 * Asking a peer which addresses it knows, on the connection of its handshake.
 *
 * @module
 */

import type { DamagedMessage } from "../handshake/handshake.ts";
import {
  Answer,
  type AnswerEnd,
  type AnswerSummary,
  ASKING,
  MAX_ASKED_BYTES,
  SETTLING_TIME,
} from "../session/answer.ts";
import type { ProgressEvent } from "../session/events.ts";
import { TransportError } from "../transport/errors.ts";
import type { AddrMessage } from "../wire/addr.ts";
import type { Message } from "../wire/messages.ts";
import type { Deadline } from "./deadline.ts";
import type { Dialer } from "./dial.ts";
import type { DialledConnection } from "./dialled_connection.ts";
import { toDialError, toFailure } from "./errors.ts";
import type { Clock } from "./io.ts";
import type { Pump } from "./pump.ts";

/** How to ask. */
export interface AddressRequestOptions {
  /** How long the peer has to answer, in milliseconds. */
  readonly wait: number;
  /** Called with each message of the answer, as soon as it is read. */
  readonly onAddresses: (message: AddrMessage) => void;
  /** Measures the answer. */
  readonly clock: Clock;
  /** Ends it. */
  readonly dialer: Pick<Dialer, "begin">;
}

/** The request to one peer. */
export class AddressRequest {
  /** What the session has to send for it. */
  readonly sends: typeof ASKING = ASKING;
  readonly #options: AddressRequestOptions;
  #answer: Answer | null = null;
  /** When the connection is to be closed at the latest, once its handshake is complete. */
  #deadline: Deadline | null = null;
  #connection: DialledConnection | null = null;
  #heardOut: Promise<void> | undefined;

  /** Does nothing until the session has sent `getaddr`. */
  constructor(options: AddressRequestOptions) {
    this.#options = options;
  }

  /** How the peer answered; `null` until that is over, or if it was not asked. */
  get summary(): AnswerSummary | null {
    return this.#answer?.summary ?? null;
  }

  /** Takes an event of the session. */
  hear(event: ProgressEvent): void {
    if (event.type !== "message") return;
    if (event.direction === "received") this.#receive(event.message);
    else if (event.messageType === "getaddr") this.#begin();
  }

  /** Resolves when the rest of the answer is read. */
  get heardOut(): Promise<void> | undefined {
    return this.#heardOut;
  }

  /**
   * Reads the rest of the answer over a connection whose handshake is complete, and closes it; nothing of it is in use
   * after that. `onEvent` hears the events too.
   */
  hearOut(
    connection: DialledConnection,
    pump: Pick<Pump, "run" | "bytesReceived">,
    buffer: Uint8Array<ArrayBuffer>,
    onEvent: (event: ProgressEvent) => void,
  ): Promise<void> {
    return this.#heardOut = this.#hearOut(connection, pump, buffer, onEvent);
  }

  async #hearOut(
    connection: DialledConnection,
    pump: Pick<Pump, "run" | "bytesReceived">,
    buffer: Uint8Array<ArrayBuffer>,
    onEvent: (event: ProgressEvent) => void,
  ): Promise<void> {
    // The time for the handshake was over when its last message was read, but not yet understood.
    if (connection.deadline.expired) return this.#end("limit");
    this.#connection = connection;
    if (this.#deadline !== null) this.#closeAt(this.#deadline);
    try {
      const isOver = () => this.#answer?.isOver !== false;
      if (!isOver()) await pump.run(buffer, (event) => (onEvent(event), this.hear(event), isOver()), MAX_ASKED_BYTES);
      this.#end(pump.bytesReceived < MAX_ASKED_BYTES ? "closed" : "limit");
    } catch (error) {
      const { signal, expired } = this.#deadline ?? {};
      if (!signal?.aborted && toFailure(toDialError(error), "verack").code === "internal") throw error;
      this.endWith(error, expired);
    } finally {
      connection.close();
    }
  }

  /** The connection has ended with an error; `overdue` says whether its time was over. */
  endWith(error: unknown, overdue: boolean | undefined): void {
    if (overdue) this.#end("limit");
    else if (!this.#deadline?.signal.aborted) this.#end(error instanceof TransportError ? "malformed" : "closed");
    // Everything ends: an answer that might be complete counts, a missing one says nothing about the peer.
    else if (this.#answer?.hasSeveral) this.#end("limit");
  }

  #begin(): void {
    const { wait, clock, dialer } = this.#options;
    this.#answer = new Answer(clock.now(), wait);
    this.#deadline = dialer.begin(wait);
  }

  #receive(message: Message | DamagedMessage): void {
    const answer = this.#answer;
    if (answer === null) return;
    const { clock, dialer, onAddresses } = this.#options;
    const { due } = answer;
    // The timer decides, not the clock: on a busy machine what came in time may be read late.
    if (this.#deadline?.expired) answer.end("limit", due);
    const part = answer.receive(message, clock.now());
    if (answer.due < due) this.#closeAt(dialer.begin(SETTLING_TIME));
    if (part !== null) onAddresses(part);
  }

  #end(end: AnswerEnd): void {
    this.#answer?.end(end, this.#options.clock.now());
  }

  #closeAt(deadline: Deadline): void {
    this.#deadline = deadline;
    this.#connection?.extend(deadline);
  }
}
