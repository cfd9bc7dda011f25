/**
 * The key figures of a run, and the one bar that shows success and failure.
 *
 * @module
 */

import { formatPercent, median, percentile } from "../../audit/statistics.ts";
import type { PeerRecord } from "../records/peer.ts";
import type { SummaryRecord } from "../records/summary.ts";
import { type Html, html } from "./escape.ts";
import { formatCount, formatTime, hasPercentile } from "./stats.ts";

/** A figure with its label. */
export interface Figure {
  /** What it is. */
  readonly label: string;
  /** The figure. */
  readonly value: string | number;
  /** What the value consists of or means. */
  readonly note?: string;
}

/** The key figures; none if there are no peers. */
export function keyFigures(peers: readonly PeerRecord[], summary: SummaryRecord): Html {
  const figures = [...countFigures(summary), ...networkFigures(peers), ...reachedFigures(peers)];
  return html`
    ${outcomeBar(summary)}
    ${figureList(figures)}
  `;
}

/** Figures side by side. */
export function figureList(figures: readonly Figure[]): Html {
  return html`
    <dl class="figures">${figures.map(({ label, value, note }) =>
      html`
        <div>
          <dt>${label}</dt>
          <dd>${value}${note === undefined ? null : html`
            <small>${note}</small>
          `}</dd>
        </div>
      `
    )}</dl>
  `;
}

function countFigures({ peers, success, failure, verack_missing }: SummaryRecord): Figure[] {
  const counts = [["Failed", failure, peers], ["Shook hands", success, peers], [
    "of these without verack",
    verack_missing,
    success,
  ]] as const;
  return counts.filter(([, count]) => count > 0).map(([label, count, whole]) => ({
    label,
    value: formatCount(count),
    note: `${formatPercent(count, whole)} of ${formatCount(whole)}`,
  }));
}

/** What people call the networks, in the order of their figures; `null` is that of names that a proxy resolved. */
export const NETWORK_LABELS: ReadonlyMap<PeerRecord["network"], string> = new Map([
  ["ipv4", "IPv4"],
  ["ipv6", "IPv6"],
  ["onion", "Tor"],
  ["i2p", "I2P"],
  ["cjdns", "CJDNS"],
  [null, "Names"],
]);

/** The success rate of each network, if there are two and any peer shook hands. */
function networkFigures(peers: readonly PeerRecord[]): Figure[] {
  const figures = [...NETWORK_LABELS].flatMap(([name, label]) => {
    const all = peers.filter(({ network }) => network === name);
    const reached = all.filter(({ success }) => success);
    return all.length === 0 ? [] : [{
      label: `${label} that shook hands`,
      value: formatPercent(reached.length, all.length),
      note: `${formatCount(reached.length)} of ${formatCount(all.length)}`,
    }];
  });
  return figures.length > 1 && peers.some(({ success }) => success) ? figures : [];
}

/** Figures about the peers that shook hands. */
function reachedFigures(peers: readonly PeerRecord[]): Figure[] {
  const reached = peers.filter(({ success }) => success);
  if (reached.length === 0) return [];
  const times = reached.map(({ handshake_ms }) => handshake_ms);
  const heights = reached.map(({ startingheight }) => startingheight).filter((height) => height !== null);
  const v2 = reached.filter(({ transport_protocol_type }) => transport_protocol_type === "v2").length;
  const middle = reached.length === 1 ? "" : "Median ";
  const figures: (Figure | null)[] = [
    {
      label: capital(`${middle}handshake`),
      value: formatTime(median(times)),
      ...hasPercentile(times.length, 90) && { note: `90% within ${formatTime(percentile(times, 90))}` },
    },
    heights.length === 0 ? null : { label: capital(`${middle}height`), value: median(heights) ?? "–" },
    v2 === 0 ? null : {
      label: "Spoke v2",
      value: formatPercent(v2, reached.length),
      note: `${formatCount(v2)} of ${formatCount(reached.length)}`,
    },
  ];
  return figures.filter((figure) => figure !== null);
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** One bar for all peers; the figures below say the same. */
function outcomeBar({ peers, success, failure, verack_missing }: SummaryRecord): Html {
  const all = [
    ["bad", failure, "failed"],
    ["fair", verack_missing, "shook hands, no verack"],
    ["good", success - verack_missing, "shook hands"],
  ] as const;
  const parts = all.filter(([, count]) => count > 0);
  let x = 0;
  const bars = parts.map(([tone, count]) => {
    const width = count / peers * 100;
    x += width;
    return html`<rect class="${tone}" x="${(x - width).toFixed(2)}" width="${width.toFixed(2)}" height="1" />`;
  });
  return html`
    <svg class="whole" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">${bars}</svg>
    <ul class="legend">
      ${parts.map(([tone, , label]) => html`<li><span class="swatch ${tone}"></span>${label}</li>`)}
    </ul>
  `;
}
