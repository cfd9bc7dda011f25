/**
 * How many handshakes of a scan succeeded, how many failed, and why.
 *
 * @module
 */

import type { ErrorCode } from "../net/errors.ts";
import type { HandshakeOutcome } from "../net/outcome.ts";
import type { SummaryResult } from "./result.ts";

/** Counts outcomes. */
export class Tally {
  readonly #errors = new Map<ErrorCode, number>();
  #success = 0;
  #failure = 0;
  #verackMissing = 0;

  /** Counts one more. */
  add({ error, verack }: HandshakeOutcome): void {
    if (error === null) {
      this.#success++;
      if (!verack) this.#verackMissing++;
    } else {
      this.#failure++;
      this.#errors.set(error.code, (this.#errors.get(error.code) ?? 0) + 1);
    }
  }

  /** How many succeeded. */
  get success(): number {
    return this.#success;
  }

  /** How many failed. */
  get failure(): number {
    return this.#failure;
  }

  /** All counts. */
  get counts(): Pick<SummaryResult, "peers" | "success" | "failure" | "verackMissing" | "errors"> {
    return {
      peers: this.#success + this.#failure,
      success: this.#success,
      failure: this.#failure,
      verackMissing: this.#verackMissing,
      errors: this.#errors,
    };
  }
}
