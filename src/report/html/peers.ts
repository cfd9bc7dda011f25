/**
 * A table of all peers; a large one is folded, and one that is too large is sampled.
 *
 * @module
 */

import type { PeerRecord } from "../records/peer.ts";
import { escapeHtml, Html, html } from "./escape.ts";
import { formatCount, formatTenths } from "./stats.ts";
import { type Column, scrollable, tableOf, tellingColumns } from "./table.ts";
import { cut, MAX_TEXT } from "./text.ts";

/** Long values come last, so that a narrow screen shows the others without scrolling. */
const COLUMNS: readonly Column<PeerRecord>[] = [
  { label: "Address", cell: ({ addr }) => addr },
  { label: "Outcome", cell: outcome },
  { label: "User agent", cell: ({ subver }) => subver },
  { label: "Height", numeric: true, cell: ({ startingheight }) => startingheight },
  { label: "Connect, ms", numeric: true, cell: ({ connect_ms }) => formatTenths(connect_ms) },
  { label: "Handshake, ms", numeric: true, cell: ({ handshake_ms }) => formatTenths(handshake_ms) },
  { label: "Version", numeric: true, cell: ({ version }) => version },
  { label: "Transport", cell: ({ transport_protocol_type }) => transport_protocol_type },
  { label: "Target", cell: ({ target }) => target },
  { label: "Error", cell: ({ error }) => error && `${error.phase}: ${error.message}` },
  { label: "Services", cell: ({ servicesnames }) => servicesnames?.join(" ") ?? null },
];

/** How many rows are shown unfolded; the others are folded… */
const OPEN_ROWS = 100;

/** …in parts of this many. */
const FOLDED_ROWS = 1000;

/** Maximum length of all rows, in characters: keeps the page under 5 MB, so that it opens fast. */
const MAX_ROWS_SIZE = 4_400_000;

/** The list of peers, in parts that can be unfolded without a script; the script joins them into one table. */
export function* peerList(peers: readonly PeerRecord[]): Generator<Html> {
  const columns = tellingColumns(COLUMNS, peers);
  const rows = failedFirst(peers).map((peer) => peerRow(columns, peer));
  const listed = sampleRows(rows, MAX_ROWS_SIZE);
  const part = (from: number, to: number, caption: string) =>
    scrollable(caption, tableOf(caption, columns, new Html(listed.slice(from, to).join("\n")), "sortable"));
  yield html`${notes(peers, listed.length)}\n`;
  yield new Html('<div class="list">\n');
  yield part(0, OPEN_ROWS, "The peers");
  for (let from = OPEN_ROWS; from < listed.length; from += FOLDED_ROWS) {
    const to = Math.min(from + FOLDED_ROWS, listed.length);
    const range = `${formatCount(from + 1)} to ${formatCount(to)}`;
    yield html`
      <details class="part">
        <summary>Peers ${range} of ${formatCount(listed.length)}</summary>
        ${part(from, to, `Peers ${range}`)}
      </details>
    `;
  }
  yield new Html("</div>\n");
}

function failedFirst(peers: readonly PeerRecord[]): PeerRecord[] {
  return [...peers.filter(({ success }) => !success), ...peers.filter(({ success }) => success)];
}

/** Notes about the list. */
function notes(peers: readonly PeerRecord[], listed: number): Html {
  const sampled = `This is an even sample of ${formatCount(listed)} of ${
    formatCount(peers.length)
  } peers, as a page with all of them would be too large. Everything above counts all of them.`;
  const order = peers.some(({ success }) => !success) ? "Failed peers come first, otherwise in" : "In";
  const notes = [
    listed < peers.length ? sampled : "",
    peers.length > 1 ? `${order} the order in which they finished.` : "",
    `Long texts are cut after ${MAX_TEXT} characters.`,
  ];
  return html`<p>${notes.filter((note) => note !== "").join(" ")}</p>`;
}

/** All rows if they have at most `limit` characters in total; otherwise an even sample of them. */
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

/** The row of a peer. HTML does not need the end tags, and without them 20,000 rows are a third smaller. */
function peerRow([first, ...others]: readonly Column<PeerRecord>[], peer: PeerRecord): string {
  const text = ({ cell }: Column<PeerRecord>) => escapeHtml(cut(String(cell(peer) ?? "")));
  const cells = others.map((column) => `<td${column.numeric ? " class=n" : ""}>${text(column)}`);
  return `<tr><th scope=row>${first && text(first)}${cells.join("")}`;
}

/** The outcome of a peer, in a word or two. */
export function outcome({ error, verack }: PeerRecord): string {
  if (error !== null) return error.code;
  return verack ? "success" : "success, no verack";
}
