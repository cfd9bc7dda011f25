/**
 * Terms and what they mean, in two columns.
 *
 * @module
 */

import { wrap } from "../report/wrap.ts";

/** The eye loses a longer line on the way back, and a narrower terminal has no room for words. */
const MAX_WIDTH = 100;
const MIN_WIDTH = 24;

/** A term, and what is said of it. */
export type Entry = readonly [term: string, text: string];

/** What is said of a term stands beside it where there is as much room, else beneath it. */
const MIN_ROOM = 30;

const INDENT = "  ";
const INDENT_BENEATH = "        ";

/** How long a line of text should be on a terminal of some width. */
export function readableWidth(columns: number): number {
  return Math.max(MIN_WIDTH, Math.min(columns, MAX_WIDTH));
}

/** The column in which what is said of these terms begins. */
export function secondColumn(entries: readonly Entry[]): number {
  return INDENT.length + Math.max(...entries.map(([term]) => term.length)) + INDENT.length;
}

/** The lines of entries whose second column begins at `column`, where a line has `width` columns. */
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

/** Text in lines, in which no note in brackets breaks that fits on one. */
function wrapNotes(text: string, width: number): string[] {
  const glued = text.replace(/\[[^\]]*\]/g, (note) => note.length <= width ? note.replaceAll(" ", "\u00a0") : note);
  return wrap(glued, width).map((line) => line.replaceAll("\u00a0", " "));
}
