/**
 * The records of a run as an HTML page.
 *
 * @module
 */

import { formatPercent } from "../../audit/statistics.ts";
import type { AuditRecord } from "../records/audit.ts";
import type { PeerRecord } from "../records/peer.ts";
import type { SeedRecord } from "../records/seed.ts";
import type { SummaryRecord } from "../records/summary.ts";
import { auditTables, verdictCounts } from "./audits.ts";
import { heightChart, outcomeChart, serviceChart, timeCharts, userAgentChart } from "./charts.ts";
import { htmlDocument, type Section } from "./document.ts";
import { type Html, html } from "./escape.ts";
import { failureList } from "./failures.ts";
import { keyFigures } from "./figures.ts";
import { outcome, peerList } from "./peers.ts";
import { seedsWithPeers, seedTable } from "./seeds.ts";
import { formatCount, formatTime } from "./stats.ts";
import { cut, firstOf } from "./text.ts";

/** The records of a run. */
export interface Run {
  /** What the names resolved to, in the order in which they were resolved. */
  readonly seeds: readonly SeedRecord[];
  /** All peers, in the order in which they finished. */
  readonly peers: readonly PeerRecord[];
  /** What an audit found out about each seed; empty if there was no audit. */
  readonly audits: readonly AuditRecord[];
  /** The totals. */
  readonly summary: SummaryRecord;
  /** Whether the network was simulated, as in the demo; false by default. */
  readonly simulated?: boolean;
}

/** How many targets the title names. */
const MAX_TARGETS = 3;

/**
 * The page of a run, in pieces of a few hundred kilobytes at most.
 *
 * @param endedAt When the run ended, in UTC, as `Date.prototype.toISOString` formats it.
 */
export function* htmlPage(run: Run, endedAt: string): Generator<string> {
  const { summary, audits, simulated = false } = run;
  const kind = `${audits.length > 0 ? "Seed audit" : "Bitcoin handshakes"}: ${summary.chain}`;
  const subject = simulated ? `${kind}, simulated` : kind;
  const names = targetNames(run);
  yield* htmlDocument({
    title: [subject, names, endedAt.slice(0, 10)].filter((text) => text !== "").join(", "),
    header: header(subject, names, run, endedAt),
    sections: sections(run),
    footer: FOOTER,
  });
}

/** The targets as given, names first. */
function targetNames({ audits, seeds, peers }: Run): string {
  const written = audits.length > 0 ? audits.map(({ seed }) => seed) : [...seeds, ...peers].map(({ target }) => target);
  const names = [...new Set(written)];
  return firstOf(names.slice(0, MAX_TARGETS).map((name) => cut(name)), MAX_TARGETS, names.length);
}

function sections(run: Run): Section[] {
  const { seeds, peers, audits, summary } = run;
  const all: Section[] = [];
  // In an audit the seeds come first, worst ahead, and their reasons say what did not resolve.
  if (audits.length > 0) all.push({ id: "seeds", heading: "Seeds", content: [auditTables(audits)] });
  const unresolved = audits.length > 0 ? [] : seeds.filter(({ error }) => error !== null);
  if (unresolved.length > 0 || summary.failure > 0) {
    all.push({ id: "failures", heading: "Failures", content: [failureList(unresolved, peers)] });
  }
  if (peers.length === 0) return all;
  all.push({ id: "counts", heading: "Counts", content: [keyFigures(peers, summary)] });
  const several = seedsWithPeers(seeds);
  if (audits.length === 0 && several.length > 0) {
    all.push({ id: "seeds", heading: "Seeds", content: [seedTable(several, peers)] });
  }
  return [...all, ...charts(peers), { id: "peers", heading: "All peers", content: peerList(peers) }];
}

/** There is nothing to draw if all values are the same. */
function charts(peers: readonly PeerRecord[]): Section[] {
  const reached = peers.filter(({ success }) => success);
  const all: Section[] = [];
  if (new Set(peers.map(outcome)).size > 1) {
    all.push({ id: "outcomes", heading: "Outcomes", half: true, content: [outcomeChart(peers)] });
  }
  if (reached.length > 1) {
    all.push(
      { id: "heights", heading: "Heights", half: true, content: [heightChart(reached)] },
      { id: "user-agents", heading: "User agents", half: true, content: [userAgentChart(reached)] },
      { id: "services", heading: "Services", half: true, content: [serviceChart(reached)] },
      { id: "times", heading: "Times", content: [timeCharts(reached)] },
    );
  }
  return all;
}

function header(subject: string, names: string, run: Run, endedAt: string): Html {
  const { targets, elapsed_ms, interrupted } = run.summary;
  const ended = html`<time datetime="${endedAt}">${endedAt.slice(0, 19).replace("T", " ")} UTC</time>`;
  const from = targets === 1 ? "1 target" : `${formatCount(targets)} targets`;
  return html`
    <h1>${subject} <small>${names === "" ? "" : `${names}, `}<time>${endedAt.slice(0, 10)}</time></small></h1>
    <p class="lead">${lead(run)}</p>
    <p class="about">From ${from} in ${formatTime(elapsed_ms)}, ended ${ended}.</p>
    ${run.simulated ? SIMULATED : null}
    ${interrupted ? INTERRUPTED : null}
  `;
}

const SIMULATED = html`
  <p class="notice"><strong>Simulated.</strong> These names and peers were simulated on the machine that wrote this
  page, and some fail on purpose: this says nothing about the real network.</p>
`;

const INTERRUPTED = html`
  <p class="notice"><strong>Interrupted.</strong> The run ended before all peers were done: these are the results
  until then.</p>
`;

/** The totals of the run in a sentence or two, failures first. */
function lead({ audits, seeds, summary: { peers, success, failure } }: Run): Html {
  const share = peers === 0 ? "" : ` (${formatPercent(success, peers)})`;
  const handshakes = `${formatCount(success)} of ${peers === 1 ? "1 peer" : `${formatCount(peers)} peers`}`;
  if (audits.length > 0) {
    return html`<strong>${verdictCounts(audits)}</strong>; ${handshakes} shook hands${share}.`;
  }
  const unresolved = seeds.filter(({ error }) => error !== null).length;
  const failures = [[unresolved, "name"], [failure, "peer"]] as const;
  const told = failures.filter(([count]) => count > 0).map(([count, unit]) =>
    `${formatCount(count)} ${count === 1 ? unit : `${unit}s`}`
  );
  const failed = told.length === 0 ? null : html`
    <strong>${told.join(" and ")} failed.</strong>
  `;
  return html`${failed}${handshakes} shook hands${share}.`;
}

const FOOTER = html`
  <p>A peer shook hands if it sent its version and then its verack, or closed the connection instead. Connect is the
  TCP connect, or through a proxy the time until that has connected; handshake is the time from the start of the connect
  to the verack. What peers announce is not verified. In their texts a backslash is doubled, and a byte that is not
  printable ASCII is shown as <code>\\xNN</code>.</p>
`;
