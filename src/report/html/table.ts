/**
 * Tables as all of the page has them: with a caption, and heads that say what they are the heads of.
 *
 * @module
 */

import { type Content, type Html, html } from "./escape.ts";

/** The head of a column; one of numbers is aligned and sorted as numbers. */
export interface Column {
  /** What stands in it. */
  readonly label: string;
  /** Whether its cells are numbers, or empty. */
  readonly numeric?: boolean;
}

/** What a table is. */
export interface TableOptions {
  /** What it shows. */
  readonly caption: string;
  /** The columns; the cells of the first one are the heads of the rows. */
  readonly columns: readonly Column[];
  /** The rows: `tr` elements. */
  readonly rows: Content;
  /** Its class, for the style and the script. */
  readonly kind?: "bars" | "sortable";
}

/** A table. */
export function table({ caption, columns, rows, kind }: TableOptions): Html {
  return html`
    <table class="${kind ?? "plain"}">
      <caption>${caption}</caption>
      <thead>
        <tr>${columns.map(columnHead)}</tr>
      </thead>
      <tbody>${rows}</tbody>
    </table>
  `;
}

function columnHead({ label, numeric = false }: Column): Html {
  return numeric ? html`<th scope="col" class="n">${label}</th>` : html`<th scope="col">${label}</th>`;
}

/** A table that is wider than a phone: it scrolls by itself, by keyboard too. */
export function wideTable(options: TableOptions): Html {
  return html`<div class="wide" tabindex="0" role="region" aria-label="${options.caption}">${table(options)}</div>`;
}
