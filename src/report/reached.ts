/**
 * What the peers that shook hands announce, counted as they come: there may be many.
 *
 * @module
 */

import { median } from "../audit/statistics.ts";
import type { PeerRecord } from "./records/peer.ts";

/** The peers of one network that shook hands. */
export interface ReachedNetwork {
  /** How many they are: fewer than the summary counts if it is that of a run whose first part was another process. */
  readonly count: number;
  /** How many announce the v2 transport (BIP 324). */
  readonly v2: number;
  /** The median of the heights that they announce; `null` if none does. */
  readonly medianHeight: number | null;
}

/** How many user agents are told apart: peers can make up any number of them. */
const MAX_USER_AGENTS = 10_000;

/** Counts the peers that shook hands. */
export class Reached {
  readonly #counts = new Map<PeerRecord["network"], number>();
  readonly #v2 = new Map<PeerRecord["network"], number>();
  readonly #heights = new Map<PeerRecord["network"], number[]>();
  readonly #userAgents = new Map<string, number>();

  /** Counts a peer; one that failed counts for nothing. */
  add({ success, network, servicesnames, startingheight, subver }: PeerRecord): void {
    if (!success) return;
    countOne(this.#counts, network);
    if (servicesnames?.includes("P2P_V2")) countOne(this.#v2, network);
    if (startingheight !== null) {
      const heights = this.#heights.get(network) ?? [];
      heights.push(startingheight);
      this.#heights.set(network, heights);
    }
    const userAgent = userAgentLabel(subver);
    const count = this.#userAgents.get(userAgent);
    if (count !== undefined || this.#userAgents.size < MAX_USER_AGENTS) {
      this.#userAgents.set(userAgent, (count ?? 0) + 1);
    }
  }

  /** The peers of a network. */
  of(network: PeerRecord["network"]): ReachedNetwork {
    return {
      count: this.#counts.get(network) ?? 0,
      v2: this.#v2.get(network) ?? 0,
      medianHeight: median(this.#heights.get(network) ?? []),
    };
  }

  /** All of them. */
  get all(): ReachedNetwork {
    return { count: sum(this.#counts), v2: sum(this.#v2), medianHeight: median([...this.#heights.values()].flat()) };
  }

  /** The user agents with their counts, most frequent first: the first 10,000 that came. */
  get userAgents(): (readonly [userAgent: string, count: number])[] {
    return [...this.#userAgents].toSorted(([, a], [, b]) => b - a);
  }
}

/** How a user agent is listed: there may be none, as of a peer that sent no version, or an empty one. */
export function userAgentLabel(subver: PeerRecord["subver"]): string {
  return subver === "" ? "(empty)" : subver ?? "(none)";
}

function countOne<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sum(counts: ReadonlyMap<unknown, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
