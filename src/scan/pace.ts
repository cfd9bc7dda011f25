/**
 * Estimates how long work will take that is done `limit` items at a time, each of which takes at most `timeout`.
 *
 * @module
 */

/** The remaining time. */
export interface TimeLeft {
  /** The time in milliseconds. */
  readonly milliseconds: number;
  /** Whether that is an estimate based on the items done so far; otherwise it is an upper bound. */
  readonly estimated: boolean;
}

/** An item in flight. */
export interface Started {
  /** When it began. */
  readonly at: number;
}

/** An item that has been in flight for this many times the mean of the finished ones will take its full time. */
const SLOW = 3;

/** Measures the pace of the work by when items begin and end. All times are in milliseconds. */
export class Pace {
  readonly #limit: number;
  readonly #timeout: number;
  readonly #inFlight = new Set<Started>();
  #done = 0;
  #total = 0;
  #longest = 0;

  /** For `limit` items at a time. */
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

  /** How long until everything in flight and `waiting` more items are done. */
  timeLeft(now: number, waiting: number): TimeLeft {
    const ages = [...this.#inFlight].map(({ at }) => now - at);
    const most = this.#timeout - Math.min(this.#timeout, ...ages) + Math.ceil(waiting / this.#limit) * this.#timeout;
    const milliseconds = Math.min(most, waiting === 0 ? this.#tail(ages) : this.#whole(ages, waiting));
    return { milliseconds, estimated: milliseconds < most };
  }

  /** Until the items in flight, of the given ages, are done. */
  #tail(ages: readonly number[]): number {
    const longest = this.#known ? this.#longest : this.#timeout;
    return Math.max(0, ...ages.map((age) => (age < longest ? longest : this.#timeout) - age));
  }

  /** Until the last waiting item is done. */
  #whole(ages: readonly number[], waiting: number): number {
    if (this.#done === 0) return Infinity;
    const usual = this.#total / this.#done;
    const slow = ages.filter((age) => age > SLOW * usual).length;
    const mean = (this.#total + slow * this.#timeout + (ages.length - slow) * usual) / (this.#done + ages.length);
    return waiting * mean / this.#limit + (slow === 0 && this.#known ? this.#longest : this.#timeout);
  }

  /** Whether enough items are done to tell how long one takes. */
  get #known(): boolean {
    return this.#done >= this.#limit;
  }
}
