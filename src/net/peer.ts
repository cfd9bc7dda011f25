/**
 * One handshake with one peer, from the TCP connect to the end: the pump between a socket and the state machine.
 *
 * @module
 */

import { Handshake } from "../handshake/handshake.ts";
import { V1Transport } from "../transport/v1.ts";
import type { Chain } from "../wire/chains.ts";
import { UNSPECIFIED_ADDRESS } from "../wire/network_address.ts";
import type { VersionMessage } from "../wire/version.ts";
import type { SocketAddress } from "./address.ts";
import { Deadline } from "./deadline.ts";
import type { Dialer } from "./dial.ts";
import { DialError, type ErrorRecord, osErrorCode, type Phase, toDialError, toErrorRecord } from "./errors.ts";
import type { Connection, Io } from "./io.ts";
import { Session } from "./session.ts";

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

/** Enough for all that a current node sends before and with its verack. */
const READ_BUFFER_SIZE = 2048;

/**
 * Connects to a peer and shakes hands with it. Whatever the peer or the network does is in the outcome.
 *
 * @throws the reason of `signal`, when that aborts.
 */
export async function shakeHands(
  address: SocketAddress,
  settings: HandshakeSettings,
  io: Io,
  dialer: Dialer,
  signal?: AbortSignal,
): Promise<HandshakeOutcome> {
  signal?.throwIfAborted();
  using deadline = new Deadline(io.clock, settings.timeout, signal);
  const attempt = new Attempt(address, settings, io);
  const error = await attempt.run(deadline, dialer);
  if (error !== null) signal?.throwIfAborted();
  return attempt.outcome(error);
}

/** The state of one attempt to shake hands. */
class Attempt {
  readonly #address: SocketAddress;
  readonly #settings: HandshakeSettings;
  readonly #io: Io;
  readonly #handshake: Handshake;
  #startedAt: number;
  #connectedAt: number | null = null;
  #endedAt: number | null = null;
  #bytesSent = 0;
  #bytesReceived = 0;

  constructor(address: SocketAddress, settings: HandshakeSettings, io: Io) {
    this.#address = address;
    this.#settings = settings;
    this.#io = io;
    this.#handshake = new Handshake({ role: "initiator", version: ourVersion(address, settings, io) });
    this.#startedAt = io.clock.now();
  }

  /** Shakes hands; resolves to what ended it, or to `null`. */
  async run(deadline: Deadline, dialer: Dialer): Promise<ErrorRecord | null> {
    try {
      await this.#connectAndPump(deadline, dialer);
      return null;
    } catch (error) {
      const phase = this.#phase;
      const awaited = phase === "connect" ? "connection" : phase;
      const cause = deadline.expired
        ? new DialError("timeout", `no ${awaited} within ${this.#settings.timeout / 1000} s`)
        : toDialError(error);
      return toErrorRecord(cause, phase);
    } finally {
      this.#endedAt = this.#io.clock.now();
    }
  }

  outcome(error: ErrorRecord | null): HandshakeOutcome {
    const { peerVersion, timeOffset, verackReceived, messageTypes } = this.#handshake;
    return {
      error,
      version: peerVersion,
      timeOffset,
      verack: verackReceived,
      messageTypes,
      connectTime: this.#connectedAt === null ? null : this.#connectedAt - this.#startedAt,
      handshakeTime: (this.#endedAt ?? this.#startedAt) - this.#startedAt,
      bytesSent: this.#bytesSent,
      bytesReceived: this.#bytesReceived,
    };
  }

  get #phase(): Phase {
    return this.#connectedAt === null ? "connect" : this.#handshake.phase;
  }

  async #connectAndPump(deadline: Deadline, dialer: Dialer): Promise<void> {
    const { connection, startedAt } = await dialer.dial(this.#address, deadline);
    this.#startedAt = startedAt;
    this.#connectedAt = this.#io.clock.now();
    const { signal } = deadline;
    const close = once(() => dialer.close(connection));
    signal.addEventListener("abort", close);
    try {
      signal.throwIfAborted();
      await this.#pump(connection);
      if (this.#handshake.verackReceived && !signal.aborted) dialer.closeGently(connection);
      else close();
    } catch (error) {
      close();
      throw error;
    } finally {
      signal.removeEventListener("abort", close);
    }
  }

  /** Sends what the session wants sent and feeds it what comes, until it is done. */
  async #pump(connection: Connection): Promise<void> {
    const session = new Session(this.#handshake, new V1Transport(this.#settings.chain), this.#io.clock);
    const buffer = new Uint8Array(READ_BUFFER_SIZE);
    let sendError = await this.#send(connection, await session.start());
    while (this.#handshake.state !== "complete") {
      const length = await connection.read(buffer);
      if (length === null) {
        // A reset that a write has run into looks like an orderly end to the next read.
        if (osErrorCode(sendError) === "ECONNRESET") throw sendError;
        this.#handshake.close();
        return;
      }
      this.#bytesReceived += length;
      const answer = await session.receive(buffer.subarray(0, length));
      sendError = await this.#send(connection, answer) ?? sendError;
    }
  }

  /**
   * Sends all bytes. A failure is returned, not thrown: the peer has gone, but what it said before may be there to
   * read, and decides.
   */
  async #send(connection: Connection, bytes: Uint8Array): Promise<unknown> {
    try {
      for (let sent = 0; sent < bytes.length;) {
        const written = await connection.write(bytes.subarray(sent));
        sent += written;
        this.#bytesSent += written;
      }
      return undefined;
    } catch (error) {
      return error;
    }
  }
}

function ourVersion(address: SocketAddress, settings: HandshakeSettings, io: Io): VersionMessage {
  return {
    type: "version",
    protocolVersion: settings.protocolVersion,
    services: settings.services,
    timestamp: io.clock.unixTime(),
    addrRecv: { services: settings.receivingServices, ...address },
    addrFrom: { ...UNSPECIFIED_ADDRESS, services: settings.services },
    nonce: io.randomNonce(),
    userAgent: new TextEncoder().encode(settings.userAgent),
    startHeight: settings.startHeight,
    relay: settings.relay,
  };
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
}
