/**
 * The key figures of a run, and the one bar that shows success and failure.
 *
 * @module
 */

import { median, percentile } from "../../audit/statistics.ts";
import type { PeerRecord, SummaryRecord } from "../../scan/record.ts";
import { type Html, html } from "./escape.ts";
import { formatCount, formatShare, formatTime, tally } from "./stats.ts";

interface Figure {
  readonly label: string;
  readonly value: string | number;
  /** What the value is made of, or means. */
  readonly note?: string;
}

/** The figures to see first. */
export function keyFigures(peers: readonly PeerRecord[], summary: SummaryRecord): Html {
  const figures = [...countFigures(summary), ...networkFigures(peers), ...reachedFigures(peers)];
  return html`
    ${peers.length === 0 ? null : outcomeBar(summary)}
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
  return [
    { label: "Peers", value: formatCount(peers) },
    { label: "Shook hands", value: formatCount(success), note: formatShare(success, peers) },
    {
      label: "of these without verack",
      value: formatCount(verack_missing),
      note: formatShare(verack_missing, success),
    },
    { label: "Failed", value: formatCount(failure), note: formatShare(failure, peers) },
  ];
}

/** Which part of each family's peers shook hands. */
function networkFigures(peers: readonly PeerRecord[]): Figure[] {
  return [["ipv4", "IPv4"], ["ipv6", "IPv6"]].flatMap(([name, label = ""]) => {
    const all = peers.filter(({ network }) => network === name);
    const reached = all.filter(({ success }) => success);
    return all.length === 0 ? [] : [{
      label: `${label} that shook hands`,
      value: formatShare(reached.length, all.length),
      note: `of ${formatCount(all.length)}`,
    }];
  });
}

/** What the peers that shook hands have in common. */
function reachedFigures(peers: readonly PeerRecord[]): Figure[] {
  const reached = peers.filter(({ success }) => success);
  if (reached.length === 0) return [];
  const times = reached.map(({ handshake_ms }) => handshake_ms);
  const heights = reached.map(({ startingheight }) => startingheight).filter((height) => height !== null);
  const transports = tally(reached.map(({ transport_protocol_type }) => transport_protocol_type));
  return [
    {
      label: "Median handshake",
      value: formatTime(median(times)),
      note: `90% within ${formatTime(percentile(times, 90))}`,
    },
    { label: "Median height", value: median(heights) ?? "–" },
    ...transports.map(([transport, count]) => (
      {
        label: `Transport ${transport}`,
        value: formatShare(count, reached.length),
        note: `of ${formatCount(reached.length)}`,
      }
    )),
  ];
}

/** One bar of all peers; the figures beneath it say the same. */
function outcomeBar({ peers, success, failure, verack_missing }: SummaryRecord): Html {
  const parts = [["good", success - verack_missing], ["fair", verack_missing], ["bad", failure]] as const;
  let x = 0;
  const bars = parts.map(([tone, count]) => {
    const width = count / peers * 100;
    x += width;
    return html`<rect class="${tone}" x="${(x - width).toFixed(2)}" width="${width.toFixed(2)}" height="1" />`;
  });
  return html`
    <svg class="whole" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">${bars}</svg>
    <ul class="legend">
      <li><span class="swatch good"></span>shook hands</li>
      <li><span class="swatch fair"></span>shook hands, no verack</li>
      <li><span class="swatch bad"></span>failed</li>
    </ul>
  `;
}
