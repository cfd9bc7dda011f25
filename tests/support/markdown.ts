/**
 * Markdown, as far as the tests of the docs read it: links, headings, code.
 *
 * @module
 */

/** A document, taken apart. */
export interface MarkdownText {
  /** Where its links and images lead, as they are written. */
  readonly links: readonly string[];
  /** The anchors of its headings, as GitHub makes them. */
  readonly anchors: ReadonlySet<string>;
  /** Its code blocks, and their language if given. */
  readonly blocks: readonly CodeBlock[];
  /** What stands as code within a text. */
  readonly spans: readonly string[];
}

/** Lines of code. */
export interface CodeBlock {
  /** As after the fence; empty without. */
  readonly language: string;
  /** The lines, without indentation. */
  readonly code: string;
}

/** Code blocks: between fences, or indented after an empty line. */
const BLOCK = /^( *)```([^\n`]*)\n([\s\S]*?)^\1```$|(?<=^\n)(?:^ {4}.*\n|^\n(?= {4}))+/gm;
const SPAN = /(?<!`)(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g;
const LINK = /\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/g;
const REFERENCE = /^ {0,3}\[[^\]]+\]:\s*(\S+)/gm;
const ATTRIBUTE = /<(?:img|a|source)\b[^>]*?\b(?:src|href)="([^"]*)"/g;
const HEADING = /^#{1,6} +(.*?) *#*$/gm;

/** Takes a document apart. */
export function readMarkdown(text: string): MarkdownText {
  const blocks: CodeBlock[] = [];
  const spans: string[] = [];
  const prose = `\n${text}`.replaceAll(BLOCK, (indented: string, _indent, language?: string, fenced?: string) => {
    blocks.push({ language: language?.trim() ?? "", code: fenced ?? indented.replaceAll(/^ {4}/gm, "") });
    return "";
  });
  const headings = Array.from(prose.matchAll(HEADING), ([, heading = ""]) => heading);
  const withoutCode = prose.replaceAll(SPAN, (_, _fence, code: string) => {
    spans.push(code.replaceAll(/\s+/g, " ").trim());
    return "`code`";
  });
  const links = [LINK, REFERENCE, ATTRIBUTE].flatMap((pattern) =>
    Array.from(withoutCode.matchAll(pattern), ([, target = ""]) => target)
  );
  return { links, anchors: anchorsOf(headings), blocks, spans };
}

/** What leads to each heading; one that stands there a second time has a number. */
function anchorsOf(headings: readonly string[]): Set<string> {
  const anchors = new Set<string>();
  for (const heading of headings) {
    const text = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const anchor = text.replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "").replaceAll(" ", "-");
    let free = anchor;
    for (let n = 1; anchors.has(free); n++) free = `${anchor}-${n}`;
    anchors.add(free);
  }
  return anchors;
}
