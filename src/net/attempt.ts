/**
 * One attempt to shake hands, from the TCP connect to the end.
 *
 * @module
 */

import type { Address } from "../address/address.ts";
import { HandshakeError } from "../handshake/errors.ts";
import { Handshake } from "../handshake/handshake.ts";
import { TransportError } from "../transport/errors.ts";
import type { Transport } from "../transport/transport.ts";
import { type NetworkAddress, UNSPECIFIED_ADDRESS } from "../wire/network_address.ts";
import type { VersionMessage } from "../wire/version.ts";
import type { BufferPool } from "./buffer_pool.ts";
import type { Deadline } from "./deadline.ts";
import type { Dialer, DialledConnection } from "./dial.ts";
import {
  DialError,
  type ErrorRecord,
  isPeerGone,
  osErrorCode,
  type Phase,
  timeoutError,
  toDialError,
  toErrorRecord,
} from "./errors.ts";
import type { Io } from "./io.ts";
import { withChainHint } from "./other_chain.ts";
import { Session } from "./session.ts";
import type { HandshakeOutcome, HandshakeSettings, TransportType } from "./settings.ts";
import type { MessageEvent, TraceEvent } from "./trace.ts";

/** What all attempts share. */
export interface AttemptContext {
  /** What we say, and how long we wait. */
  readonly settings: HandshakeSettings;
  /** The user agent of the settings, in UTF-8. */
  readonly userAgent: Uint8Array;
  /** Clock and randomness. */
  readonly io: Io;
  /** Opens and closes the connections. */
  readonly dialer: Dialer;
  /** Ends all attempts when it aborts. */
  readonly signal: AbortSignal | undefined;
}

/** What all attempts in one transport share. */
export interface TransportKind {
  /** Which transport it is. */
  readonly type: TransportType;
  /** Makes the transport of a connection that is up. */
  readonly make: () => Transport;
  /** To read into. */
  readonly buffers: BufferPool;
}

/** The pump between a connection and a state machine, and what it measures. */
export class Attempt {
  readonly #address: Address;
  readonly #kind: TransportKind;
  readonly #context: AttemptContext;
  #connection: DialledConnection | null = null;
  #transport: Transport | null = null;
  #handshake: Handshake | null = null;
  #startedAt: number;
  #connectedAt: number | null = null;
  #bytesSent = 0;
  #bytesReceived = 0;

  /** Has not dialled yet. */
  constructor(address: Address, kind: TransportKind, context: AttemptContext) {
    this.#address = address;
    this.#kind = kind;
    this.#context = context;
    this.#startedAt = context.io.clock.now();
  }

  /** Until when all must be over, a second attempt included; known once there was a connection. */
  get deadline(): Deadline | undefined {
    return this.#connection?.deadline;
  }

