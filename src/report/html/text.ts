/**
 * Text that peers and users chose, at a length that a page can bear.
 *
 * @module
 */

/** The longest text in a cell, in characters; a user agent may have four times 256 once it is escaped. */
export const MAX_TEXT = 120;

/** The text, cut where it is too long for a cell. */
export function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 1)}…`;
}
