/**
 * What the names resolved to, and how their peers did.
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

/** How many names are listed, worst first. */
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

/** All names with addresses if any has several; none otherwise, as the list of peers says the same. */
export function seedsWithPeers(seeds: readonly SeedRecord[]): SeedRecord[] {
  return seeds.some(({ addresses }) => addresses.length > 1)
    ? seeds.filter(({ addresses }) => addresses.length > 0)
    : [];
}

/** The table of names, worst first. */
export function seedTable(seeds: readonly SeedRecord[], peers: readonly PeerRecord[]): Html {
  const all = peersOfSeeds(seeds, peers).toSorted((a, b) => successRate(a) - successRate(b));
  const listed = all.slice(0, MAX_SEEDS);
  const left = all.length - listed.length;
  return html`
    <p>Worst first. A peer of several names was dialled once, and counts for each of them.${left > 0
      ? ` These are the worst ${formatCount(listed.length)} of ${formatCount(all.length)} names.`
      : ""}</p>
    ${wideTable({ caption: "Names, and how their peers did", columns: COLUMNS, rows: listed, kind: "sortable" })}
  `;
}

/** A name without dialled peers comes last. */
function successRate({ dialled, succeeded }: SeedPeers): number {
  return dialled === 0 ? Infinity : succeeded.length / dialled;
}

/** Each name's peers: for each of its addresses, the peer dialled for this name or else for another one. */
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
