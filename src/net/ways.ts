/**
 * Several ways to the same networks, among which peers are shared.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";
import type { Route, Way } from "./route.ts";

/** The ways to some networks, with a common limit and queue. */
export class Ways {
  /** How many handshakes can be in flight. */
  readonly limit: number;
  readonly #ways: readonly [Way, ...Way[]];
  readonly #inFlight: number[];

  /** Takes one or more ways. */
  constructor(...ways: [Way, ...Way[]]) {
    this.#ways = ways;
    this.limit = ways.reduce((sum, { limit }) => sum + limit, 0);
    this.#inFlight = ways.map(() => 0);
  }

  /** Whether one more handshake may begin; also true if no more connections are possible, so that it fails at once. */
  get hasRoom(): boolean {
    let isLost = true;
    for (const [i, way] of this.#ways.entries()) {
      if (way.isLost) continue;
      if ((this.#inFlight[i] ?? 0) < way.limit) return true;
      isLost = false;
    }
    return isLost;
  }

  /** Whether no more connections are possible. */
  get isLost(): boolean {
    return this.#ways.every(({ isLost }) => isLost);
  }

  /** Resolves when handshakes can begin; `null` if they can at once. */
  ready(): Promise<void> | null {
    let ready: Promise<void> | null = null;
    for (const way of this.#ways) {
      const one = way.ready();
      if (one !== null) ready = ready === null ? one : Promise.all([ready, one]).then(() => {});
    }
    return ready;
  }

  /** Calls `use` with a route for one peer, over the way with the most room, which it occupies until `use` settles. */
  lead<T>(address: PeerAddress, timeout: number, use: (route: Route) => Promise<T>): Promise<T> {
    const i = this.#choose();
    const way = this.#ways[i] ?? this.#ways[0];
    const { isProxy, limit } = way;
    const route: Route = { address, timeout, isProxy, ready: () => way.ready(), open: way.lead(address) };
    if (limit === Infinity) return use(route);
    this.#count(i, 1);
    return use(route).finally(() => this.#count(i, -1));
  }

  /** The index of the way with the fewest handshakes in flight, preferring those that are not lost. */
  #choose(): number {
    const load = (i: number) => this.#ways[i]?.isLost ? Infinity : this.#inFlight[i] ?? 0;
    let best = 0;
    for (let i = 1; i < this.#ways.length; i++) {
      if (load(i) < load(best)) best = i;
    }
    return best;
  }

  #count(i: number, change: number): void {
    this.#inFlight[i] = (this.#inFlight[i] ?? 0) + change;
  }
}
