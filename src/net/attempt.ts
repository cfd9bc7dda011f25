/**
 * One attempt to shake hands, from the TCP connect to the end.
 *
 * @module
 */

import type { IpAddress, PeerAddress } from "../address/address.ts";
import type { ProgressEvent } from "../session/events.ts";
import { Session } from "../session/session.ts";
import type { Transport, TransportType } from "../transport/transport.ts";
import { type NetworkAddress, UNSPECIFIED_ADDRESS } from "../wire/network_address.ts";
import type { VersionMessage } from "../wire/version.ts";
import type { AddressRequest } from "./address_request.ts";
import type { BufferPool } from "./buffer_pool.ts";
import type { Deadline } from "./deadline.ts";
import type { Dialer } from "./dial.ts";
import type { DialledConnection } from "./dialled_connection.ts";
import type { ErrorPhase, Failure } from "./errors.ts";
import { explain } from "./explain.ts";
import type { Io } from "./io.ts";
import { withChainHint } from "./other_chain.ts";
import { type HandshakeOutcome, outcomeOf } from "./outcome.ts";
import { Pump } from "./pump.ts";
import type { Route } from "./route.ts";
import type { HandshakeSettings } from "./settings.ts";
import type { TraceEvent } from "./trace.ts";

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
  /** The transport's name. */
  readonly type: TransportType;
  /** Makes a transport for a new connection. */
  readonly make: () => Transport;
  /** Buffers to read into. */
  readonly buffers: BufferPool;
}

/** What one attempt is to do. */
export interface AttemptOptions {
  /** The transport. */
  readonly kind: TransportKind;
  /** Whether a peer that sends nothing is tried again over v1; false by default. */
  readonly mayFallBack?: boolean;
  /** The request for addresses, which keeps the connection open until it is answered; none by default. */
  readonly request?: AddressRequest | null;
}

/** Connection, session and pump of one peer, and their measurements. */
export class Attempt {
  readonly #route: Route;
  readonly #kind: TransportKind;
  readonly #mayFallBack: boolean;
  readonly #request: AddressRequest | null;
  readonly #context: AttemptContext;
  #connection: DialledConnection | null = null;
  #session: Session | null = null;
  #pump: Pump | null = null;
  /** Whether the connection was closed, as the peer was silent for half of the time. */
  #gaveUp = false;
  #startedAt: number;
  #connectedAt: number | null = null;

  /** Does nothing until {@linkcode Attempt.run}. */
  constructor(route: Route, { kind, mayFallBack = false, request = null }: AttemptOptions, context: AttemptContext) {
    this.#route = route;
    this.#kind = kind;
    this.#mayFallBack = mayFallBack;
    this.#request = request;
    this.#context = context;
    this.#startedAt = context.io.clock.now();
  }

  /** The deadline for this attempt and a second one together; `undefined` until there is a connection. */
  get deadline(): Deadline | undefined {
    return this.#connection?.deadline;
  }

  /**
   * Shakes hands, before the deadline `begun` if given. Errors go into the outcome.
   *
   * @throws the signal's reason when it aborts.
   */
  async run(begun?: Deadline): Promise<HandshakeOutcome> {
    const { settings, io, dialer, signal } = this.#context;
    signal?.throwIfAborted();
    let buffer: Uint8Array<ArrayBuffer> | null = null;
    try {
      const connection = this.#connection = await dialer.dial(this.#route, begun, (now) => this.#startedAt = now);
      this.#startedAt = connection.startedAt;
      this.#connectedAt = io.clock.now();
      this.#trace({ type: "connected", transport: this.#kind.type });
      connection.deadline.signal.throwIfAborted();
      const pump = this.#startSession(connection);
      buffer = this.#kind.buffers.take();
      const isPlain = settings.trace === undefined && this.#request === null;
      await pump.run(buffer, isPlain ? isComplete : (event) => this.#hear(event));
      const outcome = this.#outcome(null);
      if (this.#request !== null) buffer = this.#hearOut(this.#request, connection, pump, buffer);
      else if (!outcome.verack) connection.close();
      else if (settings.hold === 0) dialer.closeGently(connection);
      else buffer = this.#hold(connection, pump, buffer);
      return outcome;
    } catch (error) {
      this.#connection?.close();
      signal?.throwIfAborted();
      this.#request?.endWith(error, this.#connection?.deadline.expired);
      return this.#outcome(this.#explain(error));
    } finally {
      if (buffer !== null) this.#release(buffer);
    }
  }

  /** Keeps answering pings in the background until the connection is closed. */
  #hold(connection: DialledConnection, pump: Pump, buffer: Uint8Array<ArrayBuffer>): null {
    this.#context.dialer.hold(connection, pump.run(buffer, () => false)).then(() => this.#release(buffer));
    return null;
  }

  /** Reads the answer to our request in the background, until the connection is closed. */
  #hearOut(
    request: AddressRequest,
    connection: DialledConnection,
    pump: Pump,
    buffer: Uint8Array<ArrayBuffer>,
  ): null {
    const end = () => {
      this.#trace({ type: "ended", error: null, answer: request.summary });
      this.#release(buffer);
    };
    // Whoever waits for the answer gets the error, which is a bug of ours.
    request.hearOut(connection, pump, buffer, (event) => this.#traceSession(event)).then(end, end);
    return null;
  }

  /** Called once the connection is closed and nothing of it is in use. */
  #release(buffer: Uint8Array<ArrayBuffer>): void {
    this.#session?.[Symbol.dispose]();
    this.#kind.buffers.giveBack(buffer);
  }

