/**
 * The progress line: a line on a terminal's standard error that is rewritten in place, and cleared at the end.
 *
 * @module
 */

import type { ScanProgress } from "../scan/scan.ts";
import { clearStatus, showStatus } from "./output.ts";
import { columnsOf } from "./terminal.ts";

const INTERVAL = 100;

/** Shows the progress of a scan while there is something to wait for. */
export class Progress implements Disposable {
  readonly #current: () => ScanProgress | null;
  readonly #timer: ReturnType<typeof setInterval>;

  /** Starts showing; `current` returns the progress, or `null` while results are being written. */
  constructor(current: () => ScanProgress | null) {
    this.#current = current;
    this.#timer = setInterval(() => this.#show(), INTERVAL);
  }

  /** Stops, and clears the line. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    clearStatus();
  }

  #show(): void {
    const progress = this.#current();
    if (progress === null) return;
    // Some terminals begin a new line after the last column.
    showStatus(progressLine(progress, columnsOf(Deno.stderr) - 1));
  }
}

/** The text of the progress line, in at most `width` columns: with less room it says less. */
export function progressLine(progress: ScanProgress, width: number): string {
  const { peers, success, failure, inFlight, held } = progress;
  const done = `${success + failure}/${peers} done`;
  const counts = `${success} succeeded, ${failure} failed`;
  const left = timeLeft(progress);
  const lines = [
    ...held > 0 ? [`${done}, ${counts}, ${inFlight} in flight, ${held} held open, ${left}`] : [],
    `${done}, ${counts}, ${inFlight} in flight, ${left}`,
    `${done}, ${counts}, ${left}`,
    `${done}, ${left}`,
    done,
  ];
  return lines.find(({ length }) => length <= width) ?? "";
}

function timeLeft({ timeLeft, estimated, reading, preparing }: ScanProgress): string {
  if (preparing) return "waiting for the I2P router";
  if (reading) return "more targets to come";
  return `${estimated ? "about" : "at most"} ${(timeLeft / 1000).toFixed(1)} s left`;
}
