/**
 * The progress of a crawl.
 *
 * @module
 */

import type { Network } from "../address/network.ts";
import type { ScanProgress } from "../scan/scan.ts";

/** The progress of a crawl. `peers` are those done, in flight and waiting; there may be more at any time. */
export interface CrawlProgress extends ScanProgress {
  /** How many addresses are known, those that are not to be dialled included. */
  readonly known: number;
  /** How many wait to be dialled in each network. */
  readonly waiting: { readonly [N in Network]: number };
  /** How many handshakes are finished in a second, of late. */
  readonly pace: number;
}

/** For how many seconds the pace is measured. */
const WINDOW = 30;

/** Measures how many things are done in a second. All times are in milliseconds. */
export class PaceMeter {
  readonly #startedAt: number;
  /** How many were done in each of the last seconds, the newest last. */
  readonly #counts = [0];
  /** The newest second, counted from the start. */
  #second = 0;

  /** Starts at `now`. */
  constructor(now: number) {
    this.#startedAt = now;
  }

  /** One is done. */
  count(now: number): void {
    this.#moveTo(now);
    this.#counts.push((this.#counts.pop() ?? 0) + 1);
  }

  /** How many are done in a second. */
  perSecond(now: number): number {
    this.#moveTo(now);
    const begun = this.#startedAt + (this.#second - this.#counts.length + 1) * 1000;
    const done = this.#counts.reduce((sum, count) => sum + count, 0);
    return done * 1000 / Math.max(1000, now - begun);
  }

  #moveTo(now: number): void {
    const second = Math.floor((now - this.#startedAt) / 1000);
    const passed = Math.min(second - this.#second, WINDOW);
    for (let i = 0; i < passed; i++) this.#counts.push(0);
    this.#counts.splice(0, Math.max(0, this.#counts.length - WINDOW));
    this.#second = second;
  }
}
