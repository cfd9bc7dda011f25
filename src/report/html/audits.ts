/**
 * What an audit found of each seed: the verdicts with their reasons, the figures, and every name that was asked for.
 *
 * @module
 */

import { type AuditRecord, type Verdict, VERDICTS } from "../../audit/record.ts";
import { shareBar } from "./bars.ts";
import { type Html, html } from "./escape.ts";
import { formatTenths } from "./stats.ts";
import { wideTable } from "./table.ts";
import { cut } from "./text.ts";

/** Each verdict's sign, so that nobody needs its colour. */
const SIGNS: { readonly [V in Verdict]: string } = { fail: "✗", warn: "!", pass: "✓" };

/** How many seeds got which verdict, in a sentence's words: `2 of 4 seeds fail, 1 warns`. */
export function verdictCounts(audits: readonly AuditRecord[]): string {
  const [failing, warning] = (["fail", "warn"] as const).map((verdict) =>
    audits.filter((audit) => audit.verdict === verdict).length
  );
  return `${failing} of ${audits.length === 1 ? "1 seed" : `${audits.length} seeds`} failed, ${warning} got a warning`;
}

/** The verdicts, the worst first, and beneath them the figures that they rest on. */
export function auditTables(audits: readonly AuditRecord[]): Html {
  const worstFirst = VERDICTS.flatMap((verdict) => audits.filter((audit) => audit.verdict === verdict));
  return html`
    <ol class="verdicts">${worstFirst.map(verdictItem)}</ol>
    ${wideTable({
      caption: "Figures of each seed",
      columns: COLUMNS,
      rows: worstFirst.map(auditRow),
      kind: "sortable",
    })}
    <details>
      <summary>Every name that was asked for</summary>
      ${wideTable({
        caption: "Every name that was asked for",
        columns: QUERY_COLUMNS,
        rows: worstFirst.map(queryRows),
        kind: "sortable",
      })}
    </details>
  `;
}

function verdictItem({ seed, verdict, reasons }: AuditRecord): Html {
  const list = html`
    <ul>${reasons.map(({ code, message }) => html`<li><code>${code}</code> ${cut(message)}</li>`)}</ul>
  `;
  return html`
    <li>
      <h3>${badge(verdict)} ${seed}</h3>
      ${reasons.length === 0 ? null : list}
    </li>
  `;
}

function badge(verdict: Verdict): Html {
  return html`<span class="badge ${verdict}"><span aria-hidden="true">${SIGNS[verdict]}</span> ${verdict}</span>`;
}

const COLUMNS = [
  { label: "Seed" },
  { label: "Success rate" },
  { label: "Verdict" },
  { label: "Addresses", numeric: true },
  { label: "IPv4", numeric: true },
  { label: "IPv6", numeric: true },
  { label: "Unroutable", numeric: true },
  { label: "Shared", numeric: true },
  { label: "Netgroups", numeric: true },
  { label: "Shook hands", numeric: true },
  { label: "Behind", numeric: true },
  { label: "Median height", numeric: true },
  { label: "v2 announced", numeric: true },
  { label: "Median handshake, ms", numeric: true },
  { label: "90% within, ms", numeric: true },
  { label: "Most frequent user agent" },
  { label: "Errors" },
];

function auditRow(audit: AuditRecord): Html {
  const figures = [
    audit.addresses,
    audit.ipv4,
    audit.ipv6,
    audit.unroutable,
    audit.shared,
    audit.netgroups,
    audit.success,
  ];
  const more = [
    audit.behind,
    audit.median_height,
    audit.v2,
    formatTenths(audit.handshake_ms.p50),
    formatTenths(audit.handshake_ms.p90),
  ];
  return html`
    <tr>
      <th scope="row">${audit.seed}</th>
      <td>${shareBar(audit.success, audit.success + audit.failure)}</td>
      <td>${audit.verdict}</td>
      ${figures.map(numberCell)}
      ${more.map(numberCell)}
      <td>${cut(audit.user_agents[0]?.[0] ?? "")}</td>
      <td>${Object.entries(audit.errors).map(([code, count]) => `${code} ${count}`).join(", ")}</td>
    </tr>
  `;
}

const QUERY_COLUMNS = [
  { label: "Name" },
  { label: "Seed" },
  { label: "Service bits" },
  { label: "IPv4", numeric: true },
  { label: "IPv6", numeric: true },
  { label: "Peers with all bits", numeric: true },
  { label: "Answer, ms", numeric: true },
  { label: "Error" },
];

function queryRows({ seed, queries }: AuditRecord): Html[] {
  return queries.map(({ name, service_bits, a, aaaa, matching, elapsed_ms, error }) =>
    html`
      <tr>
        <th scope="row">${name}</th>
        <td>${seed}</td>
        <td>${service_bits && `0x${service_bits.replace(/^0+(?=.)/, "")}`}</td>
        ${[a, aaaa, matching, formatTenths(elapsed_ms)].map(numberCell)}
        <td>${error && `${error.code}: ${cut(error.message)}`}</td>
      </tr>
    `
  );
}

function numberCell(value: number | string | null): Html {
  return html`<td class="n">${value}</td>`;
}
