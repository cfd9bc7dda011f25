/**
 * What an audit finds out about each seed from DNS answers and peers.
 *
 * @module
 */

import { AddressTable } from "../address/address_table.ts";
import type { Host } from "../address/host.ts";
import { formatNetworkGroup, networkGroup } from "../address/network_group.ts";
import type { IpNetwork, Network } from "../address/network.ts";
import { whyUnroutable } from "../address/routability.ts";
import type { Resolution } from "../net/dns.ts";
import { normalName } from "../net/special_names.ts";
import { serviceFlags } from "../wire/services.ts";
import type { AuditedPeer } from "./peer.ts";
import { hasRoute } from "./routes.ts";
import type { Percentiles, QueryResult, SeedFigures } from "./result.ts";
import { type AuditedSeed, type QueriedName, queriedNames } from "./seeds.ts";
import { median, percentile, tally } from "./statistics.ts";

/** A peer is behind if it is more than this many blocks below the median height: a day's blocks. */
export const MAX_BLOCKS_BEHIND = 144;

const NETWORKS: readonly IpNetwork[] = ["ipv4", "ipv6"];

const P2P_V2 = serviceFlags("P2P_V2");

/** What an audit has seen. */
export interface Evidence {
  /** The answers so far, by name in its {@linkcode normalName}. */
  readonly answers: ReadonlyMap<string, Resolution>;
  /** The peers so far, by IP address. */
  readonly peers: ReadonlyMap<string, AuditedPeer>;
  /** The families that this machine has no route to. */
  readonly noRoute: ReadonlySet<Network>;
  /** Whether the audit was interrupted. */
  readonly interrupted: boolean;
}

/** What was found out about a seed, before it is judged. */
export interface Findings {
  /** The figures that the verdict is based on. */
  readonly figures: SeedFigures;
  /** The families for which a query failed or may be unfinished, so that it is unknown which addresses the seed has. */
  readonly unanswered: ReadonlySet<Network>;
  /** The netgroup with the most addresses, and how many; `undefined` if there are no addresses. */
  readonly largestNetgroup: readonly [netgroup: string, count: number] | undefined;
  /** An unroutable address, and why; `undefined` if there is none. */
  readonly unroutable: readonly [ip: string, why: string] | undefined;
}

interface Query extends QueriedName {
  readonly answer: Resolution;
}

/**
 * The findings for every seed about which something is known (an address, or that none of its names has one), in the
 * order of the seeds.
 */
export function examine(seeds: readonly AuditedSeed[], evidence: Evidence): Findings[] {
  const { answers, peers, noRoute, interrupted } = evidence;
  const answered = seeds.flatMap((seed) => {
    const queries = answeredQueries(seed, answers);
    const isKnown = addressesOf(queries).length > 0 || queries.length === queriedNames(seed).length;
    return isKnown ? [{ name: seed.name, queries }] : [];
  });
  const givers = tally(answered.flatMap(({ queries }) => addressesOf(queries)).map(({ host }) => host));
  const shared = new Set(givers.flatMap(([ip, count]) => count > 1 ? ip : []));
  const minHeight = (median(heights([...peers.values()])) ?? 0) - MAX_BLOCKS_BEHIND;
  return answered.map(({ name, queries }) => {
    const addresses = addressesOf(queries);
    const dialled = peersAt(addresses, peers).filter((peer) => hasRoute(peer, noRoute));
    const netgroups = tally(addresses.map((host) => formatNetworkGroup(networkGroup(host))).toSorted());
    const unroutable = addresses.flatMap((address) => {
      const why = whyUnroutable(address);
      return why === undefined ? [] : [[address.host, why] as const];
    });
    const withoutRoute = peersAt(addresses, peers).length - dialled.length;
    return {
      figures: {
        seed: name,
        partial: interrupted || withoutRoute > 0 && dialled.length === 0,
        queries: queries.map((query) => queryResult(query, evidence)),
        addresses: addresses.length,
        ...countFamilies(addresses),
        unroutable: unroutable.length,
        noRoute: withoutRoute,
        shared: addresses.filter(({ host }) => shared.has(host)).length,
        netgroups: netgroups.length,
        ...peerFigures(dialled, minHeight),
      },
      unanswered: new Set(interrupted ? NETWORKS : queries.flatMap(({ answer }) => failedNetworks(answer))),
      largestNetgroup: netgroups[0],
      unroutable: unroutable[0],
    };
  });
}

/** The figures about the peers that were dialled. */
function peerFigures(peers: readonly AuditedPeer[], minHeight: number) {
  const successful = peers.filter(succeeded);
  return {
    success: successful.length,
    failure: peers.length - successful.length,
    errors: new Map(tally(peers.flatMap(({ error }) => error?.code ?? []).toSorted())),
    behind: heights(successful).filter((height) => height < minHeight).length,
    medianHeight: median(heights(successful)),
    v2: successful.filter(({ services }) => hasAll(services, P2P_V2)).length,
    userAgents: tally(successful.map(({ userAgent }) => userAgent).toSorted()),
    connectTime: percentiles(successful.flatMap(({ connectTime }) => connectTime ?? [])),
    handshakeTime: percentiles(successful.map(({ handshakeTime }) => handshakeTime)),
  };
}

/** The queries of a seed that have been answered, its own name first. */
function answeredQueries(seed: AuditedSeed, answers: Evidence["answers"]): Query[] {
  return queriedNames(seed).flatMap(({ name, serviceBits }) => {
    const answer = answers.get(normalName(name));
    return answer === undefined ? [] : [{ name, serviceBits, answer }];
  });
}

function failedNetworks({ failures }: Resolution): Network[] {
  return failures.map(({ network }) => network);
}

/** The distinct addresses of all names. */
function addressesOf(queries: readonly Query[]): Host[] {
  const known = new AddressTable();
  return queries.flatMap(({ answer }) => answer.addresses.filter((host) => known.addIfNew({ ...host, port: 0 })));
}

function peersAt(addresses: readonly Host[], peers: Evidence["peers"]): AuditedPeer[] {
  return addresses.map(({ host }) => peers.get(host)).filter((peer) => peer !== undefined);
}

function queryResult({ name, serviceBits, answer }: Query, { peers, noRoute }: Evidence): QueryResult {
  const { addresses, error, failures, elapsed } = answer;
  const named = peersAt(addresses, peers);
  const successful = named.filter(succeeded);
  return {
    name,
    serviceBits,
    addresses: addresses.length,
    ...countFamilies(addresses),
    reachable: addresses.length - named.filter((peer) => !hasRoute(peer, noRoute)).length,
    success: successful.length,
    matching: successful.filter(({ services }) => hasAll(services, serviceBits ?? 0n)).length,
    elapsed,
    error: error ?? failures[0]?.error ?? null,
  };
}

function succeeded({ error }: AuditedPeer): boolean {
  return error === null;
}

function hasAll(services: bigint, bits: bigint): boolean {
  return (services & bits) === bits;
}

function countFamilies(addresses: readonly Host[]): { ipv4: number; ipv6: number } {
  const ipv4 = addresses.filter(({ network }) => network === "ipv4").length;
  return { ipv4, ipv6: addresses.length - ipv4 };
}

/** The heights of the peers that shook hands and announced one. */
function heights(peers: readonly AuditedPeer[]): number[] {
  return peers.filter(succeeded).flatMap(({ startHeight }) => startHeight ?? []);
}

function percentiles(values: readonly number[]): Percentiles {
  return { p50: percentile(values, 50), p90: percentile(values, 90) };
}
