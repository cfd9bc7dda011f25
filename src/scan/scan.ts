/**
 * Many handshakes at once: targets in, results out as they come.
 *
 * @module
 */

import { networkOf, type SocketAddress } from "../net/address.ts";
import { resolveName, type ResolveSettings } from "../net/dns.ts";
import type { ErrorCode } from "../net/errors.ts";
import type { Io } from "../net/io.ts";
import { Initiator } from "../net/initiator.ts";
import type { HandshakeOutcome } from "../net/outcome.ts";
import type { HandshakeSettings } from "../net/settings.ts";
import { Channel } from "./channel.ts";
import { Pace } from "./pace.ts";
import { Pool } from "./pool.ts";
import type { ScanResult, SummaryResult } from "./result.ts";
import type { Target } from "./target.ts";

/** How to scan. */
export interface ScanSettings extends HandshakeSettings, ResolveSettings {
  /** The port of targets that name none. */
  readonly port: number;
  /** Whether to dial an IP address that a target gives; all are dialled by default. */
  readonly dials?: (ip: string) => boolean;
}

/** How far a scan is. */
export interface ScanProgress {
  /** Distinct addresses known so far. */
  readonly peers: number;
  /** Handshakes that succeeded. */
  readonly success: number;
  /** Handshakes that failed. */
  readonly failure: number;
  /** Handshakes, and names to resolve, in flight. */
  readonly inFlight: number;
  /** Connections held open after their handshakes. */
  readonly held: number;
  /** How long it is until all known so far are done, in milliseconds. */
  readonly timeLeft: number;
  /** Whether `timeLeft` is an estimate, from those that are done; else it takes no longer. */
  readonly estimated: boolean;
}

/** As many names are resolved at once: some hundred queries in one burst overrun the socket buffers of a resolver. */
const MAX_LOOKUPS = 64;

/**
 * A running scan. Iterate it, once, for its results: a `seed` as a name has resolved, a `peer` as its handshake is over,
 * the `summary` last; it ends when no connection is held open any more. When the signal aborts, what is in flight is
 * dropped and the summary says `interrupted`. Leaving the loop early ends the scan.
 */
export class Scan implements AsyncIterable<ScanResult> {
  readonly #settings: ScanSettings;
  readonly #io: Io;
  readonly #abandoned = new AbortController();
  readonly #signal: AbortSignal;
  readonly #targetCount: number;
  readonly #startedAt: number;
  readonly #names: Pool<Target>;
  /** Targets with an address each, of names too. */
  readonly #peers: Pool<Target>;
  readonly #namePace: Pace;
  readonly #peerPace: Pace;
  readonly #initiator: Initiator;
  readonly #results: Channel<ScanResult>;
  /** The addresses known so far, by port. */
  readonly #seen = new Map<number, Set<string>>();
  #seenCount = 0;
  readonly #errors = new Map<ErrorCode, number>();
  #finished = false;
  #success = 0;
  #failure = 0;
  #verackMissing = 0;

  /** Starts at once. */
  constructor(targets: readonly Target[], settings: ScanSettings, io: Io, signal?: AbortSignal) {
    this.#settings = settings;
    this.#io = io;
    this.#signal = AbortSignal.any([this.#abandoned.signal, ...signal ? [signal] : []]);
    this.#targetCount = targets.length;
    this.#startedAt = io.clock.now();
    const onIdle = () => this.#finishIfIdle();
    this.#initiator = new Initiator(settings, io, this.#signal);
    this.#results = new Channel(settings.concurrency);
    const lookups = Math.min(settings.concurrency, MAX_LOOKUPS);
    this.#namePace = new Pace(lookups, settings.timeout);
    this.#peerPace = new Pace(settings.concurrency, settings.timeout);
    this.#names = new Pool({ limit: lookups, work: (target) => this.#resolve(target), onIdle });
    this.#peers = new Pool({ limit: settings.concurrency, work: (target) => this.#shakeHands(target), onIdle });
    this.#signal.addEventListener("abort", this.#stop);
    for (const target of targets) this.#add(target);
    onIdle();
  }

