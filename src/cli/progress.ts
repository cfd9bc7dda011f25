/**
 * The progress line: a line on a terminal's standard error that is rewritten in place, and cleared at the end.
 *
 * @module
 */

import type { CrawlProgress } from "../crawl/progress.ts";
import type { ScanProgress } from "../scan/scan.ts";
import { clearStatus, showStatus } from "./output.ts";
import { columnsOf } from "./terminal.ts";

const INTERVAL = 100;

/** The progress of any mode. */
type AnyProgress = ScanProgress | CrawlProgress;

/** Shows the progress of a run while there is something to wait for. */
export class Progress implements Disposable {
  readonly #current: () => AnyProgress | null;
  readonly #timer: ReturnType<typeof setInterval>;

  /** Starts showing; `current` returns the progress, or `null` while results are being written. */
  constructor(current: () => AnyProgress | null) {
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
export function progressLine(progress: AnyProgress, width: number): string {
  const lines = "known" in progress ? crawlLines(progress) : scanLines(progress);
  return lines.find(({ length }) => length <= width) ?? "";
}

function scanLines(progress: ScanProgress): string[] {
  const { peers, success, failure, inFlight, held } = progress;
  const done = `${success + failure}/${peers} done`;
  const counts = `${success} succeeded, ${failure} failed`;
  const left = timeLeft(progress, (time) => `${(time / 1000).toFixed(1)} s`);
  return [
    ...held > 0 ? [`${done}, ${counts}, ${inFlight} in flight, ${held} held open, ${left}`] : [],
    `${done}, ${counts}, ${inFlight} in flight, ${left}`,
    `${done}, ${counts}, ${left}`,
    `${done}, ${left}`,
    done,
  ];
}

/** A crawl does not know how many there will be: it says how many it found, and how many it knows of and has to dial. */
function crawlLines(progress: CrawlProgress): string[] {
  const { known, success, waiting, inFlight, pace } = progress;
  const networks = Object.entries(waiting).filter(([, count]) => count > 0);
  const total = networks.reduce((sum, [, count]) => sum + count, 0);
  const each = networks.map(([network, count]) => `${network} ${count}`).join(", ");
  const found = `${known} known, ${success} reachable`;
  const toDial = `${total} to dial`;
  const speed = `${pace < 10 ? pace.toFixed(1) : Math.round(pace)}/s`;
  const left = timeLeft(progress, roughTime);
  return [
    ...networks.length > 1 ? [`${found}, ${toDial} (${each}), ${inFlight} in flight, ${speed}, ${left}`] : [],
    `${found}, ${toDial}, ${inFlight} in flight, ${speed}, ${left}`,
    `${found}, ${toDial}, ${speed}, ${left}`,
    `${found}, ${toDial}, ${left}`,
    `${success} reachable, ${left}`,
    `${success} reachable`,
  ];
}

function timeLeft(
  { timeLeft, estimated, reading, preparing }: ScanProgress,
  format: (milliseconds: number) => string,
): string {
  if (preparing) return "waiting for the I2P router";
  if (reading) return "more targets to come";
  // Nothing is done yet in a network, so nobody knows how long it takes.
  if (timeLeft === Infinity) return "no estimate yet";
  return `${estimated ? "about" : "at most"} ${format(timeLeft)} left`;
}

/** A time that may be long: in seconds, from 100 of them in minutes, and from 100 of those in hours. */
function roughTime(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const minutes = Math.ceil(seconds / 60);
  if (seconds < 100) return `${seconds} s`;
  return minutes < 100 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}
