/**
 * What an audit has found out about each seed, from the answers of name servers and the records of peers.
 *
 * @module
 */

import { AddressTable } from "../address/address_table.ts";
import type { Host } from "../address/host.ts";
import { formatNetworkGroup, networkGroup } from "../address/network_group.ts";
import type { IpNetwork, Network } from "../address/network.ts";
import { whyUnroutable } from "../address/routability.ts";
import type { Resolution } from "../net/dns.ts";
import type { ErrorCode } from "../net/errors.ts";
import type { PeerRecord } from "../scan/record.ts";
import type { AuditRecord, Percentiles, QueryRecord } from "./record.ts";
import { type AuditedSeed, normalName, type QueriedName, queriedNames } from "./seeds.ts";
import { frequencies, median, percentile } from "./statistics.ts";

/** A peer so many blocks under the median height is not behind yet: a day's blocks. */
export const MAX_BLOCKS_BEHIND = 144;

const NETWORKS: readonly IpNetwork[] = ["ipv4", "ipv6"];

/** What an audit has seen. */
export interface Evidence {
  /** The answers so far, by name in its {@linkcode normalName}. */
  readonly answers: ReadonlyMap<string, Resolution>;
  /** The records so far, by IP address. */
  readonly peers: ReadonlyMap<string, PeerRecord>;
  /** The families that this machine has no way to. */
  readonly noRoute: ReadonlySet<Network>;
  /** Whether there would have been more to see. */
  readonly interrupted: boolean;
}

/** What one name of a seed gave. */
export interface NameFindings extends QueriedName {
  /** How many addresses. */
  readonly addresses: number;
  /** How many of these are of a family that this machine has a way to. */
  readonly reachable: number;
  /** How many of its peers shook hands. */
  readonly success: number;
  /** How many of these announce all its service bits. */
  readonly matching: number;
}

/** What was found out about a seed, not judged yet. */
export interface Findings {
  /** The record, as far as it is no judgement. */
  readonly record: Omit<AuditRecord, "verdict" | "reasons">;
  /** Its names that have been answered, its own first. */
  readonly names: readonly NameFindings[];
  /** The families of which a query failed, or may not be over, so that it is not known what the seed has of them. */
  readonly unanswered: ReadonlySet<Network>;
  /** The netgroup with the most addresses, and how many; `undefined` without an address. */
  readonly largestNetgroup: readonly [netgroup: string, count: number] | undefined;
  /** An address that is not routable, and why; `undefined` when all are. */
  readonly unroutable: readonly [ip: string, why: string] | undefined;
}

interface Query extends QueriedName {
  readonly answer: Resolution;
}

/**
 * The findings of every seed of which something is known, in the order of the seeds: an address, or that none of its names
 * has one.
 */
export function examine(seeds: readonly AuditedSeed[], evidence: Evidence): Findings[] {
  const { answers, peers, noRoute, interrupted } = evidence;
  const answered = seeds.flatMap((seed) => {
    const queries = answeredQueries(seed, answers);
    const isKnown = addressesOf(queries).length > 0 || queries.length === queriedNames(seed).length;
    return isKnown ? [{ name: seed.name, queries }] : [];
  });
  const givers = frequencies(answered.flatMap(({ queries }) => addressesOf(queries)).map(({ host }) => host));
  const shared = new Set(givers.flatMap(([ip, count]) => count > 1 ? ip : []));
  const minHeight = (median(heights([...peers.values()])) ?? 0) - MAX_BLOCKS_BEHIND;
  return answered.map(({ name, queries }) => {
    const addresses = addressesOf(queries);
    const dialled = peersAt(addresses, peers).filter(({ network }) => !noRoute.has(network));
    const netgroups = frequencies(addresses.map((host) => formatNetworkGroup(networkGroup(host))));
    const unroutable = addresses.flatMap((address) => {
      const why = whyUnroutable(address);
      return why === undefined ? [] : [[address.host, why] as const];
    });
    const withoutRoute = peersAt(addresses, peers).length - dialled.length;
    return {
      record: {
        type: "audit",
        seed: name,
        partial: interrupted || withoutRoute > 0 && dialled.length === 0,
        queries: queries.map((query) => queryRecord(query, peers)),
        addresses: addresses.length,
        ...countFamilies(addresses),
        unroutable: unroutable.length,
        no_route: withoutRoute,
        shared: addresses.filter(({ host }) => shared.has(host)).length,
        netgroups: netgroups.length,
        ...peerFigures(dialled, minHeight),
      },
      names: queries.map((query) => nameFindings(query, evidence)),
      unanswered: new Set(interrupted ? NETWORKS : queries.flatMap(({ answer }) => failedNetworks(answer))),
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

function failedNetworks({ failures }: Resolution): Network[] {
  return failures.map(({ network }) => network);
}

/** What the names gave, each address once. */
function addressesOf(queries: readonly Query[]): Host[] {
  const known = new AddressTable();
  return queries.flatMap(({ answer }) => answer.addresses.filter((host) => known.addIfNew({ ...host, port: 0 })));
}

function peersAt(addresses: readonly Host[], peers: Evidence["peers"]): PeerRecord[] {
  return addresses.map(({ host }) => peers.get(host)).filter((peer) => peer !== undefined);
}

function queryRecord(query: Query, peers: Evidence["peers"]): QueryRecord {
  const { name, serviceBits, answer: { addresses, error, failures, elapsed } } = query;
  const { ipv4, ipv6 } = countFamilies(addresses);
  return {
    name,
    service_bits: serviceBits?.toString(16).padStart(16, "0") ?? null,
    a: ipv4,
    aaaa: ipv6,
    elapsed_ms: Math.round(elapsed * 10) / 10,
    matching: serviceBits === null ? null : matching(serviceBits, peersAt(addresses, peers)),
    error: error ?? failures[0]?.error ?? null,
  };
}

function nameFindings({ name, serviceBits, answer }: Query, { peers, noRoute }: Evidence): NameFindings {
  const named = peersAt(answer.addresses, peers);
  return {
    name,
    serviceBits,
    addresses: answer.addresses.length,
    reachable: answer.addresses.length - named.filter(({ network }) => noRoute.has(network)).length,
    success: named.filter(({ success }) => success).length,
    matching: matching(serviceBits ?? 0n, named),
  };
}

/** How many of the peers that shook hands announce all these bits. */
function matching(serviceBits: bigint, peers: readonly PeerRecord[]): number {
  return peers.filter(({ success, services }) => {
    return success && services !== null && (BigInt(`0x${services}`) & serviceBits) === serviceBits;
  }).length;
}

function countFamilies(addresses: readonly Host[]): { ipv4: number; ipv6: number } {
  const ipv4 = addresses.filter(({ network }) => network === "ipv4").length;
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
