/**
 * Deadlines for many operations with the same timeout.
 *
 * @module
 */

import type { Clock } from "./io.ts";
import { type Entry, LinkedList } from "./linked_list.ts";

/** Operations that begin within this fraction of the timeout share the first one's deadline… */
const SHARED_PART = 1 / 100;

/** …but only if they begin within this many milliseconds. */
export const MAX_SHARED = 10;

/** Hands out deadlines: ten thousand connections need only a few hundred timers and abort signals. */
export class Deadlines implements Disposable {
  readonly #clock: Clock;
  readonly #milliseconds: number;
  readonly #parent: AbortSignal | undefined;
  readonly #running = new Map<Deadline, () => void>();
  #latest: Deadline | null = null;
  #latestStart = -Infinity;

  /** Each deadline passes `milliseconds` after it began (up to 1% earlier), or when `parent` aborts. */
  constructor(clock: Clock, milliseconds: number, parent?: AbortSignal) {
    this.#clock = clock;
    this.#milliseconds = milliseconds;
    this.#parent = parent;
    parent?.addEventListener("abort", this.#abortAll);
  }

  /** A deadline for an operation that begins now. */
  begin(): Deadline {
    const now = this.#clock.now();
    const shared = Math.min(MAX_SHARED, this.#milliseconds * SHARED_PART);
    if (this.#latest !== null && now - this.#latestStart < shared) return this.#latest;
    this.#latestStart = now;
    return this.#latest = this.#start();
  }

  /** Cancels all deadlines. */
  [Symbol.dispose](): void {
    for (const cancel of this.#running.values()) cancel();
    this.#parent?.removeEventListener("abort", this.#abortAll);
  }

  #start(): Deadline {
    const deadline = new Deadline(this.#milliseconds);
    if (this.#parent?.aborted) {
      deadline.abort(this.#parent.reason);
      return deadline;
    }
    const cancel = this.#clock.schedule(() => {
      this.#running.delete(deadline);
      deadline.expire();
    }, this.#milliseconds);
    this.#running.set(deadline, cancel);
    return deadline;
  }

  readonly #abortAll = (): void => {
    for (const [deadline, cancel] of this.#running) {
      cancel();
      deadline.abort(this.#parent?.reason);
    }
  };
}

/** Something that a deadline closes. */
export interface Closable {
  /** Closes it at once. */
  close(): void;
}

/** The time by which an operation must have ended. */
export class Deadline {
  /** The timeout, in milliseconds. */
  readonly milliseconds: number;
  readonly #controller = new AbortController();
  readonly #watched = new LinkedList<Closable>();
  #expired = false;

  /** Its owner expires it after `milliseconds`. */
  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }

  /** Aborts when the deadline passes or is aborted. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether the time ran out. */
  get expired(): boolean {
    return this.#expired;
  }

  /** Closes `closable` when the deadline passes, unless the returned entry is removed first. */
  watch(closable: Closable): Entry<Closable> {
    return this.#watched.add(closable);
  }

  /** The time has run out. */
  expire(): void {
    this.#expired = true;
    this.abort(undefined);
  }

  /** Ends it early. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
    for (let watched; (watched = this.#watched.first) !== null;) {
      watched.remove();
      watched.value.close();
    }
  }
}
