/**
 * Detects a run with the wrong chain, which no single peer can show.
 *
 * @module
 */

import type { AnyResult } from "../report/records.ts";
import { mayBeOfOtherChain } from "../net/other_chain.ts";

/** Watches all peers of a run. */
export class ChainCheck {
  #connected = 0;
  #doubtful = 0;
  #strays = 0;

  /** Takes a result; only peers with a connection count. */
  add(result: AnyResult): void {
    if (result.type !== "peer" || result.outcome.connectTime === null) return;
    this.#connected++;
    const { error, bytesReceived } = result.outcome;
    if (error?.code === "wrong_network") this.#strays++;
    else if (error !== null && mayBeOfOtherChain(error, bytesReceived)) this.#doubtful++;
  }

  /** The warning for a run on `chain`; `null` unless every peer we connected to may be on another one. */
  warning(chain: string): string | null {
    if (this.#connected === 0 || this.#doubtful + this.#strays < this.#connected) return null;
    const [peers, nodes] = this.#connected === 1
      ? ["the only peer", "a node"]
      : [`all ${this.#connected} peers`, "nodes"];
    const question = `${peers} we connected to behaved like ${nodes} on another chain: is --chain ${chain} right?`;
    // One node may have another reason to close the connection; that all of them have it is unlikely.
    return this.#connected === 1 && this.#doubtful === 1
      ? `${question} A node that is full or has banned us behaves the same`
      : question;
  }
}
