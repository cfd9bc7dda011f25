/**
 * The names of a run: resolved a limited number at a time, each to many addresses.
 *
 * @module
 */

import type { Host } from "../address/host.ts";
import { resolveName, type ResolveSettings } from "../net/dns.ts";
import type { Io } from "../net/io.ts";
import { isLocalhost, whyUnasked } from "../net/special_names.ts";
import { timeoutFor } from "../net/timeouts.ts";
import { Pace, type TimeLeft } from "./pace.ts";
import { Pool } from "./pool.ts";
import type { SeedResult } from "./result.ts";
import type { NameTarget } from "./target.ts";

/** Maximum number of names resolved at once: a burst of hundreds of queries overruns a resolver's socket buffers. */
const MAX_LOOKUPS = 64;

/** How to resolve the names of a run. */
export interface LookupSettings extends ResolveSettings {
  /** Maximum number of names resolved at once, if that is less than {@linkcode MAX_LOOKUPS}. */
  readonly concurrency: number;
  /** The proxy, which resolves names itself. */
  readonly proxy?: object | undefined;
  /** Whether to resolve names here even if there is a proxy that could; false by default. */
  readonly resolvesNames?: boolean | undefined;
}

/** What is called as names are resolved. */
export interface LookupListeners {
  /** Takes an address of a name, as soon as it is known. */
  readonly onHost: (target: NameTarget, host: Host) => void;
  /** Takes the result of a name; the next one waits for the promise. */
  readonly onSeed: (result: SeedResult) => void | Promise<void>;
  /** Called when the last name is resolved. */
  readonly onIdle: () => void;
}

/** Resolves names. */
export class Lookups {
  readonly #settings: LookupSettings;
  readonly #io: Io;
  readonly #listeners: LookupListeners;
  readonly #signal: AbortSignal;
  readonly #pool: Pool<NameTarget>;
  readonly #pace: Pace;
  #unresolved = 0;

  /** Does nothing until {@linkcode Lookups.add}. When `signal` aborts, what is in flight is dropped. */
  constructor(settings: LookupSettings, io: Io, listeners: LookupListeners, signal: AbortSignal) {
    this.#settings = settings;
    this.#io = io;
    this.#listeners = listeners;
    this.#signal = signal;
    const limit = Math.min(settings.concurrency, MAX_LOOKUPS);
    this.#pace = new Pace(limit, timeoutFor(null, settings.timeout));
    this.#pool = new Pool({ limit, work: (target) => this.#resolve(target), onIdle: listeners.onIdle });
  }

  /** How many names have no result yet. */
  get unresolved(): number {
    return this.#unresolved;
  }

  /** How many are being resolved. */
  get active(): number {
    return this.#pool.active;
  }

  /** Whether none is being resolved or waiting. */
  get idle(): boolean {
    return this.#pool.idle;
  }

  /** Whether a name is sent to the proxy unresolved. */
  isLeftToProxy({ host }: NameTarget): boolean {
    const { proxy, resolvesNames = false, optionNames } = this.#settings;
    if (proxy === undefined || resolvesNames || isLocalhost(host)) return false;
    return whyUnasked(host, { nameServer: proxy, optionNames }) === undefined;
  }

  /** Resolves a name, when its turn comes. */
  add(target: NameTarget): void {
    this.#unresolved++;
    this.#pool.add(target);
  }

  /** Drops the names whose turn has not come. */
  clear(): void {
    this.#pool.clear();
  }

  /** As {@linkcode Pool.room}. */
  room(most: number): Promise<void> | undefined {
    return this.#pool.room(most);
  }

  /** How long until all names are resolved. */
  timeLeft(now: number): TimeLeft {
    return this.#pace.timeLeft(now, this.#pool.waiting);
  }

  async #resolve(target: NameTarget): Promise<void> {
    const { onHost, onSeed } = this.#listeners;
    const started = this.#pace.start(this.#io.clock.now());
    const tell = (hosts: readonly Host[]) => {
      for (const host of hosts) onHost(target, host);
    };
    try {
      const resolution = await resolveName(target.host, this.#settings, this.#io, tell, this.#signal);
      this.#unresolved--;
      await onSeed({ type: "seed", target: target.text, resolution });
    } catch (error) {
      if (!this.#signal.aborted) throw error;
    } finally {
      this.#pace.end(this.#io.clock.now(), started);
    }
  }
}
