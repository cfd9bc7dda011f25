/**
 * A watch over the way to a network: when it is out of order, as with a Tor that has lost its own connection, every peer
 * seems to be gone, and a crawl would count the whole network as unreachable.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";

/** How many peers that were reached are remembered. */
const MAX_REMEMBERED = 4;

/** The fewest failures in a row that raise a doubt. */
const MIN_FAILURES = 64;

/** How many there may be before anybody is reached: the first to name addresses may be a liar. */
const MAX_FAILURES_AT_FIRST = 1024;

/** Watches what becomes of each peer that is dialled over a way. */
export class Vigil {
  /** A sample of all that were reached, which nobody can foresee: who is reached last may want to be in it. */
  readonly #remembered: PeerAddress[] = [];
  readonly #random: () => number;
  #reached = 0;
  #failures = 0;
  #tolerated: number;

  /** For a way with `limit` peers in flight at once; `random` gives unsigned 32-bit numbers. */
  constructor(limit: number, random: () => number) {
    this.#tolerated = Math.max(MIN_FAILURES, 2 * limit);
    this.#random = random;
  }

  /** How many peers in a row have not been reached. */
  get failures(): number {
    return this.#failures;
  }

  /** Whether those are so many that the way is out of order if nobody was reached before. */
  get isHopeless(): boolean {
    return this.#reached === 0 && this.#failures >= MAX_FAILURES_AT_FIRST;
  }

  /** Peers that have been reached, up to {@linkcode MAX_REMEMBERED}. */
  get remembered(): readonly PeerAddress[] {
    return this.#remembered;
  }

  /** Whether so many peers in a row were not reached that the way itself is in doubt. */
  get isInDoubt(): boolean {
    return this.#failures >= this.#tolerated;
  }

  /** A peer was reached. */
  succeed(peer: PeerAddress): void {
    this.#failures = 0;
    this.#reached++;
    if (this.#remembered.length < MAX_REMEMBERED) this.#remembered.push(peer);
    else {
      const place = this.#random() % this.#reached;
      if (place < MAX_REMEMBERED) this.#remembered[place] = peer;
    }
  }

  /** One was not. */
  fail(): void {
    this.#failures++;
  }

  /** The doubt was unfounded: the next one takes twice as long, as where many are gone there are more. */
  reassure(): void {
    this.#failures = 0;
    this.#tolerated *= 2;
  }
}
