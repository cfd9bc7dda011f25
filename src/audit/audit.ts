/**
 * The audit of DNS seeds: every name is resolved, every distinct address dialled once, and every seed judged.
 *
 * @module
 */

import type { Host } from "../address/host.ts";
import type { Network } from "../address/network.ts";
import { whyUnroutable } from "../address/routability.ts";
import type { Resolution } from "../net/dns.ts";
import type { Io } from "../net/io.ts";
import type { HandshakeListeners } from "../net/settings.ts";
import { normalName } from "../net/special_names.ts";
import type { ScanResult } from "../scan/result.ts";
import { Scan, type ScanProgress, type ScanSettings } from "../scan/scan.ts";
import type { Target } from "../scan/target.ts";
import { type AuditedPeer, auditedPeer } from "./peer.ts";
import type { AuditResult } from "./result.ts";
import { networksWithoutRoute } from "./routes.ts";
import { type AuditedSeed, queriedNames } from "./seeds.ts";

/** Callbacks for what the results of an audit do not say. */
export interface AuditListeners extends HandshakeListeners {
  /** Called once, before the seeds are judged, with the families that this machine has no route to, if any. */
  readonly onNoRoute?: (networks: ReadonlySet<Network>) => void;
}

/** How to audit. */
export interface AuditSettings extends ScanSettings, AuditListeners {
  /**
   * Whether addresses that are not routable on the public internet are dialled, and not a reason to warn; never through a
   * proxy.
   */
  readonly includeUnroutable: boolean;
}

/** Any result of an audit. */
export type AnyAuditResult = ScanResult | AuditResult;

/**
 * A running audit. Iterate it once for its results: a `seed` when a name is resolved, a `peer` when its handshake is
 * over, then an `audit` for each seed, and the `summary` last. When the signal aborts, whatever is in flight is
 * dropped, and the seeds are judged by what is known so far; a seed about which nothing is known has no result.
 */
export class Audit implements AsyncIterable<AnyAuditResult> {
  readonly #seeds: readonly AuditedSeed[];
  readonly #settings: AuditSettings;
  readonly #scan: Scan;
  readonly #answers = new Map<string, Resolution>();
  readonly #peers = new Map<string, AuditedPeer>();

  /** Starts at once. A seed given twice, even in two spellings, is audited once. */
  constructor(seeds: readonly AuditedSeed[], settings: AuditSettings, io: Io, signal?: AbortSignal) {
    this.#seeds = distinct(seeds, ({ name }) => normalName(name));
    // A proxy has its own network, which we have not been asked to probe.
    const includeUnroutable = settings.includeUnroutable && settings.proxy === undefined;
    this.#settings = { ...settings, includeUnroutable, resolvesNames: true };
    const isWanted = (host: Host) => includeUnroutable || whyUnroutable(host) === undefined;
    const dials = (host: Host) => isWanted(host) && settings.dials?.(host) !== false;
    this.#scan = new Scan(targetsOf(this.#seeds), { ...this.#settings, dials }, io, signal);
  }

  /** The progress so far. */
  get progress(): ScanProgress {
    return this.#scan.progress;
  }

  /** The results. */
  async *[Symbol.asyncIterator](): AsyncGenerator<AnyAuditResult, void, void> {
    for await (const result of this.#scan) {
      switch (result.type) {
        case "seed":
          this.#answers.set(normalName(result.target), result.resolution);
          yield result;
          break;
        case "peer":
          this.#peers.set(result.address.host, auditedPeer(result));
          yield result;
          break;
        case "summary":
          yield* this.#judgements(result.interrupted);
          yield { ...result, targets: this.#seeds.length };
      }
    }
  }

  async *#judgements(interrupted: boolean): AsyncGenerator<AuditResult, void, void> {
    // Loaded on demand, as most users of the library never audit.
    const [{ examine }, { judge }] = await Promise.all([import("./findings.ts"), import("./judge.ts")]);
    const noRoute = networksWithoutRoute(this.#peers);
    if (noRoute.size > 0) this.#settings.onNoRoute?.(noRoute);
    const evidence = { answers: this.#answers, peers: this.#peers, noRoute, interrupted };
    for (const findings of examine(this.#seeds, evidence)) yield judge(findings, this.#settings);
  }
}

/** All distinct names to resolve, the seeds' own first, so that slow answers for subdomains hold up no seed. */
function targetsOf(seeds: readonly AuditedSeed[]): Target[] {
  const names = seeds.map(queriedNames);
  const ownFirst = [...names.flatMap((all) => all.slice(0, 1)), ...names.flat()];
  return distinct(ownFirst, ({ name }) => normalName(name))
    .map(({ name }) => ({ text: name, network: null, host: name, port: null }));
}

/** The values without those whose key occurred before. */
function distinct<T>(values: readonly T[], key: (value: T) => string): T[] {
  return [...Map.groupBy(values, key).values()].flatMap((same) => same.slice(0, 1));
}
