import type { Clock } from "../../src/net/io.ts";

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** A clock that moves only when advanced. */
export class VirtualClock implements Clock {
  #now = 0;
  readonly #unixTime: bigint;
  readonly #timers = new Set<Timer>();

  /** Starts at 0 ms, and at `unixTime` seconds since 1970. */
  constructor(unixTime: bigint = 1_700_000_000n) {
    this.#unixTime = unixTime;
  }

  /** How many timers are pending. */
  get timers(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  unixTime(): bigint {
    return this.#unixTime + BigInt(Math.floor(this.#now / 1000));
  }

  schedule(callback: () => void, milliseconds: number): () => void {
    const timer = { due: this.#now + milliseconds, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Advances the time; calls what becomes due, earliest first. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = [...this.#timers].filter(({ due }) => due <= end).toSorted((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.due);
      next.callback();
    }
    this.#now = end;
  }
}
