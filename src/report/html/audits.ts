/**
 * What an audit found out about each seed: the verdict with its reasons, the figures, and every name that was looked
 * up.
 *
 * @module
 */

import { type AuditRecord, type QueryRecord, worstFirst } from "../records/audit.ts";
import { badge } from "./badge.ts";
import { shareBar } from "./bars.ts";
import { type Html, html } from "./escape.ts";
import { formatTenths, hasPercentile } from "./stats.ts";
import { type Column, wideTable } from "./table.ts";
import { breakable, cut, MAX_MESSAGE } from "./text.ts";

/** How many seeds got which verdict, as a phrase: `2 of 4 seeds failed, 1 got a warning`. */
export function verdictCounts(audits: readonly AuditRecord[]): string {
  const [failing, warning] = (["fail", "warn"] as const).map((verdict) =>
    audits.filter((audit) => audit.verdict === verdict).length
  );
  return `${failing} of ${audits.length === 1 ? "1 seed" : `${audits.length} seeds`} failed, ${warning} got a warning`;
}

/** The verdicts, worst first, followed by the figures they are based on. */
export function auditTables(audits: readonly AuditRecord[]): Html {
  const sorted = worstFirst(audits);
  const answered = sorted.filter(({ addresses }) => addresses > 0);
  const queries = sorted.flatMap(({ seed, queries }) => queries.map((query) => ({ seed, ...query })));
  return html`
    <ol class="findings">${sorted.map(verdictItem)}</ol>
    ${answered.length === 0
      ? null
      : wideTable({ caption: "Figures of each seed", columns: COLUMNS, rows: answered, kind: "sortable" })}
    <details>
      <summary>Every name that was looked up</summary>
      ${wideTable({
        caption: "Every name that was looked up",
        columns: QUERY_COLUMNS,
        rows: queries,
        kind: "sortable",
      })}
    </details>
  `;
}

function verdictItem({ seed, verdict, partial, reasons, success, failure }: AuditRecord): Html {
  const dialled = success + failure;
  const rate = html`
    <p class="rate">${shareBar(success, dialled)} <small>${success} of ${dialled}</small></p>
  `;
  const list = html`
    <ul>${reasons.map(({ code, message }) => html`<li><code>${code}</code> ${cut(message, MAX_MESSAGE)}</li>`)}</ul>
  `;
  return html`
    <li>
      <h3>${badge(verdict)} <span>${breakable(seed)}${partial ? PARTIAL : null}</span></h3>
      ${dialled === 0 ? null : rate}
      ${reasons.length === 0 ? null : list}
    </li>
  `;
}

const PARTIAL = html`
  <small>partial</small>
`;

const COLUMNS: readonly Column<AuditRecord>[] = [
  { label: "Seed", cell: ({ seed }) => breakable(seed) },
  { label: "Success rate", cell: ({ success, failure }) => shareBar(success, success + failure) },
  { label: "Verdict", cell: ({ verdict, partial }) => partial ? `${verdict}, partial` : verdict },
  { label: "Addresses", numeric: true, cell: ({ addresses }) => addresses },
  { label: "IPv4", numeric: true, cell: ({ ipv4 }) => ipv4 },
  { label: "IPv6", numeric: true, cell: ({ ipv6 }) => ipv6 },
  { label: "Unroutable", numeric: true, cell: ({ unroutable }) => unroutable },
  { label: "No route", numeric: true, cell: ({ no_route }) => no_route },
  { label: "Shared", numeric: true, cell: ({ shared }) => shared },
  { label: "Netgroups", numeric: true, cell: ({ netgroups }) => netgroups },
  { label: "Shook hands", numeric: true, cell: ({ success }) => success },
  { label: "Behind", numeric: true, cell: ({ behind }) => behind },
  { label: "Median height", numeric: true, cell: ({ median_height }) => median_height },
  { label: "v2 announced", numeric: true, cell: ({ v2 }) => v2 },
  { label: "Median handshake, ms", numeric: true, cell: ({ handshake_ms }) => formatTenths(handshake_ms.p50) },
  {
    label: "90% within, ms",
    numeric: true,
    cell: ({ success, handshake_ms }) => hasPercentile(success, 90) ? formatTenths(handshake_ms.p90) : null,
  },
  { label: "Most frequent user agent", cell: ({ user_agents }) => cut(user_agents[0]?.[0] ?? "") },
  {
    label: "Errors",
    cell: ({ errors }) => Object.entries(errors).map(([code, count]) => `${code} ${count}`).join(", "),
  },
];

const QUERY_COLUMNS: readonly Column<QueryRecord & { readonly seed: string }>[] = [
  { label: "Name", cell: ({ name }) => breakable(name) },
  { label: "Seed", cell: ({ seed }) => seed },
  { label: "Service bits", cell: ({ service_bits }) => service_bits && `0x${service_bits.replace(/^0+(?=.)/, "")}` },
  { label: "IPv4", numeric: true, cell: ({ a, aaaa }) => a + aaaa === 0 ? null : a },
  { label: "IPv6", numeric: true, cell: ({ a, aaaa }) => a + aaaa === 0 ? null : aaaa },
  { label: "Peers with all bits", numeric: true, cell: ({ a, aaaa, matching }) => a + aaaa === 0 ? null : matching },
  { label: "Answer, ms", numeric: true, cell: ({ elapsed_ms }) => formatTenths(elapsed_ms) },
  { label: "Error", cell: ({ error }) => error && `${error.code}: ${cut(error.message)}` },
];
