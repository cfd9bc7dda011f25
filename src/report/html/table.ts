/**
 * Tables as all of the page has them: with a caption, and heads that say what they are the heads of.
 *
 * @module
 */

import { type Content, type Html, html } from "./escape.ts";

/** The head of a column. */
export interface Head {
  /** What stands in it. */
  readonly label: string;
  /** Whether the cells are numbers, or empty: they are aligned and sorted as numbers then. */
  readonly numeric?: boolean;
}

/** A column of a table of `R`s: its head, and what stands in the cell of each of them. */
export interface Column<R> extends Head {
  /** The cell of a row. */
  readonly cell: (row: R) => Content;
}

/** What a table is. */
export interface TableOptions<R> {
  /** What it shows. */
  readonly caption: string;
  /** The columns; the cells of the first one are the heads of the rows. */
  readonly columns: readonly Column<R>[];
  /** What there is a row of. */
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

/** A table that may be wider than its place: it scrolls by itself. A column that has nothing to say is left out. */
export function wideTable<R>(options: TableOptions<R>): Html {
  const { caption, columns, rows } = options;
  return scrollable(caption, table({ ...options, columns: tellingColumns(columns, rows) }));
}

/** The first column, and those others in which anything but nothing and zeros stands. */
export function tellingColumns<R, C extends Column<R>>(columns: readonly C[], rows: readonly R[]): C[] {
  const isTelling = (content: Content) => content !== null && content !== "" && content !== 0;
  return columns.filter(({ cell }, i) => i === 0 || rows.some((row) => isTelling(cell(row))));
}

/** A place that scrolls sideways, by keyboard too, and shows that it goes on. */
export function scrollable(label: string, content: Content): Html {
  return html`<div class="wide" tabindex="0" role="region" aria-label="${label}">${content}</div>`;
}

/** A table with rows that are HTML already: `tr` elements. */
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