  #startSession(connection: DialledConnection): Pump {
    const { io, dialer } = this.#context;
    const version = this.#ourVersion();
    const transport = this.#kind.make();
    const session = this.#session = new Session({ role: "initiator", version, transport, ...this.#request?.sends });
    const pump = this.#pump = new Pump(session, connection, io.clock);
    if (this.#mayFallBack) dialer.closeAfterHalf(connection, () => this.#gaveUp = pump.bytesReceived === 0);
    return pump;
  }

  /** What the attempt is, or was last, waiting for. */
  get #phase(): ErrorPhase {
    if (this.#connection === null) return this.#route.isProxy ? "proxy" : "connect";
    return this.#session?.phase ?? (this.#kind.type === "v2" ? "transport" : "version");
  }

  #explain(error: unknown): Failure {
    const { chain, optionNames } = this.#context.settings;
    const bytesReceived = this.#pump?.bytesReceived ?? null;
    const failure = explain({
      error,
      phase: this.#phase,
      timeout: this.#route.timeout,
      overdue: this.#connection?.deadline.expired ?? false,
      mayFallBack: this.#mayFallBack,
      gaveUp: this.#gaveUp,
      unanswered: bytesReceived === 0,
      rejection: this.#session?.handshake.rejection ?? null,
    });
    return withChainHint(failure, bytesReceived ?? 0, chain, optionNames);
  }

  #outcome(error: Failure | null): HandshakeOutcome {
    if (error !== null || this.#request === null) this.#trace({ type: "ended", error });
    return outcomeOf(error, {
      transport: this.#kind.type,
      session: this.#session,
      pump: this.#pump,
      startedAt: this.#startedAt,
      connectedAt: this.#connectedAt,
      endedAt: this.#context.io.clock.now(),
    });
  }

  /** Hears an event; returns whether the handshake is complete. */
  #hear(event: ProgressEvent): boolean {
    this.#traceSession(event);
    this.#request?.hear(event);
    return isComplete(event);
  }

  #traceSession(event: ProgressEvent): void {
    if (event.type === "message" || event.type === "closed") this.#trace(event);
    if (event.type === "negotiated" && event.sessionId !== null) {
      this.#trace({ type: "session", sessionId: event.sessionId });
    }
  }

  #trace(event: TraceEvent): void {
    const { io, settings } = this.#context;
    settings.trace?.(this.#route.address, io.clock.now() - this.#startedAt, event);
  }

  #ourVersion(): VersionMessage {
    const { io, settings, userAgent } = this.#context;
    const { services, receivingServices, protocolVersion, startHeight, relay } = settings;
    return {
      type: "version",
      protocolVersion,
      services,
      timestamp: io.clock.unixTime(),
      addrRecv: addrRecvOf(this.#route, receivingServices),
      addrFrom: { ...UNSPECIFIED_ADDRESS, services },
      nonce: io.randomNonce(),
      userAgent,
      startHeight,
      relay,
    };
  }
}

/**
 * The peer's address; unspecified if it is not an IP address, as `version` can carry no other, or if a proxy makes the
 * connection.
 */
function addrRecvOf({ address, isProxy }: Route, services: bigint): NetworkAddress {
  return !isProxy && isIp(address) ? { services, ...address } : { ...UNSPECIFIED_ADDRESS, services };
}

function isIp(address: PeerAddress): address is IpAddress {
  return address.network === "ipv4" || address.network === "ipv6";
}

function isComplete({ type }: ProgressEvent): boolean {
  return type === "complete";
}
