/**
 * One attempt to shake hands, from the TCP connect to the end.
 *
 * @module
 */

import { HandshakeError } from "../handshake/errors.ts";
import { Handshake } from "../handshake/handshake.ts";
import { TransportError } from "../transport/errors.ts";
import type { Transport } from "../transport/transport.ts";
import { UNSPECIFIED_ADDRESS } from "../wire/network_address.ts";
import type { VersionMessage } from "../wire/version.ts";
import type { SocketAddress } from "./address.ts";
import type { Deadline } from "./deadline.ts";
import type { Dialer, DialledConnection } from "./dial.ts";
import {
  DialError,
  type ErrorRecord,
  osErrorCode,
  type Phase,
  timeoutError,
  toDialError,
  toErrorRecord,
} from "./errors.ts";
import type { Connection, Io } from "./io.ts";
import { Session } from "./session.ts";
import type { HandshakeOutcome, HandshakeSettings, TransportType } from "./settings.ts";
import type { MessageEvent, TraceEvent } from "./trace.ts";

/** Enough for all that a current node sends before and with its verack, twice; under v2, for most of its garbage too. */
const READ_BUFFER_SIZE = { v1: 512, v2: 4096 };

/** Makes the transport of a connection that is up. */
export type MakeTransport = () => Transport;

/** The pump between a connection and a state machine, and what it measures. */
export class Attempt {
  readonly #address: SocketAddress;
  readonly #type: TransportType;
  readonly #settings: HandshakeSettings;
  readonly #io: Io;
  #connection: DialledConnection | null = null;
  #transport: Transport | null = null;
  #handshake: Handshake | null = null;
  #startedAt: number;
  #connectedAt: number | null = null;
  #bytesSent = 0;
  #bytesReceived = 0;

  /** Has not dialled yet; the transport that {@linkcode Attempt.run} is given must be of this type. */
  constructor(address: SocketAddress, type: TransportType, settings: HandshakeSettings, io: Io) {
    this.#address = address;
    this.#type = type;
    this.#settings = settings;
    this.#io = io;
    this.#startedAt = io.clock.now();
  }

  /** Until when all must be over, a second attempt included; known once there was a connection. */
  get deadline(): Deadline | undefined {
    return this.#connection?.deadline;
  }