  /** How far it is. */
  get progress(): ScanProgress {
    const now = this.#io.clock.now();
    const names = this.#namePace.timeLeft(now, this.#names.waiting);
    const peers = this.#peerPace.timeLeft(now, this.#peers.waiting);
    const { milliseconds, estimated } = names.milliseconds > peers.milliseconds ? names : peers;
    return {
      peers: this.#seenCount,
      success: this.#success,
      failure: this.#failure,
      inFlight: this.#names.active + this.#peers.active,
      held: this.#initiator.held,
      timeLeft: milliseconds,
      estimated,
    };
  }

  /** The results. */
  async *[Symbol.asyncIterator](): AsyncGenerator<ScanResult, void, void> {
    try {
      for (let results; (results = await this.#results.take()) !== null;) {
        for (const result of results) yield result;
      }
    } finally {
      this.#abandoned.abort();
    }
  }

  #add(target: Target): void {
    if (this.#signal.aborted) return;
    if (target.isName) this.#names.add(target);
    else this.#addAddress(target);
  }

  /** Dials an address unless another target gave it already. */
  #addAddress(target: Target): void {
    const ip = target.host;
    if (this.#signal.aborted || !this.#settings.networks.includes(networkOf(ip))) return;
    if (this.#settings.dials?.(ip) === false) return;
    const { port } = this.#addressOf(target);
    const seen = this.#seen.get(port) ?? new Set();
    if (seen.has(ip)) return;
    this.#seen.set(port, seen.add(ip));
    this.#seenCount++;
    this.#peers.add(target);
  }

  async #resolve(target: Target): Promise<void> {
    const started = this.#namePace.start(this.#io.clock.now());
    const dial = (addresses: readonly string[]) => {
      for (const host of addresses) this.#addAddress({ ...target, host, isName: false });
    };
    try {
      const resolution = await resolveName(target.host, this.#settings, this.#io, dial, this.#signal);
      await this.#results.put({ type: "seed", target: target.text, resolution });
    } catch (error) {
      if (!this.#signal.aborted) throw error;
    } finally {
      this.#namePace.end(this.#io.clock.now(), started);
    }
  }

  #shakeHands(target: Target): Promise<void> {
    const started = this.#peerPace.start(this.#io.clock.now());
    const address = this.#addressOf(target);
    return this.#initiator.shakeHands(address).then((outcome) => {
      this.#peerPace.end(this.#io.clock.now(), started);
      this.#count(outcome);
      return this.#results.put({ type: "peer", target: target.text, address, outcome });
    }, (error) => {
      this.#peerPace.end(this.#io.clock.now(), started);
      if (!this.#signal.aborted) throw error;
    });
  }

  #addressOf({ host, port }: Target): SocketAddress {
    return { ip: host, port: port ?? this.#settings.port };
  }

  #count({ error, verack }: HandshakeOutcome): void {
    if (error === null) {
      this.#success++;
      if (!verack) this.#verackMissing++;
    } else {
      this.#failure++;
      this.#errors.set(error.code, (this.#errors.get(error.code) ?? 0) + 1);
    }
  }

  readonly #stop = (): void => {
    this.#names.clear();
    this.#peers.clear();
    this.#finishIfIdle();
  };

  async #finishIfIdle(): Promise<void> {
    if (this.#finished || !this.#names.idle || !this.#peers.idle) return;
    this.#finished = true;
    // Nothing changes any more, whatever is still held open.
    this.#results.put(this.#summary());
    await this.#initiator.closed();
    this.#initiator[Symbol.dispose]();
    this.#signal.removeEventListener("abort", this.#stop);
    this.#results.close();
  }

  #summary(): SummaryResult {
    return {
      type: "summary",
      chain: this.#settings.chain,
      targets: this.#targetCount,
      peers: this.#success + this.#failure,
      success: this.#success,
      failure: this.#failure,
      verackMissing: this.#verackMissing,
      errors: this.#errors,
      elapsed: this.#io.clock.now() - this.#startedAt,
      interrupted: this.#signal.aborted,
    };
  }
}
