/**
 * The version/verack protocol as a state machine, for both roles. It deals in messages, not bytes, and has no I/O,
 * clock or randomness of its own.
 *
 * ```text
 *             initiator: start() sends version          responder: start() sends nothing
 *                              │                                     │
 *                              ▼                                     ▼
 *                      awaiting_version ◄──── any other or damaged message: ignored
 *                              │
 *                       version received: the responder sends version, and both send negotiation messages,
 *                              │          verack, and what goes with it
 *                              ▼
 *                      awaiting_verack ◄──── any other message or a second version: ignored; ping: sends pong
 *                              │
 *                       verack received, or the peer closed without having sent reject
 *                              ▼
 *                          complete
 * ```
 *
 * In both waiting states an error leads to `failed`: see {@linkcode HandshakeError}.
 *
 * Source: Bitcoin Core `net_processing.cpp` (`ProcessMessage`).
 *
 * @module
 */

import { COUNT, objectWith, oneOf } from "../wire/argument.ts";
import type { Message, VerackMessage } from "../wire/messages.ts";
import { MIN_PROTOCOL_VERSION, type VersionMessage } from "../wire/version.ts";
import { HandshakeError } from "./errors.ts";
import { rejectionIn } from "./rejection.ts";

/** The initiator opened the connection, and sends first. */
export type HandshakeRole = "initiator" | "responder";

/** Where a handshake stands. */
export type HandshakeState = "awaiting_version" | "awaiting_verack" | "complete" | "failed";

/** Default limit on the number of messages a peer may send before its `verack`. */
export const MAX_HANDSHAKE_MESSAGES = 1000;

/** How many of a peer's message types are remembered. */
export const MAX_REMEMBERED_MESSAGES = 32;

/** A message with a wrong checksum or a payload that cannot be parsed. */
export interface DamagedMessage {
  /** Not a message type, but a mark that the message has no content. */
  readonly type: "damaged";
  /** The message type that its header names. */
  readonly messageType: string;
  /** What is wrong with it. */
  readonly error: HandshakeError;
}

/** Options of a {@linkcode Handshake}. */
export interface HandshakeOptions {
  /** Our side of the connection. */
  readonly role: HandshakeRole;
  /** The `version` that we send. If the peer sends its nonce back, we are connected to ourselves. */
  readonly version: VersionMessage;
  /**
   * Messages to send between the peer's `version` and our `verack`, or a function of the peer's `version` that returns
   * them; none by default.
   */
  readonly negotiation?: readonly Message[] | ((peer: VersionMessage) => readonly Message[]);
  /** Messages to send right after our `verack`; none by default. */
  readonly afterVerack?: readonly Message[];
  /** How many messages the peer may send before its `verack`; {@linkcode MAX_HANDSHAKE_MESSAGES} by default. */
  readonly maxMessages?: number;
}

/** The progress of a handshake so far. */
export interface HandshakeProgress {
  /** Where it stands. */
  readonly state: HandshakeState;
  /** The peer's message that we are, or were last, waiting for. */
  readonly phase: "version" | "verack";
  /** The peer's `version`, once received and parsed; kept even if the handshake fails because of it. */
  readonly peerVersion: VersionMessage | null;
  /** The peer's clock minus ours when its `version` arrived, in seconds. */
  readonly timeOffset: number | null;
  /** Whether the peer's `verack` came; a peer can also complete a handshake by closing the connection. */
  readonly verackReceived: boolean;
  /** The error if the peer closes the connection now, once it has sent `reject`. */
  readonly rejection: HandshakeError | null;
  /** The types of the messages received, in order, the first 32 of them. */
  readonly messageTypes: readonly string[];
}

const ROLE = oneOf("initiator", "responder");

const VERSION = objectWith("a version message", { type: oneOf("version") });

const NOTHING: readonly Message[] = [];

const VERACK: VerackMessage = { type: "verack" };

/**
 * One handshake. Feed it what the peer sends, send what it returns, until {@linkcode Handshake.state} is `complete`.
 *
 * @example
 * ```ts
 * import { Handshake } from "@bitcoin-p2p/handshake/protocol";
 * import { UNSPECIFIED_ADDRESS } from "@bitcoin-p2p/handshake/wire";
 * import { assertEquals } from "@std/assert";
 *
 * const ours = {
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
 * const handshake = new Handshake({ role: "initiator", version: ours });
 *
 * assertEquals(handshake.start(), [ours]);
 * assertEquals(handshake.receive({ ...ours, nonce: 2n }, 1_700_000_000n), [{ type: "verack" }]);
 * assertEquals(handshake.receive({ type: "verack" }, 1_700_000_000n), []);
 * assertEquals(handshake.state, "complete");
 * ```
 */
export class Handshake implements HandshakeProgress {
  readonly #role: HandshakeRole;
  readonly #nonce: bigint | null;
  readonly #negotiation: HandshakeOptions["negotiation"];
  readonly #afterVerack: readonly Message[];
  readonly #maxMessages: number;
  /** Our version, until it is sent. */
  #unsent: readonly Message[];
  #state: HandshakeState = "awaiting_version";
  #error: HandshakeError | null = null;
  #versionAccepted = false;
  #peerVersion: VersionMessage | null = null;
  #timeOffset: number | null = null;
  #verackReceived = false;
  #rejection: HandshakeError | null = null;
  #messageCount = 0;
  readonly #messageTypes: string[] = [];

