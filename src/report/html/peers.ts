/**
 * Every peer in a table; one that is large is folded, and one that is too large is sampled.
 *
 * @module
 */

import type { PeerRecord } from "../../scan/record.ts";
import { type Content, escapeHtml, Html, html } from "./escape.ts";
import { formatCount, formatTenths } from "./stats.ts";
import { wideTable } from "./table.ts";
import { cut, MAX_TEXT } from "./text.ts";

/** What is long stands last: on a narrow screen the others are there without scrolling. */
const COLUMNS = [
  { label: "Address" },
  { label: "Outcome" },
  { label: "User agent" },
  { label: "Height", numeric: true },
  { label: "Connect, ms", numeric: true },
  { label: "Handshake, ms", numeric: true },
  { label: "Version", numeric: true },
  { label: "Transport" },
  { label: "Target" },
  { label: "Error" },
  { label: "Services" },
];

/** So many rows are seen at once; the others are folded away… */
const OPEN_ROWS = 100;

/** …in parts of so many. */
const FOLDED_ROWS = 1000;

/** Most text of all rows, in characters: the page stays under 5 MB, and opens at once. */
const MAX_ROWS_SIZE = 4_400_000;

/** The list of peers, in parts that a reader without script can unfold; the script makes one table of them. */
export function* peerList(peers: readonly PeerRecord[]): Generator<Html> {
  const rows = peers.map(peerRow);
  const listed = sampleRows(rows, MAX_ROWS_SIZE);
  yield html`<p>${note(listed.length, rows.length)}</p>\n`;
  yield new Html('<div class="list">\n');
  yield peerTable(listed.slice(0, OPEN_ROWS), "The peers");
  for (let from = OPEN_ROWS; from < listed.length; from += FOLDED_ROWS) {
    const part = listed.slice(from, from + FOLDED_ROWS);
    const range = `${formatCount(from + 1)} to ${formatCount(from + part.length)}`;
    yield html`
      <details class="part">
        <summary>Peers ${range} of ${formatCount(listed.length)}</summary>
        ${peerTable(part, `Peers ${range}`)}
      </details>
    `;
  }
  yield new Html("</div>\n");
}

function note(listed: number, all: number): string {
  const sampled = listed < all
    ? `Listed are ${formatCount(listed)} of ${
      formatCount(all)
    } peers, evenly picked: a page of all would be too large. ` +
      "Everything above counts all of them. "
    : "";
  return `${sampled}In the order in which they were done. A longer text is cut after ${MAX_TEXT} characters.`;
}

function peerTable(rows: readonly string[], caption: string): Html {
  return wideTable({ caption, columns: COLUMNS, rows: new Html(rows.join("\n")), kind: "sortable" });
}

/**
 * All rows if they have no more than `limit` characters; else as many as that allows, picked so that each part of the
 * list loses as much as any other.
 */
export function sampleRows(rows: readonly string[], limit: number): string[] {
  const sizes = rows.map(({ length }) => length + 1);
  if (sizes.reduce((sum, size) => sum + size, 0) <= limit) return [...rows];
  let used = 0;
  return rows.filter((_, i) => {
    const size = sizes[i] ?? 0;
    const fits = used + size <= limit * (i + 1) / rows.length;
    if (fits) used += size;
    return fits;
  });
}

/** The row of a peer. HTML can do without the end tags, and 20,000 rows are a third smaller then. */
function peerRow(peer: PeerRecord): string {
  const cells: Content[] = [
    outcome(peer),
    peer.subver,
    peer.startingheight,
    formatTenths(peer.connect_ms),
    formatTenths(peer.handshake_ms),
    peer.version,
    peer.transport_protocol_type,
    peer.target,
    peer.error && `${peer.error.phase}: ${peer.error.message}`,
    peer.servicesnames?.join(" ") ?? null,
  ];
  return `<tr><th scope=row>${escapeHtml(peer.addr)}${cells.map(cell).join("")}`;
}

function cell(content: Content, column: number): string {
  const attributes = COLUMNS[column + 1]?.numeric ? " class=n" : "";
  return `<td${attributes}>${escapeHtml(content === null ? "" : cut(String(content)))}`;
}

/** What became of a peer, in a word or two. */
export function outcome({ error, verack }: PeerRecord): string {
  if (error !== null) return error.code;
  return verack ? "success" : "success, no verack";
}
