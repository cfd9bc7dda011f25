/**
 * Bounds on the time that many things may take, each the same time.
 *
 * @module
 */

import type { Clock } from "./io.ts";
import { type Entry, LinkedList } from "./linked_list.ts";

/** Things that begin within this part of the time share a deadline, the first one's… */
const SHARED_PART = 1 / 100;

/** …but never if they begin further apart than this, in milliseconds. */
export const MAX_SHARED = 10;

/** Hands out deadlines. Ten thousand connections so need a few hundred timers and abort signals, not ten thousand. */
export class Deadlines implements Disposable {
  readonly #clock: Clock;
  readonly #milliseconds: number;
  readonly #parent: AbortSignal | undefined;
  readonly #running = new Map<Deadline, () => void>();
  #latest: Deadline | null = null;
  #latestStart = -Infinity;

  /** Each deadline passes `milliseconds` after it began, at most a hundredth of them earlier, or when `parent` aborts. */
  constructor(clock: Clock, milliseconds: number, parent?: AbortSignal) {
    this.#clock = clock;
    this.#milliseconds = milliseconds;
    this.#parent = parent;
    parent?.addEventListener("abort", this.#abortAll);
  }

  /** A deadline for something that begins now. */
  begin(): Deadline {
    const now = this.#clock.now();
    const shared = Math.min(MAX_SHARED, this.#milliseconds * SHARED_PART);
    if (this.#latest !== null && now - this.#latestStart < shared) return this.#latest;
    this.#latestStart = now;
    return this.#latest = this.#start();
  }

  /** Forgets all deadlines; none of them passes any more. */
  [Symbol.dispose](): void {
    for (const cancel of this.#running.values()) cancel();
    this.#running.clear();
    this.#parent?.removeEventListener("abort", this.#abortAll);
  }

  #start(): Deadline {
    const deadline = new Deadline();
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
    const running = [...this.#running];
    this.#running.clear();
    this.#latest = null;
    for (const [deadline, cancel] of running) {
      cancel();
      deadline.abort(this.#parent?.reason);
    }
  };
}

/** Something that takes part in a deadline. */
export interface Closable {
  /** Ends it at once. */
  close(): void;
}

/** A moment after which something must have ended. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #watched = new LinkedList<Closable>();
  #expired = false;

  /** Aborts when the deadline passes, for either reason. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether it passed because the time was over. */
  get expired(): boolean {
    return this.#expired;
  }

  /** Closes something when the deadline passes, unless what is returned is removed before. */
  watch(closable: Closable): Entry<Closable> {
    return this.#watched.add(closable);
  }

  /** The time is over. */
  expire(): void {
    this.#expired = true;
    this.abort(undefined);
  }

  /** Ends it before the time is over. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
    for (let watched; (watched = this.#watched.first) !== null;) {
      watched.remove();
      watched.value.close();
    }
  }
}
