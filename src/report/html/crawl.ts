/**
 * What a crawl found: its figures, its networks, and what is known and could not be reached.
 *
 * @module
 */

import { parseAddress } from "../../address/address.ts";
import { type Network, NETWORK_NAMES } from "../../address/network.ts";
import { formatNetworkGroup, networkGroup } from "../../address/network_group.ts";
import { formatPercent, tally } from "../../audit/statistics.ts";
import type { NetworkCounts, NotDialledReason, Since } from "../../crawl/result.ts";
import { Reached, type ReachedNetwork } from "../reached.ts";
import type { CrawlRecord } from "../records/crawl.ts";
import type { PeerRecord } from "../records/peer.ts";
import type { SummaryRecord } from "../records/summary.ts";
import { MIN_PACED, NOBODY_REACHED, partNote, STOPS } from "../stops.ts";
import { barChart, type BarRow, shareBar } from "./bars.ts";
import { type Html, html } from "./escape.ts";
import { type Figure, figureList, NETWORK_LABELS } from "./figures.ts";
import { counted, formatCount } from "./stats.ts";
import { type Column, wideTable } from "./table.ts";

/** A network in the table. */
interface NetworkRow extends NetworkCounts, ReachedNetwork {
  readonly label: string;
}

const COLUMNS: readonly Column<NetworkRow>[] = [
  { label: "Network", cell: ({ label }) => label },
  { label: "Reachable", numeric: true, cell: ({ success }) => formatCount(success) },
  { label: "Dialled", numeric: true, cell: ({ dialled }) => formatCount(dialled) },
  { label: "Known", numeric: true, cell: ({ known }) => formatCount(known) },
  { label: "Reachable of those dialled", cell: ({ success, dialled }) => shareBar(success, dialled) },
  {
    label: "v2 announced",
    numeric: true,
    cell: ({ v2, count }) => count === 0 ? null : formatPercent(v2, count),
  },
  { label: "Median height", numeric: true, cell: ({ medianHeight }) => medianHeight },
];

/** The key figures of a crawl, and its networks. */
export function crawlOverview(
  { success, peers: dialled, elapsed_ms }: SummaryRecord,
  crawl: CrawlRecord,
  peers: readonly PeerRecord[],
): Html {
  const reached = new Reached();
  for (const peer of peers) reached.add(peer);
  const { count, v2, medianHeight } = reached.all;
  const { known, asked, answered, entries } = crawl;
  const rows = NETWORK_NAMES.filter((name) => crawl.networks[name].known > 0).map((name): NetworkRow => ({
    label: NETWORK_LABELS.get(name) ?? name,
    ...crawl.networks[name],
    ...reached.of(name),
  }));
  const figures: Figure[] = [
    {
      label: "Reachable addresses",
      value: formatCount(success),
      note: `${formatPercent(success, dialled)} of dialled`,
    },
    { label: "Dialled", value: formatCount(dialled), note: `${formatPercent(dialled, known)} of known` },
    { label: "Known", value: formatCount(known) },
    { label: "Announce v2", value: formatPercent(v2, count), note: `${formatCount(v2)} of ${formatCount(count)}` },
    { label: "Median height", value: medianHeight ?? "–" },
    {
      label: "Answered getaddr",
      value: formatPercent(answered, asked),
      note: `${formatCount(answered)} of ${formatCount(asked)} asked`,
    },
    { label: "Addresses in answers", value: formatCount(entries) },
    ...crawl.since === null ? [] : [sinceFigure(crawl.since)],
  ];
  const part = partNote(count, success);
  return html`
    ${part === null ? null : html`<p>${part}</p>`}
    ${figureList(figures)}
    ${rows.length === 0 ? null : wideTable({ caption: "The networks", columns: COLUMNS, rows, kind: "sortable" })}
    ${elapsed_ms < MIN_PACED ? null : boundNote(crawl)}
  `;
}

/** How the reachable addresses compare with those of the run before. */
function sinceFigure({ new: fresh, back, gone, kept }: Since): Figure {
  const value = `+${formatCount(fresh + back)} −${formatCount(gone)}`;
  return { label: "Against the run before", value, note: `${formatCount(kept)} kept, ${formatCount(back)} back` };
}

