/**
 * Things that happen a constant time after they were begun.
 *
 * @module
 */

/** Holds items for as long as a delay; the first in is the first out. */
export class DelayLine<T> {
  readonly #delay: number;
  readonly #onDue: (item: T) => void;
  #waiting: { readonly item: T; readonly due: number }[] = [];
  #next = 0;

  /** `onDue` gets each item `delay` milliseconds after it was added; without a delay at once. */
  constructor(delay: number, onDue: (item: T) => void) {
    this.#delay = delay;
    this.#onDue = onDue;
  }

  /** Adds an item at the time `now`, in milliseconds. */
  add(item: T, now: number): void {
    if (this.#delay === 0) this.#onDue(item);
    else this.#waiting.push({ item, due: now + this.#delay });
  }

  /** Lets go of what is due at `now`; returns when the next one will be, `Infinity` when there is none. */
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
