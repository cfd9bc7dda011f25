/**
 * HTML that cannot be injected into: whatever is put into an {@linkcode html} template is escaped, unless it is itself
 * the result of one.
 *
 * @module
 */

import { escapeText } from "../../wire/escape.ts";

/** A piece of HTML. Only this file makes one, so a text can never pass for it. */
export class Html {
  readonly #text: string;

  /** Takes text that is HTML already. */
  constructor(text: string) {
    this.#text = text;
  }

  /** The HTML as text. */
  toString(): string {
    return this.#text;
  }
}

/** What can stand in a template: text and numbers, HTML, nothing, and lists of these. */
export type Content = string | number | Html | null | readonly Content[];

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** A text as HTML, for elements and for attributes in quotes, after {@linkcode escapeText}. */
export function escapeHtml(text: string): string {
  return escapeText(text).replace(/[&<>"']/g, (character) => ENTITIES.get(character) ?? "");
}

/**
 * The tag of a template that is HTML, into which values go escaped. The indentation of the source stays out of the page.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  let text = "";
  for (const [i, part] of parts.entries()) text += part.replaceAll(/\n\s*/g, "\n") + toHtml(values[i] ?? null);
  return new Html(text);
}

function toHtml(content: Content): string {
  if (content === null) return "";
  if (content instanceof Html) return content.toString();
  return typeof content === "object" ? content.map(toHtml).join("") : escapeHtml(String(content));
}
