/**
 * What bounds the pace of a crawl, and for how much of its time.
 *
 * @module
 */

import type { Bound } from "./result.ts";

/** How long a bound has held. */
interface Watch {
  /** Since when it holds; `null` if it does not. */
  since: number | null;
  /** For how long it held before. */
  total: number;
}

/** Measures for how long each bound holds. All times are in milliseconds. */
export class Bounds {
  readonly #startedAt: number;
  readonly #watches = new Map<Bound, Watch>();

  /** The crawl begins at `now`. */
  constructor(now: number) {
    this.#startedAt = now;
  }

  /** From `now` on a bound holds, or does not. */
  set(bound: Bound, holds: boolean, now: number): void {
    const watch = this.#watches.get(bound) ?? { since: null, total: 0 };
    if (holds) {
      watch.since ??= now;
      this.#watches.set(bound, watch);
    } else if (watch.since !== null) {
      watch.total += now - watch.since;
      watch.since = null;
    }
  }

  /** From `now` on none holds. */
  clear(now: number): void {
    for (const bound of this.#watches.keys()) this.set(bound, false, now);
  }

  /** The share of the time until `now` in which each bound held, of those that did. */
  shares(now: number): Map<Bound, number> {
    const elapsed = now - this.#startedAt;
    const shares = [...this.#watches].map(([bound, { since, total }]): [Bound, number] => {
      return [bound, (total + (since === null ? 0 : now - since)) / elapsed];
    });
    // In no time at all they are no numbers.
    return new Map(shares.filter(([, share]) => share > 0));
  }
}
