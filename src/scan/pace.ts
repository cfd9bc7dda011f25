/**
 * How long work goes on that is done at most `limit` items at once, each of which takes `timeout` at most.
 *
 * @module
 */

/** How long it still takes. */
export interface TimeLeft {
  /** In milliseconds. */
  readonly milliseconds: number;
  /** Whether that is an estimate, from how it went so far; else it takes no longer. */
  readonly estimated: boolean;
}

/** An item in flight. */
export interface Started {
  /** When it began. */
  readonly at: number;
}

/** An item that is in flight for so many times the mean of those that are done will take its whole time. */
const SLOW = 3;

/** The pace of the work, from when items begin and end. All times are in milliseconds. */
export class Pace {
  readonly #limit: number;
  readonly #timeout: number;
  readonly #inFlight = new Set<Started>();
  #done = 0;
  #total = 0;
  #longest = 0;

  /** For `limit` items at once. */
  constructor(limit: number, timeout: number) {
    this.#limit = limit;
    this.#timeout = timeout;
  }

  /** An item begins. */
  start(now: number): Started {
    const item = { at: now };
    this.#inFlight.add(item);
    return item;
  }

  /** An item is done. */
  end(now: number, item: Started): void {
    const duration = Math.min(now - item.at, this.#timeout);
    this.#inFlight.delete(item);
    this.#done++;
    this.#total += duration;
    this.#longest = Math.max(this.#longest, duration);
  }

  /** How long it is until all is done that is in flight, and so many more that wait. */
  timeLeft(now: number, waiting: number): TimeLeft {
    const ages = [...this.#inFlight].map(({ at }) => now - at);
    const most = this.#timeout - Math.min(this.#timeout, ...ages) + Math.ceil(waiting / this.#limit) * this.#timeout;
    const milliseconds = Math.min(most, waiting === 0 ? this.#tail(ages) : this.#whole(ages, waiting));
    return { milliseconds, estimated: milliseconds < most };
  }

  /** Until those are done that have been in flight for so long. */
  #tail(ages: readonly number[]): number {
    const longest = this.#known ? this.#longest : this.#timeout;
    return Math.max(0, ...ages.map((age) => (age < longest ? longest : this.#timeout) - age));
  }

  /** Until the last of those that wait is done. */
  #whole(ages: readonly number[], waiting: number): number {
    if (this.#done === 0) return Infinity;
    const usual = this.#total / this.#done;
    const slow = ages.filter((age) => age > SLOW * usual).length;
    const mean = (this.#total + slow * this.#timeout + (ages.length - slow) * usual) / (this.#done + ages.length);
    return waiting * mean / this.#limit + (slow === 0 && this.#known ? this.#longest : this.#timeout);
  }

  /** Whether enough are done to tell from them how long one takes. */
  get #known(): boolean {
    return this.#done >= this.#limit;
  }
}
