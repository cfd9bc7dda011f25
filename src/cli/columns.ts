/**
 * Terms and their descriptions in two columns.
 *
 * @module
 */

import { wrap } from "../report/wrap.ts";

/** Wider lines are hard to read, and narrower ones have no room for words. */
const MAX_WIDTH = 100;
const MIN_WIDTH = 24;

/** A term and its description. */
export type Entry = readonly [term: string, text: string];

/** A description is placed next to its term if it has at least this much room, otherwise below it. */
const MIN_ROOM = 30;

const INDENT = "  ";
const INDENT_BENEATH = "        ";

/** The line length to use on a terminal with this many columns. */
export function readableWidth(columns: number): number {
  return Math.max(MIN_WIDTH, Math.min(columns, MAX_WIDTH));
}

/** The column in which the descriptions of these terms begin. */
export function secondColumn(entries: readonly Entry[]): number {
  return INDENT.length + Math.max(...entries.map(([term]) => term.length)) + INDENT.length;
}

/** The lines of entries whose second column begins at `column`, on lines of `width` columns. */
export function twoColumns(entries: readonly Entry[], column: number, width: number): string[] {
  return entries.flatMap(([term, text]) => {
    if (width - column >= MIN_ROOM) {
      return wrapNotes(text, width - column).map((line, i) =>
        `${(i === 0 ? `${INDENT}${term}` : "").padEnd(column)}${line}`
      );
    }
    const lines = wrapNotes(text, width - INDENT_BENEATH.length);
    return [`${INDENT}${term.trimStart()}`, ...lines.map((line) => `${INDENT_BENEATH}${line}`)];
  });
}

/** Wraps text without breaking notes in brackets that fit on a line. */
function wrapNotes(text: string, width: number): string[] {
  const glued = text.replace(/\[[^\]]*\]/g, (note) => note.length <= width ? note.replaceAll(" ", "\u00a0") : note);
  return wrap(glued, width).map((line) => line.replaceAll("\u00a0", " "));
}
