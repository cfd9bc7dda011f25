/**
 * The peers that wait for their turn: those that go different ways wait in different lines, so that a slow way holds up no
 * other.
 *
 * @module
 */

import { type Network, NETWORK_NAMES } from "../address/network.ts";
import type { Routes } from "../net/routes.ts";
import type { Ways } from "../net/ways.ts";
import { Pace, type Started, type TimeLeft } from "./pace.ts";
import { FifoQueue, type Queue } from "./queue.ts";

/** Something that goes to a network; `null` is that of a name. */
interface Bound {
  readonly network: Network | null;
}

/** What goes one way. */
interface Line<T> {
  readonly ways: Ways;
  readonly waiting: FifoQueue<T>;
  readonly pace: Pace;
  /** Whether the way is made, and nothing can start yet. */
  isPreparing: boolean;
}

/** Peers, first come, first served within each line, the lines in turn. */
export class PeerQueue<T extends Bound> implements Queue<T> {
  readonly #routes: Pick<Routes, "to" | "timeout">;
  readonly #limit: number;
  readonly #onRoom: () => void;
  /** The line that was served last is the last one. */
  readonly #lines: Line<T>[] = [];

  /** Of all together `limit` are in flight at once, at most. `onRoom` is called when a line that waited may go on. */
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

  /** Adds an item, and gets its way ready. */
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

  /** An item that was taken begins. */
  start({ network }: Bound, now: number): Started {
    return this.#lineOf(network).pace.start(now);
  }

  /** It is done. */
  end({ network }: Bound, now: number, started: Started): void {
    this.#lineOf(network).pace.end(now, started);
  }

  /** How long it is until all is done that waits or is in flight. */
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
