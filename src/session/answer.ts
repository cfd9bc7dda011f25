/**
 * A peer's answer to `getaddr`: what belongs to it, and when it is over. Nothing on the wire says so: a node sends any
 * number of messages, and may never send one.
 *
 * ```text
 *      getaddr sent
 *           │
 *           ▼             a message of 1,000 addresses
 *        waiting ──────────────────────────────────────────► over: answered
 *           │  │ ▲        a message that cannot be read
 *           │  │ └─ 0 or 1 address ──────────────────────────► over: malformed
 *           │  └─── 2 addresses or more: due in a second at most
 *           │
 *           └── the time is over, or the peer closes ──► over: what came until then decides
 * ```
 *
 * Source: Bitcoin Core `net_processing.cpp` (`ProcessMessage`, `MaybeSendAddr`). Since version 31 a node sends its own
 * address first, in a message of its own; up to version 22 the answer waits for a timer, 30 s in the mean.
 *
 * @module
 */

import type { DamagedMessage } from "../handshake/handshake.ts";
import type { AddrMessage } from "../wire/addr.ts";
import { MAX_ADDR_ENTRIES } from "../wire/addr_reader.ts";
import type { Message } from "../wire/messages.ts";
import type { VersionMessage } from "../wire/version.ts";

/**
 * How a peer answered `getaddr`: with a message of two addresses or more, only with shorter ones, not at all, with one
 * that cannot be read, or by closing the connection without an address.
 */
export type AnswerOutcome = "answered" | "self_only" | "silent" | "malformed" | "closed";

/** How a peer answered `getaddr`, once that is over. */
export interface AnswerSummary {
  /** How it answered. */
  readonly outcome: AnswerOutcome;
  /** How many messages could be read. */
  readonly messages: number;
  /** How many addresses were in them. */
  readonly entries: number;
  /** From our `getaddr` to the last of these messages, or without one to the end, in milliseconds. */
  readonly wait: number;
}

/** What can end an answer before the peer has sent all that it may: the time or the bytes it has, or its own leaving. */
export type AnswerEnd = "limit" | "closed" | "malformed";

/** How long more messages are waited for after the first one of two addresses or more, in milliseconds. */
export const SETTLING_TIME = 1000;

/** What a peer may send in all over a connection on which it is asked, in bytes. */
export const MAX_ASKED_BYTES: number = 16 * 1024 * 1024;

/** Peers from this protocol version on may be sent `sendaddrv2` (BIP 155; Bitcoin Core `net_processing.cpp`). */
const ADDRV2_VERSION = 70016;

/** What a session that asks for addresses sends, and when; for `SessionOptions`. */
export const ASKING = {
  negotiation: ({ protocolVersion }: VersionMessage): readonly Message[] =>
    protocolVersion >= ADDRV2_VERSION ? [{ type: "sendaddrv2" }] : [],
  afterVerack: [{ type: "getaddr" }],
} as const;

/** The answer of one peer. Times are in milliseconds of any clock. */
export class Answer {
  readonly #askedAt: number;
  #due: number;
  #summary: AnswerSummary | null = null;
  #messages = 0;
  #entries = 0;
  #hasSeveral = false;
  #lastAt: number | null = null;

  /** `getaddr` was sent at `now`; the peer has `wait` milliseconds. */
  constructor(now: number, wait: number) {
    this.#askedAt = now;
    this.#due = now + wait;
  }

  /** When it is over unless it ends before. */
  get due(): number {
    return this.#due;
  }

  /** Whether it is over. */
  get isOver(): boolean {
    return this.#summary !== null;
  }

  /** Whether a message of two addresses or more has come. */
  get hasSeveral(): boolean {
    return this.#hasSeveral;
  }

  /** How the peer answered; `null` until it is over. */
  get summary(): AnswerSummary | null {
    return this.#summary;
  }

  /** Takes a message from the peer; returns it if it is part of the answer. */
  receive(message: Message | DamagedMessage, now: number): AddrMessage | null {
    if (this.isOver) return null;
    if (isUnreadable(message)) this.end("malformed", now);
    if (message.type !== "addr" && message.type !== "addrv2") return null;
    this.#messages++;
    this.#entries += message.count;
    this.#lastAt = now;
    if (message.count >= 2) {
      this.#hasSeveral = true;
      this.#due = Math.min(this.#due, now + SETTLING_TIME);
    }
    if (message.count >= MAX_ADDR_ENTRIES) this.end("limit", now);
    return message;
  }

  /** Ends it, unless it is over. */
  end(end: AnswerEnd, now: number): void {
    if (this.isOver) return;
    const outcome = end === "malformed" ? end : this.#hasSeveral ? "answered" : this.#withoutSeveral(end);
    const wait = (this.#lastAt ?? now) - this.#askedAt;
    this.#summary = { outcome, messages: this.#messages, entries: this.#entries, wait };
  }

  #withoutSeveral(end: "limit" | "closed"): AnswerOutcome {
    if (end === "closed") return this.#entries === 0 ? "closed" : "self_only";
    return this.#messages === 0 ? "silent" : "self_only";
  }
}

/**
 * Whether this is a message with addresses that cannot be read, or that is too long for any. One with a wrong checksum
 * is not: Bitcoin Core drops it, and goes on.
 */
function isUnreadable(message: Message | DamagedMessage): boolean {
  if (message.type !== "damaged" && message.type !== "other") return false;
  if (message.messageType !== "addr" && message.messageType !== "addrv2") return false;
  return message.type === "other" || message.error.code === "malformed_message";
}