/** The reachable addresses of each network. */
export function reachableChart({ networks }: CrawlRecord, reached: readonly PeerRecord[]): Html {
  const names = reached.filter(({ network }) => network === null).length;
  const rows = [
    ...NETWORK_NAMES.map((name): BarRow => ({
      label: NETWORK_LABELS.get(name) ?? name,
      count: networks[name].success,
    })),
    { label: "Names that a proxy resolved", count: names },
  ];
  return barChart({
    caption: "Reachable addresses by network",
    label: "Network",
    rows: rows.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count),
    whole: rows.reduce((sum, { count }) => sum + count, 0),
    kind: "networks",
    unit: "Addresses",
  });
}

/** The network groups of the reachable IP addresses, the largest first. */
export function groupChart(reached: readonly PeerRecord[]): Html {
  const groups = reached.flatMap(({ addr, network }): number[] => {
    if (network !== "ipv4" && network !== "ipv6") return [];
    const address = parseAddress(addr);
    return address === undefined ? [] : [networkGroup(address)];
  });
  const rows = tally(groups).map(([group, count]): BarRow => ({ label: formatNetworkGroup(group), count }));
  return html`
    ${barChart({
      caption: "Network groups (IPv4 /16, IPv6 /32) of the reachable IP addresses",
      label: "Network group",
      rows,
      whole: groups.length,
      kind: "network groups",
      unit: "Addresses",
    })}
    <p>${counted(groups.length, "IP address", "IP addresses")} in ${counted(rows.length, "network group")}.</p>
  `;
}

const NOT_DIALLED: { readonly [R in Exclude<NotDialledReason, "over_quota">]: string } = {
  unroutable: "not routable on the public internet",
  port_zero: "no port to connect to",
  too_old: "not seen by anybody of late",
  excluded: "asked to be left out",
  network: "no way to its network",
  back_off: "failed not long ago",
};

/** What became of all addresses that are known: reachable, failed for which reason, or not dialled and why. */
export function unreachableChart({ errors }: SummaryRecord, { known, not_dialled, waiting }: CrawlRecord): Html {
  const failed = Object.entries(errors).map(([code, count]): BarRow => ({ label: code, count, note: "dialled" }));
  const left = Object.entries(NOT_DIALLED).map(([reason, words]): BarRow => ({
    label: reason,
    count: not_dialled[reason as keyof typeof NOT_DIALLED] ?? 0,
    note: `not dialled: ${words}`,
  }));
  const rows = [...failed, ...left, { label: "waiting", count: waiting, note: "not dialled: the crawl ended before" }];
  const dropped = not_dialled.over_quota ?? 0;
  return html`
    ${barChart({
      caption: "Addresses that are known and were not reached",
      label: "Reason",
      rows: rows.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count),
      whole: known,
      kind: "reasons",
      unit: "Addresses",
    })}
    ${dropped === 0 ? null : html`
      <p>Besides, addresses were dropped ${counted(
        dropped,
        "time",
      )}, as too few had named them to be kept: again if they
      were named again.</p>
    `}
  `;
}

/** Why a crawl is not complete, or says nothing; `null` if it is worth something as it is. */
export function incompleteNote(
  { complete, stopped_by, waiting }: CrawlRecord,
  { success }: SummaryRecord,
): Html | null {
  if (complete && success === 0) return html`<p class="notice">${NOBODY_REACHED}</p>`;
  if (complete) return null;
  const why = stopped_by === null ? "" : `: ${STOPS[stopped_by]}`;
  const left = waiting === 0 ? "" : ` ${counted(waiting, "address was", "addresses were")} still to be dialled.`;
  return html`
    <p class="notice"><strong>Not complete</strong>${why}.${left} The figures may be too low.</p>
  `;
}

function boundNote({ bound }: CrawlRecord): Html | null {
  const shares = Object.entries(bound).toSorted(([, a], [, b]) => b - a).map(([name, share]) => {
    const label = name === "rate" ? "the rate of new connections" : `room in ${labelOf(name)}`;
    return `${label} ${formatPercent(share, 1)} of the time`;
  });
  return shares.length === 0 ? null : html`<p>What bounded the pace: ${shares.join(", ")}.</p>`;
}

function labelOf(name: string): string {
  return NETWORK_LABELS.get(name as Network) ?? name;
}

/** What the figures of a crawl mean, and do not mean. */
export const CRAWL_CAVEATS = html`
  <p>Reachable means that a handshake succeeded, from the machine that crawled, at that time. These are addresses and not
  nodes: a node can have several, on one network or on many, and one behind a firewall has none. A node that was full
  counts as not reachable. An address that nobody has seen of late was not tried. The sum of the networks counts a node
  on each of them once.</p>
`;
