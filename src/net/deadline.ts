/**
 * A bound on the time something may take.
 *
 * @module
 */

import type { Clock } from "./io.ts";

/** Aborts its signal when the time is over or the parent signal aborts, whichever comes first, until it is disposed of. */
export class Deadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #clock: Clock;
  readonly #milliseconds: number;
  #cancel: (() => void) | null = null;
  readonly #parent: AbortSignal | undefined;
  readonly #abort = () => this.#controller.abort(this.#parent?.reason);
  #expired = false;

  /** Starts to run at once. */
  constructor(clock: Clock, milliseconds: number, parent?: AbortSignal) {
    this.#clock = clock;
    this.#milliseconds = milliseconds;
    this.#parent = parent;
    this.resume();
    if (parent?.aborted) this.#abort();
    else parent?.addEventListener("abort", this.#abort);
  }

  /** Aborts when the time is over or the parent aborted. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether the time was over before anything else happened. */
  get expired(): boolean {
    return this.#expired;
  }

  /** Stops the clock until {@linkcode resume}. */
  suspend(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Starts the clock, if it was stopped, with the whole of the time. */
  resume(): void {
    this.#cancel ??= this.#clock.schedule(() => {
      this.#expired = true;
      this.#controller.abort();
    }, this.#milliseconds);
  }

  /** Stops the clock; the signal stays as it is. */
  [Symbol.dispose](): void {
    this.suspend();
    this.#parent?.removeEventListener("abort", this.#abort);
  }
}
