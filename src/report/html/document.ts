/**
 * A self-contained HTML page: no external script, link or font.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { PROGRAM_VERSION } from "../../scan/program.ts";
import { type Content, Html, html } from "./escape.ts";
import { SCRIPT } from "./script.ts";
import { STYLE } from "./style.ts";

/** A page. */
export interface Page {
  /** The title of the browser's tab. */
  readonly title: string;
  /** The top of the page: a first-level heading, and what to know first. */
  readonly header: Content;
  /** The sections of the page. */
  readonly sections: readonly Section[];
  /** The explanation of its terms. */
  readonly footer: Content;
}

/** A part of a page, with a heading listed in the table of contents. */
export interface Section {
  /** The anchor for links. */
  readonly id: string;
  /** Its heading. */
  readonly heading: string;
  /** Whether it is placed next to another one if there is room. */
  readonly half?: boolean;
  /** The content, piece by piece. */
  readonly content: Iterable<Content>;
}

/** The page, in pieces of a few hundred kilobytes at most. */
export function* htmlDocument({ title, header, sections, footer }: Page): Generator<string> {
  yield `<!DOCTYPE html>\n<html lang="en">\n<head>${head(title)}</head>\n<body>\n`;
  yield String(html`<header>${header}${sections.length > 1 ? contents(sections) : null}</header>\n<main>\n`);
  for (const { id, heading, half, content } of sections) {
    yield `<section${half ? ' class="half"' : ""} aria-labelledby="${id}">\n`;
    yield String(html`<h2 id="${id}">${heading}</h2>\n`);
    for (const piece of content) yield String(html`${piece}`);
    yield "</section>\n";
  }
  yield String(html`
    </main>
    <footer>
      ${footer}
      <p>Made by bitcoin-p2p-handshake ${PROGRAM_VERSION}. This page is self-contained and loads nothing.</p>
    </footer>
  `);
  yield `<script>${SCRIPT}</script>\n</body>\n</html>\n`;
}

function contents(sections: readonly Section[]): Html {
  return html`
    <nav aria-label="Contents">
      <ul>${sections.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`)}</ul>
    </nav>
  `;
}

function head(title: string): Html {
  return html`
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy()}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <link rel="icon" href="data:,">
    <title>${title}</title>
    <style>${new Html(STYLE)}</style>
  `;
}

/** What a browser may run and load: only this style and this script, whatever else might get into the page. */
function contentSecurityPolicy(): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `script-src ${hash(SCRIPT)}`,
    `style-src ${hash(STYLE)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