  /**
   * Shakes hands, within what is left of the time that `begun` gives, if it does; what goes wrong goes into the outcome,
   * unless `signal` aborted.
   */
  async run(
    makeTransport: MakeTransport,
    dialer: Dialer,
    userAgent: Uint8Array,
    signal: AbortSignal | undefined,
    begun: Deadline | undefined,
  ): Promise<HandshakeOutcome> {
    signal?.throwIfAborted();
    let silence: Deadline | null = null;
    try {
      const connection = this.#connection = await dialer.dial(this.#address, begun);
      this.#startedAt = connection.startedAt;
      this.#connectedAt = this.#io.clock.now();
      this.#trace({ type: "connected", transport: this.#type });
      const handshake = this.#handshake = new Handshake({ role: "initiator", version: this.#ourVersion(userAgent) });
      connection.deadline.signal.throwIfAborted();
      if (this.#mayFallBack) silence = dialer.closeAfterHalf(connection);
      const transport = this.#transport = makeTransport();
      const session = new Session(handshake, transport, this.#io.clock, this.#settings.trace && this.#traceMessages());
      const buffer = new Uint8Array(READ_BUFFER_SIZE[this.#type]);
      let sendError = await this.#send(connection, await session.start());
      while (handshake.state !== "complete") {
        const length = await connection.read(buffer);
        if (length === null) {
          this.#trace({ type: "closed" });
          // A reset that a write has run into looks like an orderly end to the next read.
          if (osErrorCode(sendError) === "ECONNRESET") throw sendError;
          if (this.#phase === "transport") throw closedBeforeSession();
          handshake.close();
        } else {
          silence?.release(connection);
          this.#bytesReceived += length;
          const answer = await session.receive(buffer.subarray(0, length));
          if (answer.length > 0) sendError = await this.#send(connection, answer) ?? sendError;
        }
      }
      if (handshake.verackReceived) dialer.closeGently(connection);
      else connection.close();
      return this.#outcome(null);
    } catch (error) {
      this.#connection?.close();
      signal?.throwIfAborted();
      return this.#outcome(this.#explain(error, silence?.expired ?? false));
    } finally {
      if (this.#connection !== null) silence?.release(this.#connection);
      this.#transport?.[Symbol.dispose]();
    }
  }

  /** What is, or at the end was, waited for. */
  get #phase(): Phase {
    if (this.#handshake === null) return "connect";
    return this.#type === "v2" && !this.#transport?.sessionId ? "transport" : this.#handshake.phase;
  }

  /** Whether a peer that says nothing is tried again in v1. */
  get #mayFallBack(): boolean {
    return this.#type === "v2" && this.#settings.transport === "auto";
  }

  /** The record of an error; `silent` says whether the time for a first answer was over. */
  #explain(error: unknown, silent: boolean): ErrorRecord {
    const { timeout } = this.#settings;
    const phase = this.#phase;
    const overdue = this.#connection?.deadline.expired ?? false;
    const reason = overdue
      ? timeoutError(phase === "transport" ? "v2 session" : phase, timeout)
      : silent
      ? timeoutError("answer", timeout / 2)
      : toDialError(error);
    if (reason instanceof TransportError && reason.code === "v2_protocol_error") {
      return toErrorRecord(reason, "transport");
    }
    const unanswered = phase === "transport" && this.#transport !== null && this.#bytesReceived === 0;
    // With no time left for a second attempt, time is the reason.
    const isRefusal = unanswered && !(overdue && this.#mayFallBack);
    return toErrorRecord(isRefusal ? asRefusal(reason) : reason, phase);
  }

  #outcome(error: ErrorRecord | null): HandshakeOutcome {
    this.#trace({ type: "ended", error });
    const handshake = this.#handshake;
    return {
      error,
      transport: this.#type,
      sessionId: this.#transport?.sessionId ?? null,
      v2Fallback: false,
      version: handshake?.peerVersion ?? null,
      timeOffset: handshake?.timeOffset ?? null,
      verack: handshake?.verackReceived ?? false,
      messageTypes: handshake?.messageTypes ?? [],
      connectTime: this.#connectedAt === null ? null : this.#connectedAt - this.#startedAt,
      handshakeTime: this.#io.clock.now() - this.#startedAt,
      bytesSent: this.#bytesSent,
      bytesReceived: this.#bytesReceived,
    };
  }

  #trace(event: TraceEvent): void {
    const { trace } = this.#settings;
    trace?.(this.#address, this.#io.clock.now() - this.#startedAt, event);
  }

  /** Tells of messages, and of the session before the first of the peer's. */
  #traceMessages(): (event: MessageEvent) => void {
    let sessionId: string | null = null;
    return (event) => {
      const current = this.#transport?.sessionId ?? null;
      if (current !== sessionId && current !== null) this.#trace({ type: "session", sessionId: current });
      sessionId = current;
      this.#trace(event);
    };
  }

  #ourVersion(userAgent: Uint8Array): VersionMessage {
    const { services, receivingServices, protocolVersion, startHeight, relay } = this.#settings;
    return {
      type: "version",
      protocolVersion,
      services,
      timestamp: this.#io.clock.unixTime(),
      addrRecv: { services: receivingServices, ...this.#address },
      addrFrom: { ...UNSPECIFIED_ADDRESS, services },
      nonce: this.#io.randomNonce(),
      userAgent,
      startHeight,
      relay,
    };
  }

  /**
   * Sends all bytes. A failure is returned, not thrown: the peer has gone, but what it said before may be there to
   * read, and decides.
   */
  async #send(connection: Connection, bytes: Uint8Array): Promise<unknown> {
    try {
      for (let rest = bytes; rest.length > 0;) {
        const written = await connection.write(rest);
        this.#bytesSent += written;
        if (written === rest.length) break;
        rest = rest.subarray(written);
      }
      return undefined;
    } catch (error) {
      return error;
    }
  }
}

function closedBeforeSession(): HandshakeError {
  return new HandshakeError("connection_closed", "Expected a v2 session, the peer closed the connection");
}

/** What a peer that does not speak v2 does, before it has said a word. */
const REFUSALS: ReadonlyMap<string, string> = new Map([
  ["connection_closed", "closed the connection"],
  ["connection_reset", "reset the connection"],
  ["timeout", "stayed silent"],
]);

/** The end of a connection over which nothing came, as a refusal of v2; any other error as it is. */
function asRefusal(reason: unknown): unknown {
  const refusal = reason instanceof DialError || reason instanceof HandshakeError
    ? REFUSALS.get(reason.code)
    : undefined;
  if (refusal === undefined) return reason;
  return new TransportError("v2_not_supported", `Expected an answer in the v2 transport, the peer ${refusal}`, {
    cause: reason,
  });
}
