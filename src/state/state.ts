/**
 * A state file: what is kept of crawls between runs, in SQLite.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import type { Memory } from "../crawl/memory.ts";
import type { CrawlResult, CrawlSummaryResult, Since } from "../crawl/result.ts";
import type { Clock } from "../net/io.ts";
import { DEFAULT_CRAWL } from "../crawl/rules.ts";
import type { Chain } from "../wire/chains.ts";
import { closeDatabase, openDatabase, transaction } from "./database.ts";
import { StateError, toStateError } from "./errors.ts";
import { dropExcess, dropOld, type Wanted } from "./pruning.ts";
import { remembered, seedEntries } from "./reading.ts";
import type { RunResult, SeedEntry } from "./result.ts";
import { beginRun, endRun, runsIn } from "./runs.ts";
import { type Change, RunWriter } from "./writer.ts";

/** The most rows that are written in one transaction. */
const MAX_ROWS = 1000;

/** How long a result may wait to be written, in milliseconds. */
const MAX_DELAY = 200;

/** An open state file. Nobody else can use it until it is disposed of. */
export class State implements Disposable {
  readonly #chain: Chain;
  readonly #clock: Clock;
  readonly #database: DatabaseSync;
  /** What waits to be written, in its order. */
  readonly #waiting: Change[] = [];
  #writer: RunWriter | null = null;
  /** How many addresses the file keeps, and how many may have come since it was last seen to. */
  #room: number;
  #added = 0;
  /** When the run would have begun if it had no pause, in milliseconds. */
  #startedAt = 0;
  #cancelFlush: (() => void) | null = null;
  /** When something was written last, by the clock. */
  #flushedAt = -Infinity;
  #error: StateError | null = null;

  /**
   * Opens a file, or creates it. It keeps `room` addresses, or more if a run wants more: one that wants less takes nothing
   * from later ones.
   *
   * @throws {StateError} when it cannot be used; then it is as it was.
   * @throws {Deno.errors.NotCapable} without the permission to read and to write it.
   */
  constructor(path: string, chain: Chain, clock: Clock, room: number = DEFAULT_CRAWL.maxAddresses) {
    this.#room = room;
    this.#chain = chain;
    this.#clock = clock;
    this.#database = openDatabase(path, chain);
  }

  /** Why nothing more is written; `null` if all is well. */
  get error(): StateError | null {
    return this.#error;
  }

  /**
   * Begins a run, or goes on with one that was not finished, with as much as is wanted of what is known.
   *
   * @throws {StateError} when the file cannot be read or written.
   */
  begin(wanted: Wanted = DEFAULT_CRAWL): Memory {
    const now = this.#now();
    this.#room = Math.max(this.#room, wanted.maxAddresses);
    try {
      const { run, firstPart } = transaction(this.#database, () => {
        const begun = beginRun(this.#database, now);
        dropOld(this.#database, now, wanted);
        dropExcess(this.#database, begun.run, this.#room);
        return begun;
      });
      this.#writer = new RunWriter(this.#database, run);
      this.#startedAt = this.#clock.now() - (firstPart?.elapsed ?? 0);
      return { addresses: reading(remembered(this.#database, run, now, wanted.maxAddresses)), firstPart };
    } catch (error) {
      throw toStateError(error);
    }
  }

  /** Keeps a result; it is in the file within a second. Only peers, answers and addresses are kept. */
  add(result: CrawlResult): void {
    if (this.#error !== null || result.type === "seed" || result.type === "summary") return;
    this.#waiting.push({ result, time: this.#now() });
    this.#added++;
    const left = this.#flushedAt + MAX_DELAY - this.#clock.now();
    // Without waiting for a timer, which on a busy machine is late.
    if (this.#waiting.length >= MAX_ROWS || left <= 0) this.flush();
    else this.#cancelFlush ??= this.#clock.schedule(() => this.flush(), left);
  }

  /** Writes what waits. */
  flush(): void {
    this.#cancelFlush?.();
    this.#cancelFlush = null;
    const changes = this.#waiting.splice(0);
    if (changes.length > 0) this.#write(() => this.#writer?.write(changes, this.#clock.now() - this.#startedAt));
    this.#prune();
    this.#flushedAt = this.#clock.now();
  }

  /** Ends the run; returns how it compares with the run before, if there is one. */
  end(summary: CrawlSummaryResult): Since | null {
    this.flush();
    const writer = this.#writer;
    if (writer === null) return null;
    return this.#write(() => endRun(this.#database, writer.run, summary, this.#now()));
  }

  /**
   * All runs, the first one first.
   *
   * @throws {StateError} when the file cannot be read.
   */
  runs(): Generator<RunResult, void, void> {
    return reading(runsIn(this.#database));
  }

  /** The peers that have ever shaken hands, as a DNS seed sees them; throws as {@linkcode State.runs} does. */
  seeds(): Generator<SeedEntry, void, void> {
    return reading(seedEntries(this.#database, this.#chain));
  }

  /** Writes what waits, and closes the file. */
  [Symbol.dispose](): void {
    this.flush();
    closeDatabase(this.#database);
  }

  /** Makes room as soon as there may be twice as much as there shall be: to count it all takes its time. */
  #prune(): void {
    const { run } = this.#writer ?? {};
    if (run === undefined || this.#added < this.#room) return;
    this.#write(() => dropExcess(this.#database, run, this.#room));
    this.#added = 0;
  }

  #now(): number {
    return Number(this.#clock.unixTime());
  }

  /** Does it as one transaction, unless writing has failed. */
  #write<T>(work: () => T): T | null {
    if (this.#error !== null) return null;
    try {
      return transaction(this.#database, work);
    } catch (error) {
      const reason = toStateError(error);
      if (!(reason instanceof StateError)) throw reason;
      this.#error = reason;
      return null;
    }
  }
}

/** The rows as they are read; what SQLite throws meanwhile becomes a {@linkcode StateError}. */
function* reading<T>(rows: Iterable<T>): Generator<T, void, void> {
  try {
    yield* rows;
  } catch (error) {
    throw toStateError(error);
  }
}
