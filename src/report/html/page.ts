/**
 * The records of a run as one HTML page that needs nothing from outside: no script to be read, no link, no font.
 *
 * @module
 */

import { createHash } from "node:crypto";
import type { AuditRecord } from "../../audit/record.ts";
import type { PeerRecord, SeedRecord, SummaryRecord } from "../../scan/record.ts";
import { VERSION } from "../../wire/user_agent.ts";
import { auditTables, verdictCounts } from "./audits.ts";
import { heightChart, outcomeChart, serviceChart, timeCharts, userAgentChart } from "./charts.ts";
import { type Content, Html, html } from "./escape.ts";
import { keyFigures } from "./figures.ts";
import { peerList } from "./peers.ts";
import { SCRIPT } from "./script.ts";
import { seedTable } from "./seeds.ts";
import { formatCount, formatShare, formatTime } from "./stats.ts";
import { STYLE } from "./style.ts";

/** The records of a run. */
export interface Run {
  /** What the names resolved to, in the order in which they did. */
  readonly seeds: readonly SeedRecord[];
  /** All peers, in the order in which they were done. */
  readonly peers: readonly PeerRecord[];
  /** What an audit found of each seed; none when there was no audit. */
  readonly audits: readonly AuditRecord[];
  /** What it came to. */
  readonly summary: SummaryRecord;
}

interface Section {
  readonly id: string;
  readonly heading: string;
  /** Whether it stands beside another one where there is room. */
  readonly half?: boolean;
  readonly content: Iterable<Content>;
}

/**
 * The page of a run, in pieces of some hundred kilobytes at most.
 *
 * @param endedAt When the run ended, in UTC, as `Date.prototype.toISOString` has it.
 */
export function* htmlPage(run: Run, endedAt: string): Generator<string> {
  const { summary, audits } = run;
  const title = `${audits.length > 0 ? "Seed audit" : "Bitcoin handshakes"}: ${summary.chain}`;
  const parts = sections(run);
  yield `<!DOCTYPE html>\n<html lang="en">\n<head>${head(title)}</head>\n<body>\n`;
  yield String(header(title, run, endedAt, parts));
  yield "<main>\n";
  for (const { id, heading, half, content } of parts) {
    yield `<section${half ? ' class="half"' : ""} aria-labelledby="${id}">\n`;
    yield String(html`<h2 id="${id}">${heading}</h2>\n`);
    for (const piece of content) yield String(html`${piece}`);
    yield "</section>\n";
  }
  yield `</main>\n${FOOTER}<script>${SCRIPT}</script>\n</body>\n</html>\n`;
}

function sections({ seeds, peers, audits, summary }: Run): Section[] {
  const counts = { id: "counts", heading: "Counts", content: [keyFigures(peers, summary)] };
  // An audit is about the seeds: they come first then.
  const all: Section[] = audits.length > 0
    ? [{ id: "seeds", heading: "Seeds", content: [auditTables(audits)] }, counts]
    : seeds.length > 0
    ? [counts, { id: "seeds", heading: "Seeds", content: [seedTable(seeds, peers)] }]
    : [counts];
  if (peers.length === 0) return all;
  const reached = peers.filter(({ success }) => success);
  all.push({ id: "outcomes", heading: "Outcomes", half: true, content: [outcomeChart(peers)] });
  if (reached.length > 0) {
    all.push(
      { id: "heights", heading: "Heights", half: true, content: [heightChart(reached)] },
      { id: "user-agents", heading: "User agents", half: true, content: [userAgentChart(reached)] },
      { id: "services", heading: "Services", half: true, content: [serviceChart(reached)] },
      { id: "times", heading: "Times", content: [timeCharts(reached)] },
    );
  }
  all.push({ id: "peers", heading: "Every peer", content: peerList(peers) });
  return all;
}

function head(title: string): Html {
  return html`
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy()}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <link rel="icon" href="data:,">
    <title>${title}</title>
    <style>${new Html(STYLE)}</style>
  `;
}

/** What a browser may run and load: this style and this script, whatever else might ever get into the page. */
function contentSecurityPolicy(): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `script-src ${hash(SCRIPT)}`,
    `style-src ${hash(STYLE)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function header(title: string, run: Run, endedAt: string, parts: readonly Section[]): Html {
  const { targets, elapsed_ms, interrupted } = run.summary;
  const ended = html`<time datetime="${endedAt}">${endedAt.slice(0, 19).replace("T", " ")} UTC</time>`;
  const interruption = html`
    <p class="notice"><strong>Interrupted.</strong> The run was ended before all peers were done: this is what was
    done by then.</p>
  `;
  return html`
    <header>
      <h1>${title}</h1>
      <p class="lead">${lead(run)}</p>
      <p class="about">From ${targets === 1 ? "1 target" : `${formatCount(targets)} targets`} in ${formatTime(
        elapsed_ms,
      )}, ended ${ended}.</p>
      ${interrupted ? interruption : null}
      <nav aria-label="Contents">
        <ul>${parts.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`)}</ul>
      </nav>
    </header>
  `;
}

/** What the run came to, in a sentence. */
function lead({ audits, summary: { peers, success } }: Run): Html {
  const share = peers === 0 ? "" : ` (${formatShare(success, peers)})`;
  const handshakes = `${formatCount(success)} of ${peers === 1 ? "1 peer" : `${formatCount(peers)} peers`}`;
  return audits.length === 0
    ? html`<strong>${handshakes}</strong> shook hands${share}.`
    : html`<strong>${verdictCounts(audits)}</strong>; ${handshakes} shook hands${share}.`;
}

const FOOTER = html`
  <footer>
    <p>A peer shook hands when it sent its version, and its verack or closed the connection behind it. Connect is the TCP
    connect; handshake is all from there to the verack. What a peer announces is its own word for it. In its texts a
    backslash is doubled, and a byte that is not printable ASCII is <code>\\xNN</code>.</p>
    <p>Made by bitcoin-p2p-handshake ${VERSION}. This page loads nothing and tells nobody that it was opened.</p>
  </footer>
`;
