/**
 * The initiator of many handshakes, each from the TCP connect to the end: the pump between sockets and state machines.
 *
 * @module
 */

import { HandshakeError } from "../handshake/errors.ts";
import { Handshake } from "../handshake/handshake.ts";
import { TransportError } from "../transport/errors.ts";
import type { Transport } from "../transport/transport.ts";
import { V1Transport } from "../transport/v1.ts";
import type { Chain } from "../wire/chains.ts";
import { UNSPECIFIED_ADDRESS } from "../wire/network_address.ts";
import type { VersionMessage } from "../wire/version.ts";
import type { SocketAddress } from "./address.ts";
import type { Deadline } from "./deadline.ts";
import { Dialer, type DialledConnection } from "./dial.ts";
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

/** What a connection is spoken in. */
export type TransportType = "v1" | "v2";

/** Who is told of what no outcome says. */
export interface HandshakeListeners {
  /** Told, once, when this machine runs out of something that dialling then has to wait for. */
  readonly onScarcity?: (message: string) => void;
  /** Told when v2 has failed at a peer, and how, and v1 is tried. */
  readonly onFallback?: (address: SocketAddress, v2Error: ErrorRecord) => void;
}

/** What we say of ourselves, in which transport, and how long we wait. */
export interface HandshakeSettings extends HandshakeListeners {
  /** The chain whose messages are spoken. */
  readonly chain: Chain;
  /**
   * The transport: v1, v2 (BIP 324), or v2 first, and where the peer answers it with nothing or in v1, v1 over a second
   * connection.
   */
  readonly transport: TransportType | "auto";
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
  /** Most time for one peer, connects included, in milliseconds. */
  readonly timeout: number;
  /** How many handshakes are in flight at once. */
  readonly concurrency: number;
}

/** How a handshake went. Of two connections it is the second that is told of, unless it says otherwise. */
export interface HandshakeOutcome {
  /** What ended it; `null` when it succeeded. */
  readonly error: ErrorRecord | null;
  /** The transport that was used, or was to be used when the connect failed. */
  readonly transport: TransportType;
  /** The id of the v2 session, 64 hex digits; `null` where there was none. */
  readonly sessionId: string | null;
  /** Whether this is the second connection, v2 having been tried over the first. */
  readonly v2Fallback: boolean;
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
  /** From the start of the connect to the end, in milliseconds, both connections together where there were two. */
  readonly handshakeTime: number;
  /** Bytes written to the socket. */
  readonly bytesSent: number;
  /** Bytes read from the socket. */
  readonly bytesReceived: number;
}

/** Enough for all that a current node sends before and with its verack, twice; under v2, for most of its garbage too. */
const READ_BUFFER_SIZE = { v1: 512, v2: 4096 };

/** Makes the transport of a connection that is up. */
type MakeTransport = () => Transport;

/** Shakes hands with peers. */
export class Initiator implements Disposable {
  readonly #settings: HandshakeSettings;
  readonly #io: Io;
  readonly #signal: AbortSignal | undefined;
  readonly #dialer: Dialer;
  readonly #userAgent: Uint8Array;
  readonly #makeV1: MakeTransport;
  /** Loaded on demand, once: where only v1 is spoken nobody should wait for it. */
  readonly #makeV2: Promise<MakeTransport> | null;

  /** Has not dialled anyone yet. All ends when `signal` aborts. */
  constructor(settings: HandshakeSettings, io: Io, signal?: AbortSignal) {
    const { chain, transport, timeout, concurrency, onScarcity, userAgent } = settings;
    this.#settings = settings;
    this.#io = io;
    this.#signal = signal;
    this.#dialer = new Dialer(io, { timeout, lingering: concurrency, signal, onScarcity });
    this.#userAgent = new TextEncoder().encode(userAgent);
    this.#makeV1 = () => new V1Transport(chain);
    this.#makeV2 = transport === "v1" ? null : loadV2(chain, io);
  }

  /**
   * Connects to a peer and shakes hands with it. Whatever the peer or the network does is in the outcome.
   *
   * @throws the reason of the signal, when that aborts.
   */
  shakeHands(address: SocketAddress): Promise<HandshakeOutcome> {
    return this.#makeV2 === null
      ? this.#run(new Attempt(address, "v1", this.#settings, this.#io), this.#makeV1)
      : this.#shakeHandsInV2(address, this.#makeV2);
  }

  /** Resolves when the connections of all handshakes that are over are closed. */
  closed(): Promise<void> {
    return this.#dialer.lingered();
  }

  /** Closes what is open, and leaves no timer behind. */
  [Symbol.dispose](): void {
    this.#dialer[Symbol.dispose]();
  }

  async #shakeHandsInV2(address: SocketAddress, makeV2: Promise<MakeTransport>): Promise<HandshakeOutcome> {
    const { transport, onFallback } = this.#settings;
    const makeTransport = await makeV2;
    const attempt = new Attempt(address, "v2", this.#settings, this.#io);
    const outcome = await this.#run(attempt, makeTransport);
    if (transport === "v2" || outcome.error?.code !== "v2_not_supported") return outcome;
    onFallback?.(address, outcome.error);
    const second = new Attempt(address, "v1", this.#settings, this.#io);
    const secondOutcome = await this.#run(second, this.#makeV1, attempt.deadline);
    return { ...secondOutcome, v2Fallback: true, handshakeTime: outcome.handshakeTime + secondOutcome.handshakeTime };
  }

  #run(attempt: Attempt, makeTransport: MakeTransport, begun?: Deadline): Promise<HandshakeOutcome> {
    return attempt.run(makeTransport, this.#dialer, this.#userAgent, this.#signal, begun);
  }
}

async function loadV2(chain: Chain, io: Io): Promise<MakeTransport> {
  const { V2Transport } = await import("../transport/v2.ts");
  const randomBytes = (length: number) => io.randomBytes(length);
  return () => new V2Transport({ chain, initiating: true, randomBytes });
}

/** One attempt to shake hands: the pump between a connection and a state machine, and what it measures. */
class Attempt {
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
      const handshake = this.#handshake = new Handshake({ role: "initiator", version: this.#ourVersion(userAgent) });
      connection.deadline.signal.throwIfAborted();
      if (this.#mayFallBack) silence = dialer.closeAfterHalf(connection);
      const transport = this.#transport = makeTransport();
      const session = new Session(handshake, transport, this.#io.clock);
      const buffer = new Uint8Array(READ_BUFFER_SIZE[this.#type]);
      let sendError = await this.#send(connection, await session.start());
      while (handshake.state !== "complete") {
        const length = await connection.read(buffer);
        if (length === null) {
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
