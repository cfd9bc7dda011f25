/**
 * The charts of the page, from the records of peers.
 *
 * @module
 */

import { percentile, tally } from "../../audit/statistics.ts";
import type { PeerRecord } from "../records/peer.ts";
import { barChart, type BarRow } from "./bars.ts";
import { type Html, html } from "./escape.ts";
import { histogram } from "./histogram.ts";
import { userAgentLabel } from "../reached.ts";
import { outcome } from "./peers.ts";
import { decades, formatCount, heightClasses } from "./stats.ts";

/** The outcomes of the peers: errors, most frequent first, then success without verack, then success. */
export function outcomeChart(peers: readonly PeerRecord[]): Html {
  const rows = tally(peers.map(outcome)).map(([label, count]): BarRow => {
    const some = peers.filter((peer) => outcome(peer) === label);
    if (some[0]?.success) return { label, count, tone: some[0].verack ? "good" : "fair" };
    return { label, count, tone: "bad", note: phases(some) };
  });
  return barChart({
    caption: "Outcomes of all peers",
    label: "Outcome",
    rows: (["bad", "fair", "good"] as const).flatMap((tone) => rows.filter((row) => row.tone === tone)),
    whole: peers.length,
    kind: "outcomes",
  });
}

/** The phases in which peers failed: `connect 120, version 3`, or just `connect` if it is the only one. */
function phases(failed: readonly PeerRecord[]): string {
  const counts = tally(failed.map(({ error }) => error?.phase ?? ""));
  return counts.map(([phase, count]) => counts.length === 1 ? phase : `${phase} ${formatCount(count)}`).join(", ");
}

/** The user agents of the peers that shook hands. */
export function userAgentChart(reached: readonly PeerRecord[]): Html {
  return barChart({
    caption: "User agents of the peers that shook hands",
    label: "User agent",
    rows: tally(reached.map(({ subver }) => userAgentLabel(subver))).map(([label, count]) => ({ label, count })),
    whole: reached.length,
    kind: "user agents",
  });
}

/** The service bits that the peers that shook hands announce. */
export function serviceChart(reached: readonly PeerRecord[]): Html {
  return barChart({
    caption: "Services announced by the peers that shook hands",
    label: "Service",
    rows: tally(reached.flatMap(({ servicesnames }) => servicesnames ?? [])).map(([label, count]) => ({
      label,
      count,
    })),
    whole: reached.length,
    kind: "services",
  });
}

/** How far the peers that shook hands are from their median height. */
export function heightChart(reached: readonly PeerRecord[]): Html {
  const heights = reached.map(({ startingheight }) => startingheight).filter((height) => height !== null);
  const unknown = reached.length - heights.length;
  const classes = [...heightClasses(heights), ["no height announced", unknown] as const];
  const rows = classes.map(([label, count]): BarRow => ({ label, count })).filter(({ count }) => count > 0);
  const [least = null, median = null, most = null] = [0, 50, 100].map((percent) => percentile(heights, percent));
  return html`
    ${barChart({
      caption: "Heights announced by the peers that shook hands, relative to their median",
      label: "Height",
      rows,
      whole: reached.length,
      kind: "classes",
    })}
    ${median === null ? null : html`<p>Median height ${median}, lowest ${least}, highest ${most}.</p>`}
  `;
}

/** How long the connects and handshakes of the peers that shook hands took, on the same axis. */
export function timeCharts(reached: readonly PeerRecord[]): Html {
  const connects = reached.map(({ connect_ms }) => connect_ms).filter((time) => time !== null);
  const handshakes = reached.map(({ handshake_ms }) => handshake_ms);
  const range = decades([...connects, ...handshakes]);
  return html`
    <p>How many of the peers that shook hands took how long, on a logarithmic scale.</p>
    <div class="pair">
      ${histogram({ title: "TCP connect", times: connects, range })}
      ${histogram({ title: "Whole handshake", times: handshakes, range })}
    </div>
  `;
}
