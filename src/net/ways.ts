/**
 * Several ways to the same networks, which share the peers among them.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";
import type { Route, Way } from "./route.ts";

/** The ways to some networks. What goes there has one limit, and waits together. */
export class Ways {
  /** How many handshakes can be in flight. */
  readonly limit: number;
  readonly #ways: readonly [Way, ...Way[]];
  readonly #inFlight: number[];

  /** The ways, of which there is one at least. */
  constructor(...ways: [Way, ...Way[]]) {
    this.#ways = ways;
    this.limit = ways.reduce((sum, { limit }) => sum + limit, 0);
    this.#inFlight = ways.map(() => 0);
  }

  /** Whether one more handshake may begin. Where no connection can be made any more it may: it fails at once. */
  get hasRoom(): boolean {
    let isLost = true;
    for (let i = 0; i < this.#ways.length; i++) {
      const way = this.#ways[i];
      if (way === undefined || way.isLost) continue;
      if ((this.#inFlight[i] ?? 0) < way.limit) return true;
      isLost = false;
    }
    return isLost;
  }

  /** Resolves when handshakes can begin; `null` when they can at once. */
  ready(): Promise<void> | null {
    let ready: Promise<void> | null = null;
    for (const way of this.#ways) {
      const one = way.ready();
      if (one !== null) ready = ready === null ? one : Promise.all([ready, one]).then(() => {});
    }
    return ready;
  }

  /** Calls `use` with the route of one peer, over the way with the most room; until that is over it takes part of it. */
  lead<T>(address: PeerAddress, timeout: number, use: (route: Route) => Promise<T>): Promise<T> {
    const i = this.#choose();
    const way = this.#ways[i] ?? this.#ways[0];
    const { isProxy, limit } = way;
    const route: Route = { address, timeout, isProxy, ready: () => way.ready(), open: way.lead(address) };
    if (limit === Infinity) return use(route);
    this.#count(i, 1);
    return use(route).finally(() => this.#count(i, -1));
  }

  /** The index of the way with the least in flight, of those that are not lost if there is one. */
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
