/**
 * What the names resolved to, and how the peers of each did.
 *
 * @module
 */

import { parseAddress } from "../../address/address.ts";
import { parseIpHost } from "../../address/host.ts";
import type { IpNetwork } from "../../address/network.ts";
import { median } from "../../audit/statistics.ts";
import type { PeerRecord } from "../records/peer.ts";
import type { SeedRecord } from "../records/seed.ts";
import { shareBar } from "./bars.ts";
import { type Html, html } from "./escape.ts";
import { formatCount, formatTenths } from "./stats.ts";
import { type Column, wideTable } from "./table.ts";
import { breakable } from "./text.ts";

/** So many names are listed, the worst first. */
const MAX_SEEDS = 500;

/** A name with the records of its addresses. */
interface SeedPeers {
  readonly seed: SeedRecord;
  readonly dialled: number;
  readonly succeeded: readonly PeerRecord[];
}

const COLUMNS: readonly Column<SeedPeers>[] = [
  { label: "Name", cell: ({ seed }) => breakable(seed.target) },
  { label: "Success rate", cell: ({ succeeded, dialled }) => shareBar(succeeded.length, dialled) },
  { label: "Shook hands", numeric: true, cell: ({ succeeded }) => succeeded.length },
  { label: "Dialled", numeric: true, cell: ({ dialled }) => dialled },
  { label: "IPv4", numeric: true, cell: ({ seed }) => countNetwork(seed, "ipv4") },
  { label: "IPv6", numeric: true, cell: ({ seed }) => countNetwork(seed, "ipv6") },
  {
    label: "Median handshake, ms",
    numeric: true,
    cell: ({ succeeded }) => formatTenths(median(succeeded.map(({ handshake_ms }) => handshake_ms))),
  },
];

/** The names that stand for several peers, if any does: what a name for one has to say, its peer says. */
export function seedsWithPeers(seeds: readonly SeedRecord[]): SeedRecord[] {
  return seeds.some(({ addresses }) => addresses.length > 1)
    ? seeds.filter(({ addresses }) => addresses.length > 0)
    : [];
}

/** The table of names, the worst first. */
export function seedTable(seeds: readonly SeedRecord[], peers: readonly PeerRecord[]): Html {
  const all = peersOfSeeds(seeds, peers).toSorted((a, b) => successRate(a) - successRate(b));
  const listed = all.slice(0, MAX_SEEDS);
  const left = all.length - listed.length;
  return html`
    <p>The worst first. A peer that several names gave was dialled once, and counts for each of them.${left > 0
      ? ` Listed are the worst ${formatCount(listed.length)} of ${formatCount(all.length)} names.`
      : ""}</p>
    ${wideTable({ caption: "Names, and how their peers did", columns: COLUMNS, rows: listed, kind: "sortable" })}
  `;
}

/** A name of which no peer was dialled comes last. */
function successRate({ dialled, succeeded }: SeedPeers): number {
  return dialled === 0 ? 1 : succeeded.length / dialled;
}

/** Each name's peers: those that were dialled for it, and else those of its addresses that were dialled for another. */
function peersOfSeeds(seeds: readonly SeedRecord[], peers: readonly PeerRecord[]): SeedPeers[] {
  const byAddress = new Map<string, PeerRecord>();
  for (const peer of peers) {
    const ip = parseAddress(peer.addr)?.host ?? peer.addr;
    byAddress.set(`${peer.target} ${ip}`, peer);
    if (!byAddress.has(ip)) byAddress.set(ip, peer);
  }
  return seeds.map((seed) => {
    const own = seed.addresses
      .map((ip) => byAddress.get(`${seed.target} ${ip}`) ?? byAddress.get(ip))
      .filter((peer) => peer !== undefined);
    return { seed, dialled: own.length, succeeded: own.filter(({ success }) => success) };
  });
}

function countNetwork({ addresses }: SeedRecord, network: IpNetwork): number {
  return addresses.filter((ip) => parseIpHost(ip)?.network === network).length;
}
