/**
 * Many handshakes at once: targets in, results out as they become known.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";
import type { Host } from "../address/host.ts";
import type { ResolveSettings } from "../net/dns.ts";
import { familiesOf } from "../net/families.ts";
import type { Io } from "../net/io.ts";
import { Initiator } from "../net/initiator.ts";
import type { HandshakeSettings } from "../net/settings.ts";
import { Channel } from "./channel.ts";
import { KnownPeers } from "./known_peers.ts";
import { Lookups } from "./lookups.ts";
import { PeerQueue } from "./peer_queue.ts";
import { Pool } from "./pool.ts";
import type { ScanResult, SummaryResult } from "./result.ts";
import { Tally } from "./tally.ts";
import type { AddressTarget, Target } from "./target.ts";

/** How to scan. */
export interface ScanSettings extends HandshakeSettings, ResolveSettings {
  /** The port of targets without one. */
  readonly port: number;
  /** Whether to dial a host; all are dialled by default. */
  readonly dials?: (host: Host) => boolean;
  /** Whether to resolve names here even if there is a proxy that could; false by default. */
  readonly resolvesNames?: boolean | undefined;
}

/** The progress of a scan. */
export interface ScanProgress {
  /** Distinct peers known so far. */
  readonly peers: number;
  /** Handshakes that succeeded. */
  readonly success: number;
  /** Handshakes that failed. */
  readonly failure: number;
  /** Names not yet resolved. */
  readonly unresolved: number;
  /** Handshakes and name resolutions in flight. */
  readonly inFlight: number;
  /** Connections held open after their handshakes. */
  readonly held: number;
  /** Whether more targets may come, or might have come had the signal not aborted. */
  readonly reading: boolean;
  /** Whether peers wait for a session of an I2P router, which takes a while and counts towards no timeout. */
  readonly preparing: boolean;
  /** How long until everything known so far is done, in milliseconds. */
  readonly timeLeft: number;
  /** Whether `timeLeft` is an estimate based on what is done so far; otherwise it is an upper bound. */
  readonly estimated: boolean;
}

/** When this many are waiting, no more targets are taken in. */
const MAX_WAITING = 65_536;

/**
 * A running scan. Iterate it once for its results: a `seed` when a name is resolved, a `peer` when its handshake is
 * over, and the `summary` last; the iteration ends when no connection is held open any more. When the signal aborts,
 * whatever is in flight is dropped and the summary says `interrupted`. Leaving the loop early ends the scan.
 *
 * Targets are dialled as they come, however slowly, and the summary waits for the last one. If their iteration throws,
 * the targets so far count, and the scan throws the same error after its summary.
 */
export class Scan implements AsyncIterable<ScanResult> {
  readonly #settings: ScanSettings;
  readonly #io: Io;
  readonly #abandoned = new AbortController();
  readonly #signal: AbortSignal;
  readonly #startedAt: number;
  readonly #names: Lookups;
  /** All peers, including the addresses of names, and names that a proxy resolves. */
  readonly #peers: Pool<Target>;
  readonly #queue: PeerQueue<Target>;
  readonly #initiator: Initiator;
  readonly #results: Channel<ScanResult>;
  readonly #known: KnownPeers;
  readonly #tally = new Tally();
  #targetCount = 0;
  #reading = false;
  #readError: { readonly error: unknown } | null = null;
  #finished = false;
  #lastSuccess = 0;

