/**
 * The page of the runs in a state file: how the network has changed.
 *
 * @module
 */

import { NETWORK_NAMES } from "../../address/network.ts";
import type { RunRecord } from "../records/run.ts";
import { utcDay, utcMinute } from "../utc.ts";
import { htmlDocument, type Section } from "./document.ts";
import { type Html, html } from "./escape.ts";
import { type Line, lineChart } from "./lines.ts";
import { counted, formatCount, formatTime } from "./stats.ts";
import { type Column, table } from "./table.ts";
import { cut } from "./text.ts";

/** How many user agents have a line of their own. */
const MAX_USER_AGENTS = 5;

/** The page, in pieces. */
export function* historyPage(runs: readonly RunRecord[], chain: string): Generator<string> {
  const [first] = runs;
  if (first === undefined) return;
  const last = runs.at(-1) ?? first;
  const subject = `Bitcoin network over time: ${chain}`;
  const [from, to] = [utcDay(first.started), utcDay(last.started)];
  yield* htmlDocument({
    title: `${subject}, ${to}`,
    header: html`
      <h1>${subject} <small>${from} to ${to}</small></h1>
      <p class="lead">${lead(runs)}</p>
      ${runs.every(({ complete }) => complete) ? null : INCOMPLETE}
    `,
    sections: sections(runs),
    footer: FOOTER,
  });
}

/** What the first and the last run found; one that was killed has no figures. */
function lead(runs: readonly RunRecord[]): Html {
  const ended = runs.filter(hasEnded);
  const [first] = ended;
  if (first === undefined) return html`No run has ended.`;
  const last = ended.at(-1) ?? first;
  const all = counted(ended.length, "run");
  return html`<strong>${counted(reachable(last), "address was", "addresses were")} reachable</strong> in the last of
    ${ended.length < runs.length ? `${all} that ended` : all}, ${formatCount(reachable(first))} in the first.`;
}

function sections(runs: readonly RunRecord[]): Section[] {
  const times = runs.map(({ started }) => started);
  const all: Section[] = [{ id: "runs", heading: "Runs", content: [runTable(runs)] }];
  if (runs.length < 2) return all;
  const networks = NETWORK_NAMES.map((label): Line => ({
    label,
    values: runs.map((run) => hasEnded(run) ? run.networks[label].success : null),
  }));
  const charts = [
    { id: "reachable", heading: "Reachable", title: "Reachable addresses by network", lines: networks },
    { id: "versions", heading: "User agents", title: "User agents of the reachable addresses", lines: versions(runs) },
    {
      id: "changes",
      heading: "Changes",
      title: "Addresses that came and went, against the run before",
      lines: changes(runs),
    },
  ];
  const drawn = charts.map(({ id, heading, title, lines }): Section => ({
    id,
    heading,
    half: true,
    content: [
      lineChart({ title, times, lines: lines.filter(({ values }) => values.some((value) => (value ?? 0) > 0)) }),
    ],
  }));
  return [...drawn, ...all];
}

/** The user agents that the last run found most. */
function versions(runs: readonly RunRecord[]): Line[] {
  const counts = runs.map((run) => hasEnded(run) ? new Map(run.user_agents) : null);
  const names = runs.findLast(hasEnded)?.user_agents.slice(0, MAX_USER_AGENTS).map(([name]) => name) ?? [];
  return names.map((name) => ({
    label: cut(name),
    values: counts.map((count) => count === null ? null : count.get(name) ?? 0),
  }));
}

function changes(runs: readonly RunRecord[]): Line[] {
  return (["new", "back", "gone"] as const).map((label) => ({
    label,
    values: runs.map(({ since }) => since?.[label] ?? null),
  }));
}

function runTable(runs: readonly RunRecord[]): Html {
  const count = (value: number | null | undefined) => value === null || value === undefined ? "–" : formatCount(value);
  const columns: Column<RunRecord>[] = [
    {
      label: "Started (UTC)",
      cell: ({ started }) => utcMinute(started),
    },
    { label: "Reachable", numeric: true, cell: (run) => count(hasEnded(run) ? reachable(run) : null) },
    ...NETWORK_NAMES.map((network): Column<RunRecord> => ({
      label: network,
      numeric: true,
      cell: (run) => count(hasEnded(run) ? run.networks[network].success : null),
    })),
    ...(["new", "back", "gone", "kept"] as const).map((key): Column<RunRecord> => ({
      label: key,
      numeric: true,
      cell: ({ since }) => count(since?.[key]),
    })),
    { label: "Known", numeric: true, cell: ({ known }) => count(known) },
    { label: "Took", numeric: true, cell: ({ elapsed_ms }) => formatTime(elapsed_ms) },
    {
      label: "Complete",
      cell: (run) => run.complete ? "yes" : hasEnded(run) ? run.stopped_by ?? "no" : "killed",
    },
  ];
  return html`<div class="wide">${
    table({ caption: "All runs, the latest first", columns, rows: runs.toReversed() })
  }</div>`;
}

function hasEnded({ ended }: RunRecord): boolean {
  return ended !== null;
}

function reachable({ networks }: RunRecord): number {
  return NETWORK_NAMES.reduce((sum, network) => sum + networks[network].success, 0);
}

const INCOMPLETE = html`
  <p class="notice"><strong>Some runs are not complete.</strong> Their figures may be too low.</p>
`;

const FOOTER = html`
  <p>An address is reachable if it shook hands in that run, from the machine that crawled. Against the run before: new
  never did before, back did in an earlier run, gone did in the run before and failed now, kept did in both. What nodes
  announce is not verified.</p>
`;