  /**
   * Shakes hands, within what is left of the time that `begun` gives, if it does; what goes wrong goes into the outcome.
   *
   * @throws the reason of the signal, when that aborts.
   */
  async run(begun?: Deadline): Promise<HandshakeOutcome> {
    const { settings, io, dialer, signal } = this.#context;
    signal?.throwIfAborted();
    let buffer: Uint8Array<ArrayBuffer> | null = null;
    let silence: Deadline | null = null;
    try {
      const connection = this.#connection = await dialer.dial(this.#address, begun);
      this.#startedAt = connection.startedAt;
      this.#connectedAt = io.clock.now();
      this.#trace({ type: "connected", transport: this.#kind.type });
      const handshake = this.#handshake = new Handshake({ role: "initiator", version: this.#ourVersion() });
      connection.deadline.signal.throwIfAborted();
      if (this.#mayFallBack) silence = dialer.closeAfterHalf(connection);
      const transport = this.#transport = this.#kind.make();
      buffer = this.#kind.buffers.take();
      const session = new Session(handshake, transport, io.clock, settings.trace && this.#traceMessages());
      let sendError: unknown;
      for (let output = await session.start();;) {
        while (output.length > 0) {
          try {
            const written = await connection.write(output);
            this.#bytesSent += written;
            if (written === output.length) break;
            output = output.subarray(written);
          } catch (error) {
            if (!isPeerGone(error)) throw error;
            // What it said before may be there to read, and decides.
            sendError = error;
            break;
          }
        }
        if (handshake.state === "complete") break;
        const length = await connection.read(buffer);
        if (length === null) {
          this.#trace({ type: "closed" });
          // A reset that a write has run into looks like an orderly end to the next read.
          if (osErrorCode(sendError) === "ECONNRESET") throw sendError;
          if (this.#phase === "transport") throw closedBeforeSession();
          handshake.close();
          break;
        }
        connection.answered();
        this.#bytesReceived += length;
        output = await session.receive(buffer.subarray(0, length));
      }
      if (handshake.verackReceived) dialer.closeGently(connection);
      else connection.close();
      return this.#outcome(null);
    } catch (error) {
      this.#connection?.close();
      signal?.throwIfAborted();
      const record = this.#explain(error, silence?.expired ?? false);
      return this.#outcome(withChainHint(record, this.#bytesReceived, settings.chain));
    } finally {
      this.#transport?.[Symbol.dispose]();
      if (buffer !== null) this.#kind.buffers.giveBack(buffer);
    }
  }

  /** What is, or at the end was, waited for. */
  get #phase(): Phase {
    if (this.#handshake === null) return "connect";
    return this.#kind.type === "v2" && !this.#transport?.sessionId ? "transport" : this.#handshake.phase;
  }

  /** Whether a peer that says nothing is tried again in v1. */
  get #mayFallBack(): boolean {
    return this.#kind.type === "v2" && this.#context.settings.transport === "auto";
  }

  /** The record of an error; `silent` says whether the time for a first answer was over. */
  #explain(error: unknown, silent: boolean): ErrorRecord {
    const { timeout } = this.#context.settings;
    const phase = this.#phase;
    const overdue = this.#connection?.deadline.expired ?? false;
    const reason = overdue
      ? timeoutError(phase === "transport" ? "v2 session" : phase, timeout)
      : silent
      ? timeoutError("answer", timeout / 2)
      : this.#rejectionFor(toDialError(error));
    if (reason instanceof TransportError && reason.code === "v2_protocol_error") {
      return toErrorRecord(reason, "transport");
    }
    const unanswered = phase === "transport" && this.#transport !== null && this.#bytesReceived === 0;
    // With no time left for a second attempt, time is the reason.
    const isRefusal = unanswered && !(overdue && this.#mayFallBack);
    return toErrorRecord(isRefusal ? asRefusal(reason) : reason, phase);
  }

  /** A peer that resets the connection behind a `reject` has refused us. */
  #rejectionFor(reason: unknown): unknown {
    const isReset = reason instanceof DialError && reason.code === "connection_reset";
    return isReset ? this.#handshake?.rejection ?? reason : reason;
  }

  #outcome(error: ErrorRecord | null): HandshakeOutcome {
    this.#trace({ type: "ended", error });
    const handshake = this.#handshake;
    return {
      error,
      transport: this.#kind.type,
      sessionId: this.#transport?.sessionId ?? null,
      v2Fallback: false,
      version: handshake?.peerVersion ?? null,
      timeOffset: handshake?.timeOffset ?? null,
      verack: handshake?.verackReceived ?? false,
      messageTypes: handshake?.messageTypes ?? [],
      connectTime: this.#connectedAt === null ? null : this.#connectedAt - this.#startedAt,
      handshakeTime: this.#context.io.clock.now() - this.#startedAt,
      bytesSent: this.#bytesSent,
      bytesReceived: this.#bytesReceived,
    };
  }

  #trace(event: TraceEvent): void {
    const { io, settings } = this.#context;
    settings.trace?.(this.#address, io.clock.now() - this.#startedAt, event);
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

  #ourVersion(): VersionMessage {
    const { io, settings, userAgent } = this.#context;
    const { services, receivingServices, protocolVersion, startHeight, relay } = settings;
    return {
      type: "version",
      protocolVersion,
      services,
      timestamp: io.clock.unixTime(),
      addrRecv: addrRecvOf(this.#address, receivingServices),
      addrFrom: { ...UNSPECIFIED_ADDRESS, services },
      nonce: io.randomNonce(),
      userAgent,
      startHeight,
      relay,
    };
  }
}

/** The peer's address; unspecified for what is no IP address, as `version` has no other. */
function addrRecvOf({ network, host, port }: Address, services: bigint): NetworkAddress {
  if (network === "ipv4" || network === "ipv6") return { services, network, host, port };
  return { ...UNSPECIFIED_ADDRESS, services };
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
