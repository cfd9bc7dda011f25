/**
 * The progress line: one line on a terminal's standard error that is rewritten in place, and gone when it ends.
 *
 * @module
 */

import type { ScanProgress } from "../scan/scan.ts";
import { writeDiagnostic } from "./output.ts";
import { columnsOf } from "./terminal.ts";

const CLEAR_LINE = "\r\x1b[K";

const INTERVAL = 100;

/** Shows how far a scan is, while there is something to wait for. */
export class Progress implements Disposable {
  readonly #current: () => ScanProgress | null;
  readonly #timer: ReturnType<typeof setInterval>;
  #shown = false;

  /** Starts showing; `current` says how far the scan is, or `null` while a line of results is on its way. */
  constructor(current: () => ScanProgress | null) {
    this.#current = current;
    this.#timer = setInterval(() => this.#show(), INTERVAL);
  }

  /** Makes room for a line of results on the same terminal; the next interval shows the progress again. */
  clear(): void {
    if (this.#shown) writeDiagnostic(CLEAR_LINE);
    this.#shown = false;
  }

  /** Stops, and leaves nothing behind. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.clear();
  }

  #show(): void {
    const progress = this.#current();
    if (progress === null) return;
    const line = progressLine(progress).slice(0, columnsOf(Deno.stderr) - 1);
    writeDiagnostic(`${CLEAR_LINE}${line}`);
    this.#shown = true;
  }
}

/** The text of the progress line. */
export function progressLine({ peers, success, failure, inFlight, timeLeft }: ScanProgress): string {
  const done = success + failure;
  return `${done}/${peers} done, ${success} succeeded, ${failure} failed, ${inFlight} in flight, ` +
    `at most ${(timeLeft / 1000).toFixed(1)} s left`;
}
