/**
 * A limit on how many connections begin in a second.
 *
 * @module
 */

/** What could not begin in time, because the event loop was busy, may be made up for within this many milliseconds. */
const SLACK = 50;

/** Spreads the beginnings evenly over each second. All times are in milliseconds. */
export class Rate {
  readonly #interval: number;
  #next = -Infinity;

  /** At most `perSecond` a second; 0 is no limit. */
  constructor(perSecond: number) {
    this.#interval = perSecond === 0 ? 0 : 1000 / perSecond;
  }

  /** How long until the next may begin; 0 if it may now. */
  timeLeft(now: number): number {
    return Math.max(0, this.#next - now);
  }

  /** One begins, whether or not it may. */
  spend(now: number): void {
    // The very first has nothing to make up for.
    const earliest = this.#next === -Infinity ? now : now - SLACK;
    this.#next = Math.max(this.#next, earliest) + this.#interval;
  }
}
