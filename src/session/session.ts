/**
 * One end of a connection without its socket: transport, codecs and state machine; bytes in, bytes and events out. It
 * is synchronous: when it needs the checksum of a payload it asks for it with an event.
 *
 * ```text
 *                       ┌────────── provide(checksum) ◄─────────┐
 *                       ▼                                       │
 *    receive(bytes) ──► poll() ──► an event ── "checksum" ──────┘
 *                       │  ▲         └── any other: to be heard
 *                       │  └─────────────┘
 *                       └────► null: takeOutput(), and then more bytes are needed
 * ```
 *
 * @module
 */

import { EMPTY_CHECKSUM } from "../crypto/checksum.ts";
import { HandshakeError } from "../handshake/errors.ts";
import {
  type DamagedMessage,
  Handshake,
  type HandshakeOptions,
  type HandshakeProgress,
} from "../handshake/handshake.ts";
import type { Frame, Transport } from "../transport/transport.ts";
import { COUNT, FUNCTION, objectWith } from "../wire/argument.ts";
import type { Message } from "../wire/messages.ts";
import { BoundedInput } from "./bounded_input.ts";
import type { MessageEvent, SessionEvent } from "./events.ts";
import { received, type SentMessage, toSend } from "./messages.ts";

/** Default limit on the bytes a peer may send before the handshake is complete. */
export const MAX_HANDSHAKE_BYTES = 16 * 1024 * 1024;

/** How to start a {@linkcode Session}. */
export interface SessionOptions extends HandshakeOptions {
  /** The transport, which the session owns and disposes of. */
  readonly transport: Transport;
  /** How many bytes the peer may send before the handshake is complete; {@linkcode MAX_HANDSHAKE_BYTES} by default. */
  readonly maxBytes?: number;
}

/** A received message whose checksum is to be verified. */
interface CheckableFrame extends Frame {
  readonly payload: Uint8Array<ArrayBuffer>;
  readonly checksum: number;
}

const NO_MESSAGES: readonly Message[] = [];

const TRANSPORT = objectWith("a transport, as V1Transport is", {
  receive: FUNCTION,
  takeFrame: FUNCTION,
  send: FUNCTION,
  takeOutput: FUNCTION,
});

/**
 * One end of a connection, in either role: the handshake, and everything after it.
 *
 * @example
 * ```ts
 * import { checksum, Session, V1Transport } from "@bitcoin-p2p/handshake/protocol";
 * import { MAINNET, UNSPECIFIED_ADDRESS } from "@bitcoin-p2p/handshake/wire";
 * import { assertEquals } from "@std/assert";
 *
 * const version = {
 *   type: "version",
 *   protocolVersion: 70016,
 *   services: 0n,
 *   timestamp: 1_700_000_000n,
 *   addrRecv: UNSPECIFIED_ADDRESS,
 *   addrFrom: UNSPECIFIED_ADDRESS,
 *   nonce: 1n,
 *   userAgent: new TextEncoder().encode("/ours:1.0/"),
 *   startHeight: 0,
 *   relay: false,
 * } as const;
 * using session = new Session({ role: "initiator", version, transport: new V1Transport(MAINNET) });
 *
 * const sent: string[] = [];
 * for (let event; (event = session.poll()) !== null;) {
 *   if (event.type === "checksum") session.provide(await checksum(event.payload));
 *   if (event.type === "message") sent.push(event.messageType);
 * }
 * assertEquals(sent, ["version"]);
 * assertEquals(session.takeOutput().length, 24 + 96);
 * ```
 */
export class Session implements Disposable {
  readonly #handshake: Handshake;
  readonly #transport: Transport;
  readonly #input: BoundedInput;
  /** Messages to be sent. */
  #queue: readonly Message[];
  #now = 0n;
  /** The message, ours or the peer's, that is waiting for its checksum. */
  #pending: SentMessage | CheckableFrame | null = null;
  /** That checksum. */
  #checksum: number | null = null;
  /** The event to return next. */
  #next: MessageEvent | null = null;
  /** The received message that was returned as an event but not yet answered. */
  #unanswered: Message | DamagedMessage | null = null;
  #negotiated = false;
  #completed = false;
  #closing: "open" | "ended" | "told" = "open";

  /**
   * To be created once the connection is established; an initiator then sends its `version`.
   *
   * @throws {TypeError} when an option has the wrong type.
   * @throws {RangeError} when an option is not allowed.
   */
  constructor(options: SessionOptions) {
    const { transport, maxBytes = MAX_HANDSHAKE_BYTES } = options;
    TRANSPORT.check("transport", transport);
    COUNT.check("maxBytes", maxBytes);
    this.#handshake = new Handshake(options);
    this.#transport = transport;
    this.#input = new BoundedInput(transport, maxBytes);
    this.#queue = this.#handshake.start();
  }

  /** What is known about the peer. */
  get handshake(): HandshakeProgress {
    return this.#handshake;
  }

  /** The v2 session ID; `null` if there is none. */
  get sessionId(): string | null {
    return this.#transport.sessionId;
  }

