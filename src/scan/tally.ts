/**
 * How many handshakes of a scan succeeded, how many failed, and why.
 *
 * @module
 */

import type { ErrorCode } from "../net/errors.ts";
import type { HandshakeOutcome } from "../net/outcome.ts";
import type { SummaryResult } from "./result.ts";

/** The counts of outcomes. */
export type TallyCounts = Pick<SummaryResult, "success" | "failure" | "verackMissing" | "errors">;

/** Counts outcomes. */
export class Tally {
  readonly #errors: Map<ErrorCode, number>;
  #success: number;
  #failure: number;
  #verackMissing: number;

  /** Begins with the counts of a first part, if there is one. */
  constructor(first: TallyCounts | null = null) {
    this.#errors = new Map(first?.errors);
    this.#success = first?.success ?? 0;
    this.#failure = first?.failure ?? 0;
    this.#verackMissing = first?.verackMissing ?? 0;
  }

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
  get counts(): TallyCounts & Pick<SummaryResult, "peers"> {
    return {
      peers: this.#success + this.#failure,
      success: this.#success,
      failure: this.#failure,
      verackMissing: this.#verackMissing,
      errors: this.#errors,
    };
  }
}
