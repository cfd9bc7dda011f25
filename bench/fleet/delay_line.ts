/**
 * A queue with a constant delay.
 *
 * @module
 */

/** Holds each item for the delay; first in, first out. */
export class DelayLine<T> {
  readonly #delay: number;
  readonly #onDue: (item: T) => void;
  #waiting: { readonly item: T; readonly due: number }[] = [];
  #next = 0;

  /** Calls `onDue` with each item `delay` milliseconds after it was added, or at once if that is 0. */
  constructor(delay: number, onDue: (item: T) => void) {
    this.#delay = delay;
    this.#onDue = onDue;
  }

  /** Adds an item at the time `now`, in milliseconds. */
  add(item: T, now: number): void {
    if (this.#delay === 0) this.#onDue(item);
    else this.#waiting.push({ item, due: now + this.#delay });
  }

  /** Releases what is due at `now`; returns when the next item will be, or `Infinity` if there is none. */
  release(now: number): number {
    for (;;) {
      const first = this.#waiting[this.#next];
      if (first === undefined) {
        this.#waiting = [];
        this.#next = 0;
        return Infinity;
      }
      if (first.due > now) return first.due;
      this.#next++;
      this.#onDue(first.item);
    }
  }
}
