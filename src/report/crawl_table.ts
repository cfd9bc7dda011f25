/**
 * What a crawl found, as tables for a terminal of 80 columns: the networks, the most frequent user agents, and what the
 * figures depend on. The words are those of the records.
 *
 * @module
 */

import { NETWORK_NAMES } from "../address/network.ts";
import { formatPercent } from "../audit/statistics.ts";
import type { NetworkCounts } from "../crawl/result.ts";
import type { Reached, ReachedNetwork } from "./reached.ts";
import type { CrawlRecord } from "./records/crawl.ts";
import type { SummaryRecord } from "./records/summary.ts";
import { MIN_PACED, NOBODY_REACHED, partNote, STOPS } from "./stops.ts";
import { wrap } from "./wrap.ts";

/** Maximum width of the tables, in columns. */
const WIDTH = 80;

const GAP = "  ";

/** How many user agents are listed. */
const MAX_USER_AGENTS = 10;

const USER_AGENT_WIDTH = 55;

/** The lines of the tables; with advice if most of what is known cannot be routed, as in a private network. */
export function crawlTable(summary: SummaryRecord, crawl: CrawlRecord, reached: Reached, advice: string): string[] {
  const paragraphs = [
    networkTable(summary, crawl, reached),
    userAgentTable(reached),
    ...remarks(summary, crawl, reached, advice).map((remark) => wrap(remark, WIDTH)),
  ];
  return paragraphs.filter(({ length }) => length > 0).flatMap((lines) => [...lines, ""]);
}

/** A row for each network of which an address is known, one for names that a proxy resolved, and one for all. */
function networkTable({ peers, success }: SummaryRecord, { known, networks }: CrawlRecord, reached: Reached): string[] {
  const rows = NETWORK_NAMES.filter((name) => networks[name].known > 0);
  const names = Math.max(0, peers - total(networks, "dialled"));
  const resolved = { known: names, dialled: names, success: success - total(networks, "success") };
  return [
    networkRow("network", ["known", "dialled", "reachable", "v2", "median_height"]),
    ...rows.map((name) => networkRow(name, figures(networks[name], reached.of(name)))),
    ...names === 0 ? [] : [networkRow("(names)", figures(resolved, reached.of(null)))],
    networkRow("all", figures({ known: known + names, dialled: peers, success }, reached.all)),
  ];
}

function total(networks: CrawlRecord["networks"], count: keyof NetworkCounts): number {
  return NETWORK_NAMES.reduce((sum, name) => sum + networks[name][count], 0);
}

function figures({ known, dialled, success }: NetworkCounts, { count, v2, medianHeight }: ReachedNetwork): string[] {
  return [
    String(known),
    String(dialled),
    String(success),
    count === 0 ? "-" : formatPercent(v2, count),
    String(medianHeight ?? "-"),
  ];
}

function networkRow(name: string, figures: readonly string[]): string {
  return `${name.padEnd(7)}${
    figures.map((figure, i) => `${GAP}${figure.padStart([9, 9, 9, 5, 13][i] ?? 0)}`).join("")
  }`;
}

/** The most frequent user agents of the peers that shook hands, and how many have others. */
function userAgentTable(reached: Reached): string[] {
  const { count: all } = reached.all;
  if (all === 0) return [];
  const listed = reached.userAgents.slice(0, MAX_USER_AGENTS);
  const others = all - listed.reduce((sum, [, count]) => sum + count, 0);
  const rows = [...listed, ...others === 0 ? [] : [["(others)", others] as const]];
  return [
    userAgentRow("user_agent", "reachable", "share"),
    ...rows.map(([userAgent, count]) => userAgentRow(userAgent, String(count), formatPercent(count, all))),
  ];
}

function userAgentRow(userAgent: string, count: string, share: string): string {
  const shown = userAgent.length > USER_AGENT_WIDTH ? `${userAgent.slice(0, USER_AGENT_WIDTH - 1)}…` : userAgent;
  return `${shown.padEnd(USER_AGENT_WIDTH)}${GAP}${count.padStart(9)}${GAP}${share.padStart(5)}`;
}

/** Why a network of a few nodes, as for tests, seems to have only those that were targets. */
const FEW_KNOWN =
  "Nobody named another address. Bitcoin Core names 23% of those that it knows, rounded down: of four, none; and it " +
  "gives the same answer for about a day, until it is restarted.";

const MEANING =
  "Reachable means from this machine, at this time. These are addresses: a node can have several, on one network or on " +
  "many, and a node behind a firewall has none. v2 is the share of the reachable ones that announce it.";

/** What the figures depend on: what was left out and why, and who counted. */
function remarks(summary: SummaryRecord, crawl: CrawlRecord, reached: Reached, advice: string): string[] {
  const { asked, answered, self_only, silent, malformed, closed } = crawl;
  const { over_quota: _dropped, ...not_dialled } = crawl.not_dialled;
  const { unroutable = 0 } = not_dialled;
  const answers = counts({ answered, self_only, silent, malformed, closed }, String);
  return [
    completeness(crawl, summary),
    partNote(reached.all.count, summary.success) ?? "",
    crawl.since === null ? "" : `Reachable, against the run before: ${since(crawl.since)}.`,
    list("Dialled and not reachable", summary.errors, String),
    list("Known and not dialled", not_dialled, String),
    // On the public network there are far fewer of them than are dialled.
    unroutable > 0 && unroutable >= summary.peers ? advice : "",
    answers === "" ? "" : `Asked for addresses: ${asked} (${answers}).`,
    asked === 0 || answered > 0 ? "" : FEW_KNOWN,
    summary.elapsed_ms < MIN_PACED ? "" : paceNote(crawl),
    summary.success === 0 ? "" : MEANING,
  ].filter((remark) => remark !== "");
}

function completeness(
  { complete, stopped_by, waiting, not_dialled: { over_quota: dropped = 0 } }: CrawlRecord,
  { success }: SummaryRecord,
): string {
  if (complete && success === 0) return NOBODY_REACHED;
  if (complete) return "Complete: every address that was to be dialled has been.";
  const why = stopped_by === null ? [] : [STOPS[stopped_by]];
  const left = waiting === 0
    ? []
    : [`${waiting} ${waiting === 1 ? "address was" : "addresses were"} still to be dialled`];
  const lost = dropped === 0
    ? []
    : [`addresses that few had named were dropped (${dropped} ${dropped === 1 ? "time" : "times"})`];
  return `Not complete: ${[...why, ...left, ...lost].join("; ")}. The figures may be too low.`;
}

/** All four, as that none is gone is worth knowing. */
function since({ new: fresh, back, gone, kept }: NonNullable<CrawlRecord["since"]>): string {
  return `${kept} kept, ${fresh} new, ${back} back, ${gone} gone`;
}

function paceNote({ bound }: CrawlRecord): string {
  return list("The pace was bound, for a part of the time, by", bound, (share) => formatPercent(share, 1));
}

/** The counts above 0 after a heading; empty if there are none. */
function list(heading: string, values: Readonly<Record<string, number>>, form: (value: number) => string): string {
  const text = counts(values, form);
  return text === "" ? "" : `${heading}: ${text}.`;
}

/** The counts above 0, greatest first. */
function counts(values: Readonly<Record<string, number>>, form: (value: number) => string): string {
  const all = Object.entries(values).filter(([, value]) => value > 0).toSorted(([, a], [, b]) => b - a);
  return all.map(([name, value]) => `${name} ${form(value)}`).join(", ");
}
