/**
 * What an audit has found out about each seed, from the answers of name servers and the records of peers.
 *
 * @module
 */

import { type Host, parseHost } from "../address/host.ts";
import { formatNetworkGroup, networkGroup } from "../address/network_group.ts";
import { whyUnroutable } from "../address/routability.ts";
import type { ErrorCode, ErrorRecord } from "../net/errors.ts";
import type { PeerRecord } from "../scan/record.ts";
import type { AuditRecord, Percentiles, QueryRecord } from "./record.ts";
import { type AuditedSeed, normalName, type QueriedName, queriedNames } from "./seeds.ts";
import { frequencies, median, percentile } from "./statistics.ts";

/** A peer so many blocks under the median height is not behind yet: a day's blocks. */
export const MAX_BLOCKS_BEHIND = 144;

/** How a name was answered. */
export interface Answer {
  /** Its IP addresses, each once. */
  readonly addresses: readonly string[];
  /** Why there is none. */
  readonly error: ErrorRecord | null;
  /** How long it took, in milliseconds. */
  readonly elapsed: number;
}

/** What an audit has seen. */
export interface Evidence {
  /** The answers so far, by name in its {@linkcode normalName}. */
  readonly answers: ReadonlyMap<string, Answer>;
  /** The records so far, by IP address. */
  readonly peers: ReadonlyMap<string, PeerRecord>;
}

/** What a subdomain for service bits gave. */
export interface SubdomainFindings {
  /** Its name. */
  readonly name: string;
  /** How many of its peers shook hands. */
  readonly success: number;
  /** How many of these announce all the bits. */
  readonly matching: number;
}

/** What was found out about a seed, not judged yet. */
export interface Findings {
  /** The record, as far as it is no judgement. */
  readonly record: Omit<AuditRecord, "verdict" | "reasons">;
  /** The subdomains that gave peers that shook hands. */
  readonly subdomains: readonly SubdomainFindings[];
  /** The netgroup with the most addresses, and how many; `undefined` without an address. */
  readonly largestNetgroup: readonly [netgroup: string, count: number] | undefined;
  /** An address that is not routable, and why; `undefined` when all are. */
  readonly unroutable: readonly [ip: string, why: string] | undefined;
}

interface Query extends QueriedName {
  readonly answer: Answer;
}

/**
 * The findings of every seed of which something is known, in the order of the seeds: an address, or that none of its names
 * has one.
 */
export function examine(seeds: readonly AuditedSeed[], { answers, peers }: Evidence): Findings[] {
  const answered = seeds.flatMap((seed) => {
    const queries = answeredQueries(seed, answers);
    const isKnown = addressesOf(queries).length > 0 || queries.length === queriedNames(seed).length;
    return isKnown ? [{ name: seed.name, queries }] : [];
  });
  const givers = frequencies(answered.flatMap(({ queries }) => addressesOf(queries)));
  const shared = new Set(givers.flatMap(([ip, count]) => count > 1 ? ip : []));
  const minHeight = (median(heights([...peers.values()])) ?? 0) - MAX_BLOCKS_BEHIND;
  return answered.map(({ name, queries }) => {
    const addresses = addressesOf(queries);
    const netgroups = frequencies(addresses.map((ip) => formatNetworkGroup(networkGroup(hostAt(ip)))));
    const unroutable = addresses.flatMap((ip) => {
      const why = whyUnroutable(hostAt(ip));
      return why === undefined ? [] : [[ip, why] as const];
    });
    return {
      record: {
        type: "audit",
        seed: name,
        queries: queries.map((query) => queryRecord(query, peers)),
        addresses: addresses.length,
        ...countFamilies(addresses),
        unroutable: unroutable.length,
        shared: addresses.filter((ip) => shared.has(ip)).length,
        netgroups: netgroups.length,
        ...peerFigures(peersAt(addresses, peers), minHeight),
      },
      subdomains: queries.flatMap((query) => subdomainFindings(query, peers)),
      largestNetgroup: netgroups[0],
      unroutable: unroutable[0],
    };
  });
}

