/**
 * The tables of the page, each with a caption and scoped headers.
 *
 * @module
 */

import { type Content, type Html, html } from "./escape.ts";

/** The head of a column. */
export interface Head {
  /** The label. */
  readonly label: string;
  /** Whether the cells are numbers or empty, and so aligned and sorted as numbers. */
  readonly numeric?: boolean;
}

/** A column of a table whose rows are `R`s. */
export interface Column<R> extends Head {
  /** Returns the cell of a row. */
  readonly cell: (row: R) => Content;
}

/** Options of a table. */
export interface TableOptions<R> {
  /** What it shows. */
  readonly caption: string;
  /** The columns; the first one's cells are row headers. */
  readonly columns: readonly Column<R>[];
  /** The rows. */
  readonly rows: readonly R[];
  /** Its class, for the style and the script. */
  readonly kind?: "bars" | "sortable";
}

/** A table. */
export function table<R>({ caption, columns, rows, kind }: TableOptions<R>): Html {
  const [first, ...others] = columns;
  const body = rows.map((row) =>
    html`
      <tr><th scope="row">${first?.cell(row) ?? null}</th>${others.map((column) => cell(column, row))}</tr>
    `
  );
  return tableOf(caption, columns, body, kind);
}

function cell<R>({ numeric, cell }: Column<R>, row: R): Html {
  return numeric ? html`<td class="n">${cell(row)}</td>` : html`<td>${cell(row)}</td>`;
}

/** A table that may be wider than the page, and then scrolls. Columns without information are left out. */
export function wideTable<R>(options: TableOptions<R>): Html {
  const { caption, columns, rows } = options;
  return scrollable(caption, table({ ...options, columns: tellingColumns(columns, rows) }));
}

/** The first column, and the others that have any cell that is neither empty nor zero. */
export function tellingColumns<R, C extends Column<R>>(columns: readonly C[], rows: readonly R[]): C[] {
  const isTelling = (content: Content) => content !== null && content !== "" && content !== 0;
  return columns.filter(({ cell }, i) => i === 0 || rows.some((row) => isTelling(cell(row))));
}

/** A block that scrolls sideways, by keyboard too, and shows that there is more. */
export function scrollable(label: string, content: Content): Html {
  return html`<div class="wide" tabindex="0" role="region" aria-label="${label}">${content}</div>`;
}

/** A table whose rows are already HTML: `tr` elements. */
export function tableOf(caption: string, heads: readonly Head[], rows: Content, kind: string = "plain"): Html {
  return html`
    <table class="${kind}">
      <caption>${caption}</caption>
      <thead>
        <tr>${heads.map(columnHead)}</tr>
      </thead>
      <tbody>${rows}</tbody>
    </table>
  `;
}

function columnHead({ label, numeric = false }: Head): Html {
  return numeric ? html`<th scope="col" class="n">${label}</th>` : html`<th scope="col">${label}</th>`;
}
