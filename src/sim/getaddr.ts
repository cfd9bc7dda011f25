/**
 * Answers of simulated nodes to `getaddr`.
 *
 * Source: Bitcoin Core `net_processing.cpp` (`NetMsgType::GETADDR`).
 *
 * @module
 */

import type { MessageEvent } from "../session/events.ts";
import type { Message } from "../wire/messages.ts";
import type { PeerLink } from "./link.ts";

/** What a node knows when it is asked for addresses. */
export interface Asked {
  /** The connection. */
  readonly link: PeerLink;
  /** Whether the initiator wants `addrv2` rather than `addr` (BIP 155). */
  readonly wantsAddrV2: boolean;
}

/** The messages that answer a `getaddr`, or `null` to close instead. */
export type GetaddrAnswer = (asked: Asked) => readonly Message[] | null | Promise<readonly Message[] | null>;

const NOTHING: readonly Message[] = [];

/** Answers the first `getaddr` of a connection, and no other. */
export class GetaddrResponder {
  readonly #link: PeerLink;
  #answer: GetaddrAnswer | undefined;
  #wantsAddrV2 = false;

  /** Without an answer it never says anything. */
  constructor(link: PeerLink, answer: GetaddrAnswer | undefined) {
    this.#link = link;
    this.#answer = answer;
  }

  /** Takes a message from the initiator; resolves to the messages that answer it, or to `null` to close. */
  async receive({ messageType }: MessageEvent, isComplete: boolean): Promise<readonly Message[] | null> {
    if (messageType === "sendaddrv2" && !isComplete) this.#wantsAddrV2 = true;
    const answer = this.#answer;
    if (messageType !== "getaddr" || !isComplete || answer === undefined) return NOTHING;
    this.#answer = undefined;
    return await answer({ link: this.#link, wantsAddrV2: this.#wantsAddrV2 });
  }
}
