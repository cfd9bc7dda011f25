/**
 * Where addresses come from: from targets, which are texts, or from peers, most of which are addresses themselves.
 *
 * @module
 */

import { formatAddress, type PeerAddress } from "../address/address.ts";
import type { KnownAddresses } from "./known_addresses.ts";

/** Sources below this are the numbers of addresses, those from here on the indexes of texts. */
const TEXTS = 2 ** 31;

/** Sources as 32-bit numbers. */
export class Sources {
  readonly #known: KnownAddresses;
  readonly #indexes = new Map<string, number>();
  readonly #texts: string[] = [];

  /** The peers among the sources are addresses in `known`, if they have an address. */
  constructor(known: KnownAddresses) {
    this.#known = known;
  }

  /** A text as a source. */
  ofText(text: string): number {
    let index = this.#indexes.get(text);
    if (index === undefined) {
      index = this.#texts.push(text) - 1;
      this.#indexes.set(text, index);
    }
    return TEXTS + index;
  }

  /** A peer as a source. */
  ofPeer(peer: PeerAddress): number {
    return (peer.network === null ? undefined : this.#known.find(peer)) ?? this.ofText(formatAddress(peer));
  }

  /** The text of a source. */
  text(source: number): string {
    return source < TEXTS ? formatAddress(this.#known.at(source)) : this.#texts[source - TEXTS] ?? "";
  }
}
