/**
 * The queue of waiting peers, with a separate line for each way, so that a slow way does not hold up others.
 *
 * @module
 */

import { type Network, NETWORK_NAMES } from "../address/network.ts";
import type { Routes } from "../net/routes.ts";
import type { Ways } from "../net/ways.ts";
import { Pace, type Started, type TimeLeft } from "./pace.ts";
import { FifoQueue, type Queue } from "./queue.ts";

/** An item bound for a network; `null` for a name. */
interface Bound {
  readonly network: Network | null;
}

/** The items of one way. */
interface Line<T> {
  readonly ways: Ways;
  readonly waiting: FifoQueue<T>;
  readonly pace: Pace;
  /** Whether the way is still being set up, so that nothing can start yet. */
  isPreparing: boolean;
}

/** Peers, first come, first served within each line, taking lines in turn. */
export class PeerQueue<T extends Bound> implements Queue<T> {
  readonly #routes: Pick<Routes, "to" | "timeout">;
  readonly #limit: number;
  readonly #onRoom: () => void;
  /** The line served last comes last. */
  readonly #lines: Line<T>[] = [];

  /** At most `limit` items are in flight in total. `onRoom` is called when a waiting line may go on. */
  constructor(routes: Pick<Routes, "to" | "timeout">, limit: number, onRoom: () => void) {
    this.#routes = routes;
    this.#limit = limit;
    this.#onRoom = onRoom;
  }

  get size(): number {
    let size = 0;
    for (const { waiting } of this.#lines) size += waiting.size;
    return size;
  }

  /** Whether items wait for a way that is still being set up. */
  get preparing(): boolean {
    return this.#lines.some(({ isPreparing, waiting }) => isPreparing && waiting.size > 0);
  }

  /** Adds an item, and prepares its way. */
  push(item: T): void {
    const line = this.#lineOf(item.network);
    line.waiting.push(item);
    if (!line.isPreparing) this.#prepare(line);
  }

  take(): T | undefined {
    for (const [i, { waiting, ways, isPreparing }] of this.#lines.entries()) {
      if (waiting.size === 0 || isPreparing || !ways.hasRoom) continue;
      if (this.#lines.length > 1) this.#lines.push(...this.#lines.splice(i, 1));
      return waiting.take();
    }
    return undefined;
  }

  clear(): void {
    for (const { waiting } of this.#lines) waiting.clear();
  }

  /** Called when a taken item begins. */
  start({ network }: Bound, now: number): Started {
    return this.#lineOf(network).pace.start(now);
  }

  /** Called when it is done. */
  end({ network }: Bound, now: number, started: Started): void {
    this.#lineOf(network).pace.end(now, started);
  }

  /** How long until everything waiting or in flight is done. */
  timeLeft(now: number): TimeLeft {
    return this.#lines.map(({ pace, waiting }) => pace.timeLeft(now, waiting.size))
      .reduce((a, b) => b.milliseconds > a.milliseconds ? b : a, { milliseconds: 0, estimated: false });
  }

  #lineOf(network: Network | null): Line<T> {
    const ways = this.#routes.to(network);
    for (const line of this.#lines) {
      if (line.ways === ways) return line;
    }
    const networks = [...NETWORK_NAMES, null].filter((other) => this.#routes.to(other) === ways);
    const timeout = Math.max(...networks.map((other) => this.#routes.timeout(other)));
    const pace = new Pace(Math.min(this.#limit, ways.limit), timeout);
    const line = { ways, waiting: new FifoQueue<T>(), pace, isPreparing: false };
    this.#lines.push(line);
    return line;
  }

  #prepare(line: Line<T>): void {
    const ready = line.ways.ready();
    if (ready === null) return;
    line.isPreparing = true;
    ready.then(() => {
      line.isPreparing = false;
      this.#onRoom();
    });
  }
}