  /**
   * Creates a handshake that has not begun.
   *
   * @throws {TypeError} when an option has the wrong type.
   * @throws {RangeError} when an option is not allowed.
   */
  constructor(
    { role, version, negotiation, afterVerack = NOTHING, maxMessages = MAX_HANDSHAKE_MESSAGES }: HandshakeOptions,
  ) {
    ROLE.check("role", role);
    VERSION.check("version", version);
    COUNT.check("maxMessages", maxMessages);
    this.#role = role;
    this.#nonce = version.nonce;
    this.#negotiation = negotiation;
    this.#afterVerack = afterVerack;
    this.#maxMessages = maxMessages;
    this.#unsent = [version];
  }

  get state(): HandshakeState {
    return this.#state;
  }

  get phase(): "version" | "verack" {
    return this.#versionAccepted ? "verack" : "version";
  }

  get peerVersion(): VersionMessage | null {
    return this.#peerVersion;
  }

  get timeOffset(): number | null {
    return this.#timeOffset;
  }

  get verackReceived(): boolean {
    return this.#verackReceived;
  }

  get rejection(): HandshakeError | null {
    return this.#rejection;
  }

  get messageTypes(): readonly string[] {
    return this.#messageTypes;
  }

  /** What to send once the connection is established. */
  start(): readonly Message[] {
    return this.#role === "initiator" ? this.#takeUnsent() : NOTHING;
  }

  /**
   * Takes a message from the peer and our clock in seconds since 1970; returns the messages to answer with. Once the
   * handshake is complete, only a `ping` is answered.
   *
   * @throws {HandshakeError} when the handshake can no longer succeed; every later call throws the same error.
   */
  receive(message: Message | DamagedMessage, now: bigint): readonly Message[] {
    if (this.#error !== null) throw this.#error;
    if (this.#state === "complete") return pong(message);
    const messageType = "messageType" in message ? message.messageType : message.type;
    if (this.#messageTypes.length < MAX_REMEMBERED_MESSAGES) this.#messageTypes.push(messageType);
    const expected = this.phase;
    if (message.type === "damaged" && messageType === expected) throw this.#fail(message.error);
    if (message.type === "verack" && expected === "verack") return this.#completeWithVerack();
    this.#rejection = rejectionIn(message) ?? this.#rejection;
    if (++this.#messageCount > this.#maxMessages) {
      throw this.#fail(
        new HandshakeError(
          "message_flood",
          `Expected verack within ${this.#maxMessages} messages, but the peer sent more`,
        ),
      );
    }
    if (message.type === "version" && expected === "version") return this.#receiveVersion(message, now);
    return expected === "verack" ? pong(message) : NOTHING;
  }

  /**
   * Takes the end of the peer's stream. After its `version` this completes the handshake without verack: some nodes
   * close as soon as they know who we are.
   *
   * @throws {HandshakeError} `rejected` after a `reject`, `connection_closed` before the peer's `version`, or the error
   * that the handshake has already failed with.
   */
  close(): void {
    if (this.#error !== null) throw this.#error;
    if (this.#rejection !== null) throw this.#fail(this.#rejection);
    if (!this.#versionAccepted) {
      throw this.#fail(
        new HandshakeError("connection_closed", "Expected the peer's version, but the peer closed the connection"),
      );
    }
    this.#state = "complete";
  }

  #receiveVersion(version: VersionMessage, now: bigint): readonly Message[] {
    this.#peerVersion = version;
    // Bitcoin Core treats a negative time as 0.
    this.#timeOffset = Number((version.timestamp > 0n ? version.timestamp : 0n) - now);
    if (version.protocolVersion < MIN_PROTOCOL_VERSION) {
      throw this.#fail(
        new HandshakeError(
          "obsolete_version",
          `Expected protocol version ${MIN_PROTOCOL_VERSION} or later, got ${version.protocolVersion}`,
        ),
      );
    }
    if (version.nonce !== null && version.nonce === this.#nonce) {
      throw this.#fail(
        new HandshakeError(
          "self_connection",
          "Expected the peer's own nonce, got ours back: we are connected to ourselves",
        ),
      );
    }
    this.#versionAccepted = true;
    this.#state = "awaiting_verack";
    return this.#accept(version);
  }

  /** Everything we answer an acceptable version with. */
  #accept(peer: VersionMessage): readonly Message[] {
    const negotiation = typeof this.#negotiation === "function" ? this.#negotiation(peer) : this.#negotiation;
    const ours = this.#role === "responder" ? this.#takeUnsent() : NOTHING;
    return [...ours, ...negotiation ?? NOTHING, VERACK, ...this.#afterVerack];
  }

  #takeUnsent(): readonly Message[] {
    const unsent = this.#unsent;
    this.#unsent = NOTHING;
    return unsent;
  }

  #completeWithVerack(): readonly Message[] {
    this.#verackReceived = true;
    this.#rejection = null;
    this.#state = "complete";
    return NOTHING;
  }

  #fail(error: HandshakeError): HandshakeError {
    this.#error = error;
    this.#state = "failed";
    return error;
  }
}

/** The answer to a `ping` that wants one. */
function pong(message: Message | DamagedMessage): readonly Message[] {
  return message.type === "ping" && message.nonce !== null ? [{ type: "pong", nonce: message.nonce }] : NOTHING;
}
