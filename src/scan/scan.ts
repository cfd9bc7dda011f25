/**
 * Many handshakes at once: targets in, records out as they come.
 *
 * @module
 */

import type { Address } from "../address/address.ts";
import { AddressTable } from "../address/address_table.ts";
import type { Host } from "../address/host.ts";
import { type Resolution, resolveName, type ResolveSettings } from "../net/dns.ts";
import type { ErrorCode } from "../net/errors.ts";
import type { Io } from "../net/io.ts";
import { Initiator } from "../net/initiator.ts";
import type { HandshakeListeners, HandshakeSettings } from "../net/settings.ts";
import { Channel } from "./channel.ts";
import { Pace } from "./pace.ts";
import { Pool } from "./pool.ts";
import { type PeerRecord, peerRecord, type ScanRecord, seedRecord, type SummaryRecord } from "./record.ts";
import type { AddressTarget, NameTarget, Target } from "./target.ts";

/** Who is told of what no record says. */
export interface ScanListeners extends HandshakeListeners {
  /** Told of each name as it has resolved: which family failed, and how long it took. */
  readonly onResolved?: (target: string, resolution: Resolution) => void;
}

/** How to scan. */
export interface ScanSettings extends HandshakeSettings, ResolveSettings, ScanListeners {
  /** The port of targets that name none. */
  readonly port: number;
  /** Whether to dial a host that a target gives; all are dialled by default. */
  readonly dials?: (host: Host) => boolean;
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
 * A running scan. Iterate it, once, for its records: a `seed` as a name has resolved, a `peer` as its handshake is over,
 * the `summary` last; it ends when no connection is held open any more. When the signal aborts, what is in flight is dropped and the summary says `interrupted`. Leaving
 * the loop early ends the scan.
 */
export class Scan implements AsyncIterable<ScanRecord> {
  readonly #settings: ScanSettings;
  readonly #io: Io;
  readonly #abandoned = new AbortController();
  readonly #signal: AbortSignal;
  readonly #targetCount: number;
  readonly #startedAt: number;
  readonly #names: Pool<NameTarget>;
  /** The addresses of names too. */
  readonly #peers: Pool<AddressTarget>;
  readonly #namePace: Pace;
  readonly #peerPace: Pace;
  readonly #initiator: Initiator;
  readonly #records: Channel<ScanRecord>;
  /** The addresses known so far. */
  readonly #known: AddressTable;
  readonly #errors: { [C in ErrorCode]?: number } = {};
  #finished = false;
  #success = 0;
  #failure = 0;
  #verackMissing = 0;
  #lastSuccess = 0;

  /** Starts at once. */
  constructor(targets: readonly Target[], settings: ScanSettings, io: Io, signal?: AbortSignal) {
    this.#settings = settings;
    this.#io = io;
    this.#signal = AbortSignal.any([this.#abandoned.signal, ...signal ? [signal] : []]);
    this.#targetCount = targets.length;
    this.#startedAt = io.clock.now();
    this.#known = new AddressTable(Number(io.randomNonce() & 0xffff_ffffn));
    const onIdle = () => this.#finishIfIdle();
    this.#initiator = new Initiator(settings, io, this.#signal);
    this.#records = new Channel(settings.concurrency);
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
    const { hold } = this.#settings;
    const held = this.#initiator.held;
    const holding = held === 0 ? 0 : this.#lastSuccess + hold - now;
    return {
      peers: this.#known.size,
      success: this.#success,
      failure: this.#failure,
      inFlight: this.#names.active + this.#peers.active,
      held,
      timeLeft: Math.max(milliseconds === 0 ? 0 : milliseconds + hold, holding),
      estimated,
    };
  }

  /** The records. */
  async *[Symbol.asyncIterator](): AsyncGenerator<ScanRecord, void, void> {
    try {
      for (let records; (records = await this.#records.take()) !== null;) {
        for (const record of records) yield record;
      }
    } finally {
      this.#abandoned.abort();
    }
  }

  #add(target: Target): void {
    if (this.#signal.aborted) return;
    if (target.network === null) this.#names.add(target);
    else this.#addAddress(target);
  }

  /** Dials an address unless another target gave it already. */
  #addAddress(target: AddressTarget): void {
    const { networks, dials } = this.#settings;
    if (this.#signal.aborted || !networks.some((network) => network === target.network)) return;
    if (dials?.(target) === false) return;
    if (this.#known.addIfNew(this.#addressOf(target))) this.#peers.add(target);
  }

  async #resolve(target: NameTarget): Promise<void> {
    const started = this.#namePace.start(this.#io.clock.now());
    const { text, port } = target;
    const dial = (hosts: readonly Host[]) => {
      for (const { network, host } of hosts) this.#addAddress({ text, network, host, port });
    };
    try {
      const resolution = await resolveName(target.host, this.#settings, this.#io, dial, this.#signal);
      this.#settings.onResolved?.(target.text, resolution);
      await this.#records.put(seedRecord(target.text, resolution));
    } catch (error) {
      if (!this.#signal.aborted) throw error;
    } finally {
      this.#namePace.end(this.#io.clock.now(), started);
    }
  }

  #shakeHands(target: AddressTarget): Promise<void> {
    const started = this.#peerPace.start(this.#io.clock.now());
    const address = this.#addressOf(target);
    return this.#initiator.shakeHands(address).then((outcome) => {
      const now = this.#io.clock.now();
      this.#peerPace.end(now, started);
      const record = peerRecord(target.text, address, outcome);
      if (record.success) this.#lastSuccess = now;
      this.#count(record);
      return this.#records.put(record);
    }, (error) => {
      this.#peerPace.end(this.#io.clock.now(), started);
      if (!this.#signal.aborted) throw error;
    });
  }

  #addressOf({ network, host, port }: AddressTarget): Address {
    return { network, host, port: port ?? this.#settings.port };
  }

  #count({ error, verack }: PeerRecord): void {
    if (error === null) {
      this.#success++;
      if (!verack) this.#verackMissing++;
    } else {
      this.#failure++;
      this.#errors[error.code] = (this.#errors[error.code] ?? 0) + 1;
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
    this.#records.put(this.#summary());
    await this.#initiator.closed();
    this.#initiator[Symbol.dispose]();
    this.#signal.removeEventListener("abort", this.#stop);
    this.#records.close();
  }

  #summary(): SummaryRecord {
    return {
      type: "summary",
      chain: this.#settings.chain.name,
      targets: this.#targetCount,
      peers: this.#success + this.#failure,
      success: this.#success,
      failure: this.#failure,
      verack_missing: this.#verackMissing,
      errors: this.#errors,
      elapsed_ms: Math.round(this.#io.clock.now() - this.#startedAt),
      interrupted: this.#signal.aborted,
    };
  }
}
