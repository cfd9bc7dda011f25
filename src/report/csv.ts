/**
 * Records as CSV (RFC 4180): one row per peer, or in an audit one row per seed. Other records produce no row.
 *
 * Nested values are flattened: a list is joined with `|`; a record, or a list of records, becomes a column for each
 * key.
 *
 * A spreadsheet may split lines at other separators than the comma, depending on its settings or locale, and quotes
 * then do not protect a cell, as they count only at its beginning. So the other separators are escaped within a text,
 * like unprintable bytes of a peer, and so is anything that would start a formula after a separator.
 *
 * @module
 */

import { NETWORK_NAMES } from "../address/network.ts";
import type { Since } from "../crawl/result.ts";
import type { AuditReason, Percentiles } from "../audit/result.ts";
import { escapeCharacter, escapeText } from "../wire/escape.ts";
import type { AnyRecord } from "./records.ts";
import type { AuditRecord, QueryRecord } from "./records/audit.ts";
import type { RunRecord } from "./records/run.ts";
import type { ErrorRecord } from "./records/error.ts";
import type { PeerRecord } from "./records/peer.ts";

/** What a cell can hold; `null` is an empty one. */
type Cell = string | number | boolean | null;

/** A column: the suffix of its name after the key, its cell, and whether it can contain text from a peer. */
type Column<V> = readonly [suffix: string, cell: (value: V) => Cell, origin?: "peer"];

/** The columns of each key, in the order of the record. */
type Columns<R> = { readonly [K in keyof R]: readonly Column<R[K]>[] };

const AS_IT_IS: readonly Column<Cell>[] = [["", (value) => value]];

const PEER_TEXT: readonly Column<string | null>[] = [["", (text) => joined([text]), "peer"]];

const LIST: readonly Column<readonly string[] | null>[] = [["", (values) => values && joined(values)]];

const PEER_LIST: readonly Column<readonly string[]>[] = [["", joined, "peer"]];

const COUNTS: readonly Column<Readonly<Record<string, number>>>[] = [
  ["", (counts) => joined(Object.entries(counts).map(([name, count]) => `${name}=${count}`))],
];

const ERROR: readonly Column<ErrorRecord | null>[] = [
  ["_code", (error) => error?.code ?? null],
  ["_phase", (error) => error?.phase ?? null],
  ["_message", (error) => error && joined([error.message]), "peer"],
];

const USER_AGENTS: readonly Column<AuditRecord["user_agents"]>[] = [
  ["", (agents) => joined(agents.map(([userAgent, count]) => `${userAgent}=${count}`)), "peer"],
];

const PERCENTILES: readonly Column<Percentiles>[] = [["_p50", ({ p50 }) => p50], ["_p90", ({ p90 }) => p90]];

const REASONS: readonly Column<readonly AuditReason[]>[] = [
  ["_code", (reasons) => joined(reasons.map(({ code }) => code))],
  ["_message", (reasons) => joined(reasons.map(({ message }) => message)), "peer"],
];

const QUERIES: readonly Column<readonly QueryRecord[]>[] = [
  ["_name", (queries) => joined(queries.map(({ name }) => name))],
  ["_service_bits", (queries) => joined(queries.map(({ service_bits }) => service_bits))],
  ["_a", (queries) => joined(queries.map(({ a }) => a))],
  ["_aaaa", (queries) => joined(queries.map(({ aaaa }) => aaaa))],
  ["_elapsed_ms", (queries) => joined(queries.map(({ elapsed_ms }) => elapsed_ms))],
  ["_matching", (queries) => joined(queries.map(({ matching }) => matching))],
  ["_error_code", (queries) => joined(queries.map(({ error }) => error?.code ?? null))],
];

const PEER_COLUMNS: Columns<PeerRecord> = {
  type: AS_IT_IS,
  target: AS_IT_IS,
  addr: AS_IT_IS,
  network: AS_IT_IS,
  success: AS_IT_IS,
  transport_protocol_type: AS_IT_IS,
  session_id: AS_IT_IS,
  v2_fallback: AS_IT_IS,
  version: AS_IT_IS,
  services: AS_IT_IS,
  servicesnames: LIST,
  subver: PEER_TEXT,
  startingheight: AS_IT_IS,
  relaytxes: AS_IT_IS,
  timeoffset: AS_IT_IS,
  addrlocal: AS_IT_IS,
  verack: AS_IT_IS,
  messages: PEER_LIST,
  connect_ms: AS_IT_IS,
  handshake_ms: AS_IT_IS,
  bytessent: AS_IT_IS,
  bytesrecv: AS_IT_IS,
  error: ERROR,
};