/** What a record says of the peers that were dialled. */
function peerFigures(peers: readonly PeerRecord[], minHeight: number) {
  const successful = peers.filter(({ success }) => success);
  return {
    success: successful.length,
    failure: peers.length - successful.length,
    success_rate: peers.length === 0 ? null : Math.round(successful.length / peers.length * 1e4) / 1e4,
    errors: countErrors(peers),
    behind: heights(successful).filter((height) => height < minHeight).length,
    median_height: median(heights(successful)),
    v2: successful.filter(({ servicesnames }) => servicesnames?.includes("P2P_V2")).length,
    user_agents: frequencies(successful.map(({ subver }) => subver ?? "")),
    connect_ms: percentiles(successful.flatMap(({ connect_ms }) => connect_ms ?? [])),
    handshake_ms: percentiles(successful.map(({ handshake_ms }) => handshake_ms)),
  };
}

/** Those of a seed's names that have been answered, its own first. */
function answeredQueries(seed: AuditedSeed, answers: Evidence["answers"]): Query[] {
  return queriedNames(seed).flatMap(({ name, serviceBits }) => {
    const answer = answers.get(normalName(name));
    return answer === undefined ? [] : [{ name, serviceBits, answer }];
  });
}

function addressesOf(queries: readonly Query[]): string[] {
  return [...new Set(queries.flatMap(({ answer }) => answer.addresses))];
}

function peersAt(addresses: readonly string[], peers: Evidence["peers"]): PeerRecord[] {
  return addresses.map((ip) => peers.get(ip)).filter((peer) => peer !== undefined);
}

function queryRecord(query: Query, peers: Evidence["peers"]): QueryRecord {
  const { name, serviceBits, answer: { addresses, error, elapsed } } = query;
  const { ipv4, ipv6 } = countFamilies(addresses);
  return {
    name,
    service_bits: serviceBits?.toString(16).padStart(16, "0") ?? null,
    a: ipv4,
    aaaa: ipv6,
    elapsed_ms: Math.round(elapsed * 10) / 10,
    matching: serviceBits === null ? null : matching(serviceBits, peersAt(addresses, peers)),
    error,
  };
}

function subdomainFindings({ name, serviceBits, answer }: Query, peers: Evidence["peers"]): SubdomainFindings[] {
  if (serviceBits === null) return [];
  const successful = peersAt(answer.addresses, peers).filter(({ success }) => success);
  return successful.length === 0
    ? []
    : [{ name, success: successful.length, matching: matching(serviceBits, successful) }];
}

/** How many of the peers that shook hands announce all these bits. */
function matching(serviceBits: bigint, peers: readonly PeerRecord[]): number {
  return peers.filter(({ success, services }) => {
    return success && services !== null && (BigInt(`0x${services}`) & serviceBits) === serviceBits;
  }).length;
}

function countFamilies(addresses: readonly string[]): { ipv4: number; ipv6: number } {
  const ipv4 = addresses.filter((ip) => hostAt(ip).network === "ipv4").length;
  return { ipv4, ipv6: addresses.length - ipv4 };
}

function countErrors(peers: readonly PeerRecord[]): AuditRecord["errors"] {
  const errors: { [C in ErrorCode]?: number } = {};
  for (const [code, count] of frequencies(peers.flatMap(({ error }) => error?.code ?? []))) errors[code] = count;
  return errors;
}

/** The heights of the peers that shook hands and told theirs. */
function heights(peers: readonly PeerRecord[]): number[] {
  return peers.flatMap(({ success, startingheight }) => success ? startingheight ?? [] : []);
}

function percentiles(values: readonly number[]): Percentiles {
  return { p50: percentile(values, 50), p90: percentile(values, 90) };
}

/** The host at an IP address. */
function hostAt(ip: string): Host {
  const host = parseHost(ip);
  if (host === undefined) throw new TypeError(`Cannot judge ${ip}: expected an IP address`);
  return host;
}
