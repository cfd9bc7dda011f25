/**
 * How long names take to resolve.
 *
 * @module
 */

import type { Clock, Io } from "../net/io.ts";
import { normalName } from "./seeds.ts";

/** Takes the time of the queries that go through its {@linkcode io}. */
export class Stopwatch {
  /** The same as the one that it was made of, but watched. */
  readonly io: Io;
  readonly #clock: Clock;
  readonly #times = new Map<string, { readonly start: number; end: number }>();

  /** Has taken no time yet. */
  constructor(io: Io) {
    this.#clock = io.clock;
    this.io = {
      clock: io.clock,
      randomNonce: () => io.randomNonce(),
      randomBytes: (length) => io.randomBytes(length),
      connect: (...address) => io.connect(...address),
      resolve: (name, ...query) => this.#watch(name, () => io.resolve(name, ...query)),
    };
  }

  /** From the first query for a name to its last answer, in milliseconds; 0 when nobody was asked. */
  elapsed(name: string): number {
    const { start, end } = this.#times.get(normalName(name)) ?? { start: 0, end: 0 };
    return end - start;
  }

  async #watch<T>(name: string, query: () => Promise<T>): Promise<T> {
    const now = this.#clock.now();
    const time = this.#times.get(normalName(name)) ?? { start: now, end: now };
    this.#times.set(normalName(name), time);
    try {
      return await query();
    } finally {
      time.end = this.#clock.now();
    }
  }
}
