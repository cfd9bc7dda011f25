/**
 * Whether a whole run was on the wrong chain, which no single peer can tell.
 *
 * @module
 */

import type { AnyResult } from "../audit/audit.ts";
import { mayBeOfOtherChain } from "../net/other_chain.ts";

/** Looks at every peer of a run. */
export class ChainCheck {
  #connected = 0;
  #doubtful = 0;
  #strays = 0;

  /** Takes a result; only those of peers to which there was a connection count. */
  add(result: AnyResult): void {
    if (result.type !== "peer" || result.outcome.connectTime === null) return;
    this.#connected++;
    const { error, bytesReceived } = result.outcome;
    if (error?.code === "wrong_network") this.#strays++;
    else if (error !== null && mayBeOfOtherChain(error, bytesReceived)) this.#doubtful++;
  }

  /** What to say of a run on `chain`; `null` unless every peer that was connected to may be on another one. */
  warning(chain: string): string | null {
    if (this.#connected === 0 || this.#doubtful + this.#strays < this.#connected) return null;
    const [peers, nodes] = this.#connected === 1
      ? ["the only peer", "a node"]
      : [`all ${this.#connected} peers`, "nodes"];
    const question = `${peers} that we connected to behaved like ${nodes} of another chain: is --chain ${chain} right?`;
    // A single node may have another reason to close the connection; that all of them have it is unlikely.
    return this.#connected === this.#doubtful && this.#connected === 1
      ? `${question} A node that is full, or has banned us, ends so too`
      : question;
  }
}
