/**
 * The lines in which addresses wait: one for each way to their networks, so that a slow way holds up no other.
 *
 * @module
 */

import { type Network, NETWORK_NAMES } from "../address/network.ts";
import type { Routes } from "../net/routes.ts";
import type { Ways } from "../net/ways.ts";
import { PaceMeter } from "./progress.ts";
import { DEFAULT_CRAWL } from "./rules.ts";
import { Vigil } from "./vigil.ts";

/** The peers that are reached the same way. */
export interface Line {
  /** Their networks. */
  readonly networks: readonly Network[];
  /** Whether names that a proxy resolves are reached this way too. */
  readonly hasNames: boolean;
  /** The way. */
  readonly ways: Ways;
  /** How many peers may be in flight. */
  readonly limit: number;
  /** Measures how many are done. */
  readonly pace: PaceMeter;
  /** Watches whether the way leads anywhere. */
  readonly vigil: Vigil;
  /** How many are in flight. */
  inFlight: number;
  /** Whether the way is ready; `null` if it has not been needed yet. */
  isReady: boolean | null;
  /** Whether it leads nowhere any more, though its proxy is there. */
  isCutOff: boolean;
}

/** How the lines are limited. */
export interface LinesOptions {
  /** The networks whose peers are dialled. */
  readonly networks: readonly Network[];
  /** How many peers may be in flight in all lines together; by default each line has a limit of its own. */
  readonly concurrency?: number | undefined;
  /** When the crawl begins, in milliseconds. */
  readonly now: number;
  /** Gives unsigned 32-bit numbers that peers cannot guess. */
  readonly random: () => number;
  /** Called when a way has become ready. */
  readonly onReady: () => void;
}

/** All lines, served in turn. */
export class Lines implements Iterable<Line> {
  readonly #lines: Line[] = [];
  readonly #concurrency: number;
  readonly #onReady: () => void;
  #inFlight = 0;

  /** Needs no way yet. */
  constructor(routes: Pick<Routes, "to">, { networks, concurrency, now, random, onReady }: LinesOptions) {
    this.#concurrency = concurrency ?? Infinity;
    this.#onReady = onReady;
    const limit = concurrency ?? DEFAULT_CRAWL.concurrency;
    const wanted = NETWORK_NAMES.filter((network) => networks.includes(network));
    for (const [ways, networks] of Map.groupBy(wanted, (network) => routes.to(network))) {
      const most = Math.min(limit, ways.limit);
      this.#lines.push({
        networks,
        hasNames: routes.to(null) === ways,
        ways,
        limit: most,
        pace: new PaceMeter(now),
        vigil: new Vigil(most, random),
        inFlight: 0,
        isReady: null,
        isCutOff: false,
      });
    }
  }

  /** How many peers are in flight. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** All of them; the one served last is last. */
  [Symbol.iterator](): ArrayIterator<Line> {
    return this.#lines.values();
  }

  /** Whether no peer of a line can be reached any more. */
  isLost({ ways, isCutOff }: Line): boolean {
    return ways.isLost || isCutOff;
  }

  /** Whether one more peer of a line may be dialled, once its way is ready. */
  hasRoom(line: Line): boolean {
    return this.#inFlight < this.#concurrency && line.inFlight < line.limit && line.ways.hasRoom;
  }

  /** Whether the way of a line is ready; if not, it gets ready. */
  isReady(line: Line): boolean {
    if (line.isReady === null) {
      const ready = line.ways.ready();
      line.isReady = ready === null;
      ready?.then(() => {
        line.isReady = true;
        this.#onReady();
      });
    }
    return line.isReady;
  }

  /** Whether nothing can go on before a way is ready. */
  get preparing(): boolean {
    return this.#inFlight === 0 && this.#lines.some(({ isReady }) => isReady === false);
  }

  /** A peer of a line is dialled. */
  begin(line: Line): void {
    line.inFlight++;
    this.#inFlight++;
    this.#lines.push(...this.#lines.splice(this.#lines.indexOf(line), 1));
  }

  /** It is done. */
  end(line: Line): void {
    line.inFlight--;
    this.#inFlight--;
  }
}