const AUDIT_COLUMNS: Columns<AuditRecord> = {
  type: AS_IT_IS,
  seed: AS_IT_IS,
  verdict: AS_IT_IS,
  partial: AS_IT_IS,
  reasons: REASONS,
  queries: QUERIES,
  addresses: AS_IT_IS,
  ipv4: AS_IT_IS,
  ipv6: AS_IT_IS,
  unroutable: AS_IT_IS,
  no_route: AS_IT_IS,
  shared: AS_IT_IS,
  netgroups: AS_IT_IS,
  success: AS_IT_IS,
  failure: AS_IT_IS,
  success_rate: AS_IT_IS,
  errors: COUNTS,
  behind: AS_IT_IS,
  median_height: AS_IT_IS,
  v2: AS_IT_IS,
  user_agents: USER_AGENTS,
  connect_ms: PERCENTILES,
  handshake_ms: PERCENTILES,
};

const SINCE: readonly Column<Since | null>[] = [
  ["_new", (since) => since?.new ?? null],
  ["_back", (since) => since?.back ?? null],
  ["_gone", (since) => since?.gone ?? null],
  ["_kept", (since) => since?.kept ?? null],
];

/** A column for each key of each network. */
const RUN_NETWORKS: readonly Column<RunRecord["networks"]>[] = NETWORK_NAMES.flatMap((network) =>
  (["known", "dialled", "success", "v2", "median_height"] as const).map((key) =>
    [`_${network}_${key}`, (networks: RunRecord["networks"]) => networks[network][key]] as const
  )
);

const RUN_COLUMNS: Columns<RunRecord> = {
  type: AS_IT_IS,
  run: AS_IT_IS,
  started: AS_IT_IS,
  ended: AS_IT_IS,
  elapsed_ms: AS_IT_IS,
  known: AS_IT_IS,
  waiting: AS_IT_IS,
  complete: AS_IT_IS,
  stopped_by: AS_IT_IS,
  networks: RUN_NETWORKS,
  user_agents: USER_AGENTS,
  since: SINCE,
};

/** A header, and a function from records to rows. */
export interface Rows {
  /** The first line, without its line end. */
  readonly header: string;
  /** Returns the line of a record, without its line end; `null` if the record has none. */
  readonly row: (record: AnyRecord) => string | null;
}

/** One row per peer. */
export const PEER_ROWS: Rows = rowsOf("peer", PEER_COLUMNS);

/** One row per run that was kept. */
export const RUN_ROWS: Rows = rowsOf("run", RUN_COLUMNS);

/** One row per audited seed. */
export const SEED_ROWS: Rows = rowsOf("audit", AUDIT_COLUMNS);

/** The end of every line (RFC 4180, section 2). */
export const CSV_LINE_END = "\r\n";

function rowsOf<R extends AnyRecord>(type: R["type"], columns: Columns<R>): Rows {
  const keys = Object.keys(columns) as (keyof R & string)[];
  const flat = keys.flatMap((key) => flatColumns(columns, key));
  const isRow = (record: AnyRecord): record is R => record.type === type;
  return {
    header: flat.map(([name]) => name).join(","),
    row: (record) => isRow(record) ? flat.map(([, field]) => field(record)).join(",") : null,
  };
}

/** The columns of a key: their full names and their fields. */
function flatColumns<R, K extends keyof R & string>(columns: Columns<R>, key: K) {
  return columns[key].map(([suffix, cell, origin]) =>
    [`${key}${suffix}`, (record: R) => field(cell(record[key]), origin === "peer")] as const
  );
}

/** The elements joined with `|`; a `|` within an element is escaped like a byte of a peer. */
function joined(elements: readonly (string | number | null)[]): string {
  return elements.map((element) => String(element ?? "").replaceAll("|", "\\x7c")).join("|");
}

/** A cell as a field of a line; in quotes if `quoted` and not empty. */
function field(cell: Cell, quoted: boolean): string {
  const text = typeof cell === "string" ? guarded(cell) : String(cell ?? "");
  return quoted && text !== "" || /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What could end a cell in any context, such as a semicolon, and a quote that would begin one. */
const ENDING = /;|(?<=:|\| *)"|[: ]$/g;

/**
 * What would begin a formula after a separator, a space or a quote. An option in a message, such as `--chain`, does
 * not.
 */
const BEGINNING =
  /(?<=[\s!"#$%&'*,:<>?\\^`|~])(?:[=+@\uff0b\uff0d\uff1d\uff20]|-(?!-[a-z]+(?:-[a-z]+)*(?:[\s,.)]|$)))/gu;

/**
 * Escapes what could end the cell, and puts a `'` before what a spreadsheet would take for a formula; a number is not
 * one.
 */
function guarded(text: string): string {
  const escaped = escapeText(text).replace(ENDING, escapeCharacter).replace(BEGINNING, escapeCharacter);
  return /^[=+@\uff0b\uff0d\uff1d\uff20-]/.test(escaped) && !isNumber(escaped) ? `'${escaped}` : escaped;
}

function isNumber(text: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
}
