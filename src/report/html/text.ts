/**
 * Shortening text from peers and users for the page.
 *
 * @module
 */

import { type Html, html } from "./escape.ts";
import { formatCount } from "./stats.ts";

/** The longest text in a cell, in characters; an escaped user agent can have four times 256. */
export const MAX_TEXT = 120;

/** The longest message on lines of its own: a reason, an error. */
export const MAX_MESSAGE = 500;

/** The text, cut if it is longer than `most`. */
export function cut(text: string, most: number = MAX_TEXT): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** The text, cut, with line break opportunities after each part of a user agent, a name or a code. */
export function breakable(text: string): Html {
  const [first = "", ...others] = cut(text).split(/(?<=[^/_.][/_.])(?=[^/_.])/);
  return html`${first}${others.map((part) => html`<wbr>${part}`)}`;
}

/** The first few of the texts, and how many more there are: `a, b and 3 more`. */
export function firstOf(texts: readonly string[], most: number, all: number = texts.length): string {
  const shown = all <= most ? texts : texts.slice(0, most - 1);
  const rest = all - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${formatCount(rest)} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