  /** What the session is, or was last, waiting for: the v2 session, or a message. */
  get phase(): "transport" | "version" | "verack" {
    const { type, sessionId } = this.#transport;
    return type !== "v1" && sessionId === null ? "transport" : this.#handshake.phase;
  }

  /**
   * Takes bytes from the peer, and the time in seconds since 1970. Call it only when {@linkcode Session.poll} has
   * returned `null`, and do not change the bytes until it does so again.
   */
  receive(bytes: Uint8Array, now: bigint): void {
    this.#now = now;
    this.#input.receive(bytes);
  }

  /** The peer has closed its side of the connection. */
  close(): void {
    if (this.#closing === "open") this.#closing = "ended";
  }

  /** Queues a message to send. The messages of the handshake are sent without this. */
  send(message: Message): void {
    this.#enqueue([message]);
  }

  /**
   * Provides the checksum that the last event asked for, in network byte order.
   *
   * @throws {TypeError} when it asked for none.
   */
  provide(checksum: number): void {
    if (this.#pending === null) throw new TypeError("Cannot provide a checksum: no event has asked for one");
    this.#checksum = checksum;
  }

  /**
   * The next event, or `null` when more bytes are needed. The caller may stop at any event and go on later: no byte is
   * lost.
   *
   * @throws {TransportError} when the peer breaks the transport's protocol; the session cannot be used after that.
   * @throws {HandshakeError} when the handshake can no longer succeed; the session cannot be used after that.
   */
  poll(): SessionEvent | null {
    return this.#pending === null
      ? this.#takeNext() ?? this.#answer() ?? this.#sendNext() ?? this.#readNext() ?? this.#end()
      : this.#goOnWith(this.#pending);
  }

  /** Takes the bytes to write now; empty when there are none. */
  takeOutput(): Uint8Array<ArrayBuffer> {
    return this.#transport.takeOutput();
  }

  /** Overwrites secrets. The session cannot be used after that. */
  [Symbol.dispose](): void {
    this.#transport[Symbol.dispose]();
  }

  #goOnWith(pending: SentMessage | CheckableFrame): SessionEvent {
    const checksum = this.#checksum;
    if (checksum === null) return { type: "checksum", payload: pending.payload };
    this.#pending = this.#checksum = null;
    return "direction" in pending
      ? this.#sendWith(pending, checksum)
      : this.#read(pending, checksum === pending.checksum);
  }

  #takeNext(): MessageEvent | null {
    const event = this.#next;
    this.#next = null;
    return event;
  }

  #answer(): SessionEvent | null {
    const message = this.#unanswered;
    if (message === null) return null;
    const answers = this.#handshake.receive(message, this.#now);
    this.#unanswered = null;
    this.#enqueue(answers);
    return this.#handshake.state === "complete" ? this.#complete() : null;
  }

  #enqueue(messages: readonly Message[]): void {
    this.#queue = this.#queue.length === 0 ? messages : [...this.#queue, ...messages];
  }

  #complete(): SessionEvent | null {
    if (this.#completed) return null;
    this.#completed = true;
    this.#input.lift();
    return { type: "complete", verack: this.#handshake.verackReceived };
  }

  #sendNext(): SessionEvent | null {
    const [message] = this.#queue;
    if (message === undefined) return null;
    this.#queue = this.#queue.length === 1 ? NO_MESSAGES : this.#queue.slice(1);
    const outgoing = toSend(message);
    const { payload } = outgoing;
    if (this.#transport.type === "v2") return this.#sendWith(outgoing, null);
    if (payload.length === 0) return this.#sendWith(outgoing, EMPTY_CHECKSUM);
    return this.#goOnWith(this.#pending = outgoing);
  }

  #sendWith(outgoing: SentMessage, checksum: number | null): MessageEvent {
    this.#transport.send(outgoing.messageType, outgoing.payload, checksum);
    return outgoing;
  }

  #readNext(): SessionEvent | null {
    const frame = this.#input.takeFrame();
    if (frame === null) return null;
    if (!isCheckable(frame)) return this.#read(frame, true);
    if (frame.payload.length === 0) return this.#read(frame, frame.checksum === EMPTY_CHECKSUM);
    return this.#goOnWith(this.#pending = frame);
  }

  #read(frame: Frame, intact: boolean): SessionEvent {
    const event = received(frame, intact);
    this.#unanswered = event.message;
    const { type, sessionId } = this.#transport;
    if (this.#negotiated || type === null) return event;
    this.#negotiated = true;
    this.#next = event;
    return { type: "negotiated", transport: type, sessionId };
  }

  #end(): SessionEvent | null {
    if (this.#closing === "open") return null;
    if (this.#closing === "ended") {
      this.#closing = "told";
      return { type: "closed" };
    }
    if (this.phase === "transport") {
      this.#transport.end?.();
      throw new HandshakeError("connection_closed", "Expected a v2 session, but the peer closed the connection");
    }
    this.#handshake.close();
    return this.#complete();
  }
}

function isCheckable(frame: Frame): frame is CheckableFrame {
  return frame.payload !== null && frame.checksum !== null;
}
