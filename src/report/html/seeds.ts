/**
 * What the names resolved to, and how the peers of each did.
 *
 * @module
 */

import { median } from "../../audit/statistics.ts";
import type { PeerRecord, SeedRecord } from "../../scan/record.ts";
import { shareBar } from "./bars.ts";
import { type Html, html } from "./escape.ts";
import { formatCount, formatTenths } from "./stats.ts";
import { wideTable } from "./table.ts";
import { cut } from "./text.ts";

/** So many names are listed, the worst first. */
const MAX_SEEDS = 500;

const COLUMNS = [
  { label: "Name" },
  { label: "Success rate" },
  { label: "Shook hands", numeric: true },
  { label: "Dialled", numeric: true },
  { label: "IPv4", numeric: true },
  { label: "IPv6", numeric: true },
  { label: "Median handshake, ms", numeric: true },
  { label: "Error" },
];

/** A name with the records of its addresses. */
interface SeedPeers {
  readonly seed: SeedRecord;
  readonly dialled: number;
  readonly succeeded: readonly PeerRecord[];
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
    ${wideTable({
      caption: "Names, and how their peers did",
      columns: COLUMNS,
      rows: listed.map(seedRow),
      kind: "sortable",
    })}
  `;
}

/** One without any peer is worse than one whose peers all fail. */
function successRate({ seed, dialled, succeeded }: SeedPeers): number {
  if (seed.error !== null) return -1;
  return dialled === 0 ? 1 : succeeded.length / dialled;
}

/** Each name's peers: those that were dialled for it, and else those of its addresses that were dialled for another. */
function peersOfSeeds(seeds: readonly SeedRecord[], peers: readonly PeerRecord[]): SeedPeers[] {
  const byAddress = new Map<string, PeerRecord>();
  for (const peer of peers) {
    const ip = ipOf(peer.addr);
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

/** The IP address in `1.2.3.4:8333` or `[2001:db8::1]:8333`. */
function ipOf(addr: string): string {
  return addr.slice(0, addr.lastIndexOf(":")).replace(/^\[|\]$/g, "");
}

function seedRow({ seed, dialled, succeeded }: SeedPeers): Html {
  const ipv6 = seed.addresses.filter((ip) => ip.includes(":")).length;
  return html`
    <tr>
      <th scope="row">${seed.target}</th>
      <td>${shareBar(succeeded.length, dialled)}</td>
      <td class="n">${succeeded.length}</td>
      <td class="n">${dialled}</td>
      <td class="n">${seed.addresses.length - ipv6}</td>
      <td class="n">${ipv6}</td>
      <td class="n">${formatTenths(median(succeeded.map(({ handshake_ms }) => handshake_ms)))}</td>
      <td>${seed.error && `${seed.error.code}: ${cut(seed.error.message)}`}</td>
    </tr>
  `;
}