  /** Starts at once. */
  constructor(targets: Iterable<Target> | AsyncIterable<Target>, settings: ScanSettings, io: Io, signal?: AbortSignal) {
    this.#settings = settings;
    this.#io = io;
    this.#signal = AbortSignal.any([this.#abandoned.signal, ...signal ? [signal] : []]);
    this.#startedAt = io.clock.now();
    this.#known = new KnownPeers(Number(io.randomNonce() & 0xffff_ffffn));
    const onIdle = () => this.#finishIfIdle();
    this.#initiator = new Initiator(settings, io, this.#signal);
    this.#results = new Channel(settings.concurrency);
    const { routes } = this.#initiator;
    const { concurrency: limit } = settings;
    this.#names = new Lookups(settings, io, {
      onHost: ({ text, port }, { network, host }) => this.#addAddress({ text, network, host, port }),
      onSeed: (result) => this.#results.put(result),
      onIdle,
    }, this.#signal);
    const queue = this.#queue = new PeerQueue(routes, limit, () => this.#peers.start());
    this.#peers = new Pool({ limit, work: (target) => this.#shakeHands(target), onIdle, queue });
    this.#signal.addEventListener("abort", this.#stop);
    if (Symbol.asyncIterator in targets) this.#read(targets);
    else for (const target of targets) this.#add(target);
    onIdle();
  }

  /** The progress so far. */
  get progress(): ScanProgress {
    const now = this.#io.clock.now();
    const names = this.#names.timeLeft(now);
    const peers = this.#queue.timeLeft(now);
    const { milliseconds, estimated } = names.milliseconds > peers.milliseconds ? names : peers;
    const { hold } = this.#settings;
    const held = this.#initiator.held;
    const holding = held === 0 ? 0 : this.#lastSuccess + hold - now;
    return {
      peers: this.#known.size,
      success: this.#tally.success,
      failure: this.#tally.failure,
      unresolved: this.#names.unresolved,
      inFlight: this.#names.active + this.#peers.active,
      held,
      reading: this.#reading,
      preparing: this.#queue.preparing,
      timeLeft: Math.max(milliseconds === 0 ? 0 : milliseconds + hold, holding),
      estimated,
    };
  }

  /** The results. */
  async *[Symbol.asyncIterator](): AsyncGenerator<ScanResult, void, void> {
    try {
      // Iterating over the channel would take two more promises for each result.
      for (let results; (results = await this.#results.take()) !== null;) {
        for (const result of results) yield result;
      }
      if (this.#readError !== null) throw this.#readError.error;
    } finally {
      this.#abandoned.abort();
      this.#results.abandon();
    }
  }

  async #read(targets: AsyncIterable<Target>): Promise<void> {
    if (this.#signal.aborted) return;
    this.#reading = true;
    try {
      for await (const target of targets) {
        if (this.#signal.aborted) return;
        this.#add(target);
        const full = this.#names.room(MAX_WAITING) ?? this.#peers.room(MAX_WAITING);
        if (full !== undefined) await full;
      }
    } catch (error) {
      this.#readError = { error };
    } finally {
      this.#reading = this.#signal.aborted;
      this.#finishIfIdle();
    }
  }

  #add(target: Target): void {
    this.#targetCount++;
    if (this.#signal.aborted) return;
    if (target.network !== null) return this.#addAddress(target);
    if (familiesOf(this.#settings.networks).length === 0) return;
    if (this.#names.isLeftToProxy(target)) return this.#addPeer(target);
    this.#names.add(target);
  }

  /** Dials an address unless it has been dialled already. */
  #addAddress(target: AddressTarget): void {
    const { networks, dials } = this.#settings;
    if (this.#signal.aborted || !networks.some((network) => network === target.network)) return;
    if (dials?.(target) === false) return;
    this.#addPeer(target);
  }

  #addPeer(target: Target): void {
    if (this.#known.addIfNew(this.#addressOf(target))) this.#peers.add(target);
  }

  #shakeHands(target: Target): Promise<void> {
    const started = this.#queue.start(target, this.#io.clock.now());
    const address = this.#addressOf(target);
    return this.#initiator.shakeHands(address).then((outcome) => {
      const now = this.#io.clock.now();
      this.#queue.end(target, now, started);
      if (outcome.error === null) this.#lastSuccess = now;
      this.#tally.add(outcome);
      return this.#results.put({ type: "peer", target: target.text, address, outcome });
    }, (error) => {
      this.#queue.end(target, this.#io.clock.now(), started);
      if (!this.#signal.aborted) throw error;
    });
  }

  #addressOf({ network, host, port }: Target): PeerAddress {
    return { network, host, port: port ?? this.#settings.port };
  }

  readonly #stop = (): void => {
    this.#names.clear();
    this.#peers.clear();
    this.#finishIfIdle();
  };

  async #finishIfIdle(): Promise<void> {
    if (this.#finished || this.#reading && !this.#signal.aborted || !this.#names.idle || !this.#peers.idle) return;
    this.#finished = true;
    // Connections still held open change nothing in it.
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
      ...this.#tally.counts,
      elapsed: this.#io.clock.now() - this.#startedAt,
      interrupted: this.#signal.aborted,
    };
  }
}
