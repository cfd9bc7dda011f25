/**
 * The records of a run as an HTML page.
 *
 * @module
 */

import { formatPercent } from "../../audit/statistics.ts";
import type { AuditRecord } from "../records/audit.ts";
import type { CrawlRecord } from "../records/crawl.ts";
import type { PeerRecord } from "../records/peer.ts";
import type { SeedRecord } from "../records/seed.ts";
import type { SummaryRecord } from "../records/summary.ts";
import { auditTables, verdictCounts } from "./audits.ts";
import { heightChart, outcomeChart, serviceChart, timeCharts, userAgentChart } from "./charts.ts";
import { CRAWL_CAVEATS, crawlOverview, groupChart, incompleteNote, reachableChart, unreachableChart } from "./crawl.ts";
import { htmlDocument, type Section } from "./document.ts";
import { type Html, html } from "./escape.ts";
import { failureList } from "./failures.ts";
import { keyFigures } from "./figures.ts";
import { outcome, peerList } from "./peers.ts";
import { seedsWithPeers, seedTable } from "./seeds.ts";
import { counted, formatCount, formatTime } from "./stats.ts";
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
  const { summary, simulated = false } = run;
  const kind = `${kindOf(run)}: ${summary.chain}`;
  const subject = simulated ? `${kind}, simulated` : kind;
  const names = targetNames(run);
  yield* htmlDocument({
    title: [subject, names, endedAt.slice(0, 10)].filter((text) => text !== "").join(", "),
    header: header(subject, names, run, endedAt),
    sections: sections(run),
    footer: summary.crawl === null ? FOOTER : html`${CRAWL_CAVEATS}${FOOTER}`,
  });
}

function kindOf({ audits, summary: { crawl } }: Run): string {
  if (crawl !== null) return "Bitcoin network";
  return audits.length > 0 ? "Seed audit" : "Bitcoin handshakes";
}

/** The targets as given, names first. */
function targetNames({ audits, seeds, peers, summary: { crawl } }: Run): string {
  // In a crawl most peers were named by others; the first was not, as there was nobody to do so.
  const given = crawl !== null && seeds.length > 0 ? [] : peers.slice(0, crawl === null ? peers.length : 1);
  const written = audits.length > 0 ? audits.map(({ seed }) => seed) : [...seeds, ...given].map(({ target }) => target);
  const names = [...new Set(written)];
  return firstOf(names.slice(0, MAX_TARGETS).map((name) => cut(name)), MAX_TARGETS, names.length);
}

function sections(run: Run): Section[] {
  if (run.summary.crawl !== null) return crawlSections(run, run.summary.crawl);
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

/** The network at a glance first, then its peers; single failures are of little interest. */
function crawlSections({ seeds, peers, summary }: Run, crawl: CrawlRecord): Section[] {
  const reached = peers.filter(({ success }) => success);
  const unresolved = seeds.filter(({ error }) => error !== null);
  const all: Section[] = [
    { id: "network", heading: "Network", content: [crawlOverview(summary, crawl, peers)] },
  ];
  if (reached.length > 0) {
    all.push({ id: "networks", heading: "Reachable", half: true, content: [reachableChart(crawl, reached)] });
  }
  all.push({ id: "unreached", heading: "Not reached", half: true, content: [unreachableChart(summary, crawl)] });
  if (reached.length > 0) {
    const groups = { id: "groups", heading: "Network groups", half: true, content: [groupChart(reached)] };
    const { userAgents, services, heights, times } = reachedCharts(reached);
    all.push(userAgents, services, heights, groups, times);
  }
  if (unresolved.length > 0 || summary.failure > 0) {
    all.push({ id: "failures", heading: "Failures", content: [failureList(unresolved, peers, true)] });
  }
  if (reached.length > 0) all.push({ id: "peers", heading: "Reachable peers", content: peerList(reached) });
  return all;
}

/** There is nothing to draw if all values are the same. */
function charts(peers: readonly PeerRecord[]): Section[] {
  const all: Section[] = [];
  if (new Set(peers.map(outcome)).size > 1) {
    all.push({ id: "outcomes", heading: "Outcomes", half: true, content: [outcomeChart(peers)] });
  }
  const reached = peers.filter(({ success }) => success);
  if (reached.length < 2) return all;
  const { heights, userAgents, services, times } = reachedCharts(reached);
  return [...all, heights, userAgents, services, times];
}

/** What the peers that shook hands announce, and how long it took. */
function reachedCharts(
  reached: readonly PeerRecord[],
): Record<"heights" | "userAgents" | "services" | "times", Section> {
  return {
    heights: { id: "heights", heading: "Heights", half: true, content: [heightChart(reached)] },
    userAgents: { id: "user-agents", heading: "User agents", half: true, content: [userAgentChart(reached)] },
    services: { id: "services", heading: "Services", half: true, content: [serviceChart(reached)] },
    times: { id: "times", heading: "Times", content: [timeCharts(reached)] },
  };
}

function header(subject: string, names: string, run: Run, endedAt: string): Html {
  const { targets, elapsed_ms, interrupted, crawl } = run.summary;
  const ended = html`<time datetime="${endedAt}">${endedAt.slice(0, 19).replace("T", " ")} UTC</time>`;
  return html`
    <h1>${subject} <small>${names === "" ? "" : `${names}, `}<time>${endedAt.slice(0, 10)}</time></small></h1>
    <p class="lead">${lead(run)}</p>
    <p class="about">From ${counted(targets, "target")} in ${formatTime(elapsed_ms)}, ended ${ended}.</p>
    ${run.simulated ? SIMULATED : null}
    ${crawl !== null ? incompleteNote(crawl, run.summary) : interrupted ? INTERRUPTED : null}
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
function lead({ audits, seeds, summary: { peers, success, failure, crawl } }: Run): Html {
  if (crawl !== null) {
    return html`<strong>${counted(success, "address is", "addresses are")} reachable</strong>, of ${
      formatCount(peers)
    } dialled and
      ${formatCount(crawl.known)} known.`;
  }
  const share = peers === 0 ? "" : ` (${formatPercent(success, peers)})`;
  const handshakes = `${formatCount(success)} of ${counted(peers, "peer")}`;
  if (audits.length > 0) {
    return html`<strong>${verdictCounts(audits)}</strong>; ${handshakes} shook hands${share}.`;
  }
  const unresolved = seeds.filter(({ error }) => error !== null).length;
  const failures = [[unresolved, "name"], [failure, "peer"]] as const;
  const told = failures.filter(([count]) => count > 0).map(([count, unit]) => counted(count, unit));
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
