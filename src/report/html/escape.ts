/**
 * HTML that is safe from injection: values in an {@linkcode html} template are escaped unless they come from another
 * one.
 *
 * @module
 */

import { escapeText } from "../../wire/escape.ts";

/** A piece of HTML, a distinct type so that plain text is never mistaken for it. */
export class Html {
  readonly #text: string;

  /** Takes text that is already HTML. */
  constructor(text: string) {
    this.#text = text;
  }

  /** The HTML as text. */
  toString(): string {
    return this.#text;
  }
}

/** What a template can contain: text, numbers, HTML, nothing, and lists of these. */
export type Content = string | number | Html | null | readonly Content[];

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** Text as HTML, for elements and quoted attributes, after {@linkcode escapeText}. */
export function escapeHtml(text: string): string {
  return escapeText(text).replace(/[&<>"']/g, (character) => ENTITIES.get(character) ?? "");
}

/** Template tag for HTML, which escapes values and removes the indentation of the source. */
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
