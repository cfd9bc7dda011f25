/**
 * How peers answer `getaddr`: each, and all together.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";
import { type Network, NETWORK_NAMES } from "../address/network.ts";
import type { AnswerOutcome, AnswerSummary } from "../session/answer.ts";
import type { Learnt } from "./frontier_values.ts";
import type { AddrsResult, CrawlSummary } from "./result.ts";

/** What a peer has answered so far. */
export class Answered {
  readonly #networks: { [N in Network]: number } = { ipv4: 0, ipv6: 0, onion: 0, i2p: 0, cjdns: 0 };
  #new = 0;
  #skipped = 0;

  /** Adds what was learnt from one of its messages. */
  add(learnt: Learnt): void {
    for (const network of NETWORK_NAMES) this.#networks[network] += learnt.networks[network];
    this.#new += learnt.new;
    this.#skipped += learnt.skipped;
  }

  /** The result, once the answer is over. */
  result(address: PeerAddress, { outcome, messages, entries, wait }: AnswerSummary): AddrsResult {
    const [networks, skipped] = [this.#networks, this.#skipped];
    return { type: "addrs", address, outcome, messages, entries, new: this.#new, networks, skipped, wait };
  }
}

/** The counts of all answers. */
export type AnswerCounts = Pick<
  CrawlSummary,
  "asked" | "answered" | "selfOnly" | "silent" | "malformed" | "closed" | "entries"
>;

/** Counts answers. */
export class AnswerTally {
  readonly #outcomes = new Map<AnswerOutcome, number>();
  #asked = 0;
  #entries = 0;

  /** Begins with the counts of a first part, if there is one. */
  constructor(first: AnswerCounts | null = null) {
    if (first === null) return;
    this.#outcomes.set("answered", first.answered).set("self_only", first.selfOnly).set("silent", first.silent);
    this.#outcomes.set("malformed", first.malformed).set("closed", first.closed);
    this.#asked = first.asked;
    this.#entries = first.entries;
  }

  /** Counts one more. */
  add({ outcome, entries }: Pick<AddrsResult, "outcome" | "entries">): void {
    this.#outcomes.set(outcome, this.#count(outcome) + 1);
    this.#asked++;
    this.#entries += entries;
  }

  /** All counts. */
  get counts(): AnswerCounts {
    return {
      asked: this.#asked,
      answered: this.#count("answered"),
      selfOnly: this.#count("self_only"),
      silent: this.#count("silent"),
      malformed: this.#count("malformed"),
      closed: this.#count("closed"),
      entries: this.#entries,
    };
  }

  #count(outcome: AnswerOutcome): number {
    return this.#outcomes.get(outcome) ?? 0;
  }
}
