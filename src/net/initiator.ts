/**
 * The initiator of many handshakes, each from the TCP connect to the end: the pump between sockets and state machines.
 *
 * @module
 */

import { Handshake } from "../handshake/handshake.ts";
import { V1Transport } from "../transport/v1.ts";
import type { Chain } from "../wire/chains.ts";
import { UNSPECIFIED_ADDRESS } from "../wire/network_address.ts";
import type { VersionMessage } from "../wire/version.ts";
import type { SocketAddress } from "./address.ts";
import { Dialer, type DialledConnection } from "./dial.ts";
import { type ErrorRecord, osErrorCode, timeoutError, toDialError, toErrorRecord } from "./errors.ts";
import type { Connection, Io } from "./io.ts";
import { Session } from "./session.ts";
import type { TraceEvent, Tracer } from "./trace.ts";

/** What we say of ourselves, and how long we wait. */
export interface HandshakeSettings {
  /** The chain whose messages are spoken. */
  readonly chain: Chain;
  /** Service bits of ours. */
  readonly services: bigint;
  /** Service bits to put beside the peer's address. */
  readonly receivingServices: bigint;
  /** Protocol version to announce; signed 32 bits. */
  readonly protocolVersion: number;
  /** User agent to announce, at most 256 bytes in UTF-8. */
  readonly userAgent: string;
  /** Start height to announce; signed 32 bits. */
  readonly startHeight: number;
  /** Whether to ask for transactions. */
  readonly relay: boolean;
  /** Most time for one peer, connect included, in milliseconds. */
  readonly timeout: number;
  /** How many handshakes are in flight at once. */
  readonly concurrency: number;
  /** Told, once, when this machine runs out of something that dialling then has to wait for. */
  readonly onScarcity?: (message: string) => void;
  /** Told of all that goes by; payloads of messages that nobody reads are then kept for it. */
  readonly trace?: Tracer | undefined;
}

/** How a handshake went. */
export interface HandshakeOutcome {
  /** What ended it; `null` when it succeeded. */
  readonly error: ErrorRecord | null;
  /** The peer's `version`, when it came and could be read. */
  readonly version: VersionMessage | null;
  /** The peer's clock minus ours, in seconds. */
  readonly timeOffset: number | null;
  /** Whether the peer's `verack` came. */
  readonly verack: boolean;
  /** The message types received, in order, the first 32. */
  readonly messageTypes: readonly string[];
  /** How long the TCP connect took, in milliseconds; `null` when there was none. */
  readonly connectTime: number | null;
  /** From the start of the connect to the end, in milliseconds. */
  readonly handshakeTime: number;
  /** Bytes written to the socket. */
  readonly bytesSent: number;
  /** Bytes read from the socket. */
  readonly bytesReceived: number;
}

/** Enough for all that a current node sends before and with its verack, twice. */
const READ_BUFFER_SIZE = 512;

/** Shakes hands with peers. */
export class Initiator implements Disposable {
  readonly #settings: HandshakeSettings;
  readonly #io: Io;
  readonly #signal: AbortSignal | undefined;
  readonly #dialer: Dialer;
  readonly #userAgent: Uint8Array;

  /** Has not dialled anyone yet. All ends when `signal` aborts. */
  constructor(settings: HandshakeSettings, io: Io, signal?: AbortSignal) {
    const { timeout, concurrency, onScarcity, userAgent } = settings;
    this.#settings = settings;
    this.#io = io;
    this.#signal = signal;
    this.#dialer = new Dialer(io, { timeout, lingering: concurrency, signal, onScarcity });
    this.#userAgent = new TextEncoder().encode(userAgent);
  }

  /**
   * Connects to a peer and shakes hands with it. Whatever the peer or the network does is in the outcome.
   *
   * @throws the reason of the signal, when that aborts.
   */
  shakeHands(address: SocketAddress): Promise<HandshakeOutcome> {
    return new Attempt(address, this.#settings, this.#io).run(this.#dialer, this.#userAgent, this.#signal);
  }

  /** Resolves when the connections of all handshakes that are over are closed. */
  closed(): Promise<void> {
    return this.#dialer.lingered();
  }

  /** Closes what is open, and leaves no timer behind. */
  [Symbol.dispose](): void {
    this.#dialer[Symbol.dispose]();
  }
}

/** One attempt to shake hands: the pump between a connection and a state machine, and what it measures. */
class Attempt {
  readonly #address: SocketAddress;
  readonly #settings: HandshakeSettings;
  readonly #io: Io;
  #handshake: Handshake | null = null;
  #startedAt: number;
  #connectedAt: number | null = null;
  #bytesSent = 0;
  #bytesReceived = 0;

  constructor(address: SocketAddress, settings: HandshakeSettings, io: Io) {
    this.#address = address;
    this.#settings = settings;
    this.#io = io;
    this.#startedAt = io.clock.now();
  }

  /** Shakes hands; what goes wrong goes into the outcome, unless `signal` aborted. */
  async run(dialer: Dialer, userAgent: Uint8Array, signal: AbortSignal | undefined): Promise<HandshakeOutcome> {
    signal?.throwIfAborted();
    let connection: DialledConnection | null = null;
    try {
      connection = await dialer.dial(this.#address);
      this.#startedAt = connection.startedAt;
      this.#connectedAt = this.#io.clock.now();
      this.#trace({ type: "connected" });
      const handshake = this.#handshake = new Handshake({ role: "initiator", version: this.#ourVersion(userAgent) });
      connection.deadline.signal.throwIfAborted();
      const transport = new V1Transport(this.#settings.chain, this.#settings.trace !== undefined);
      const session = new Session(
        handshake,
        transport,
        this.#io.clock,
        this.#settings.trace && ((event) => this.#trace(event)),
      );
      const buffer = new Uint8Array(READ_BUFFER_SIZE);
      let sendError = await this.#send(connection, await session.start());
      while (handshake.state !== "complete") {
        const length = await connection.read(buffer);
        if (length === null) {
          this.#trace({ type: "closed" });
          // A reset that a write has run into looks like an orderly end to the next read.
          if (osErrorCode(sendError) === "ECONNRESET") throw sendError;
          handshake.close();
        } else {
          this.#bytesReceived += length;
          const answer = await session.receive(buffer.subarray(0, length));
          if (answer.length > 0) sendError = await this.#send(connection, answer) ?? sendError;
        }
      }
      if (handshake.verackReceived) dialer.closeGently(connection);
      else connection.close();
      return this.#outcome(null);
    } catch (error) {
      connection?.close();
      signal?.throwIfAborted();
      const phase = this.#handshake?.phase ?? "connect";
      const reason = connection?.deadline.expired ? timeoutError(phase, this.#settings.timeout) : toDialError(error);
      return this.#outcome(toErrorRecord(reason, phase));
    }
  }

  #outcome(error: ErrorRecord | null): HandshakeOutcome {
    this.#trace({ type: "ended", error });
    const handshake = this.#handshake;
    return {
      error,
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
