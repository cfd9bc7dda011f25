/**
 * Tokens put into their brackets, and told what each pair of brackets is.
 *
 * @module
 */

import type { Token } from "./lexer.ts";

/**
 * What a pair of brackets is: `module` is the whole text and has none, a `block` holds statements, `braces` are those of
 * an object, a pattern or an import, a `substitution` is a `${}` of a template.
 */
export type GroupKind = "module" | "block" | "class" | "switch" | "braces" | "parens" | "brackets" | "substitution";

/** A pair of brackets with all that is in it. */
export interface Group {
  readonly kind: GroupKind;
  /** What is between the brackets, in order. */
  readonly nodes: readonly Node[];
  /** The group that this one is in, and its place there; `null` for the module. */
  readonly parent: { readonly group: Group; readonly index: number } | null;
  /** The offset of the opening bracket. */
  readonly start: number;
  /** The offset after the closing bracket. */
  readonly end: number;
}

/** A token that is no bracket, or a pair of brackets. */
export type Node = Token | Group;

/** Whether a node is a pair of brackets, of that kind if one is given. */
export function isGroup(node: Node | undefined, kind?: GroupKind): node is Group {
  return node !== undefined && "nodes" in node && (kind === undefined || node.kind === kind);
}

/** Whether a node is one of some tokens. */
export function isToken(node: Node | undefined, ...texts: readonly string[]): node is Token {
  return node !== undefined && "text" in node && texts.includes(node.text);
}

/** The keyword whose header is the pair of parentheses at `index`; `undefined` when it is not that of a statement. */
export function headerOf(nodes: readonly Node[], index: number): string | undefined {
  if (!isGroup(nodes[index], "parens")) return undefined;
  const before = nodes[index - (isToken(nodes[index - 1], "await") ? 2 : 1)];
  if (!isToken(before, "if", "for", "while", "switch", "catch", "with")) return undefined;
  return isToken(nodes[index - 2], ".") ? undefined : before.text;
}

const BEFORE_BLOCK = ["=>", "else", "try", "finally", "do", "static", "catch"] as const;

/** What kind a `{` is that comes after those nodes, in a group of that kind. */
function kindOfBrace(nodes: readonly Node[], parent: GroupKind): GroupKind {
  const last = nodes.at(-1);
  if (isGroup(last, "parens")) {
    const header = headerOf(nodes, nodes.length - 1);
    if (header !== undefined) return header === "switch" ? "switch" : "block";
  }
  // A class may extend what a call gives, so this comes before the blocks of functions.
  let index = nodes.length - 1;
  while (isClassHead(nodes[index]) && !isToken(nodes[index], "class")) index--;
  if (isToken(nodes[index], "class") && !isToken(nodes[index - 1], ".")) return "class";
  if (isGroup(last, "parens") || isToken(last, ...BEFORE_BLOCK)) return "block";
  const begins = last === undefined || isToken(last, ";") || isGroup(last, "block") || isGroup(last, "class");
  if (begins && (parent === "module" || parent === "block" || parent === "switch")) return "block";
  return parent === "switch" && isToken(last, ":") ? "block" : "braces";
}

function isClassHead(node: Node | undefined): boolean {
  if (isGroup(node)) return node.kind === "parens" || node.kind === "brackets";
  return node?.kind === "name" || isToken(node, ".");
}

/**
 * Puts the tokens of a module into their brackets.
 *
 * @throws {SyntaxError} when a bracket has no partner.
 */
export function nest(tokens: readonly Token[]): Group {
  let at = 0;
  /** Reads up to the token that closes the group, and no further. */
  const read = (kind: GroupKind, parent: Group["parent"], start: number): Group => {
    const nodes: Node[] = [];
    const group = { kind, nodes, parent, start, end: tokens.at(-1)?.end ?? 0 };
    for (let token = tokens[at]; token !== undefined && !CLOSING.test(token.text); token = tokens[++at]) {
      if (opens(token)) readGroups(token, nodes, group);
      else nodes.push(token);
    }
    const closing = tokens[at];
    if ((closing === undefined) !== (kind === "module")) {
      throw new SyntaxError(
        `Expected brackets in pairs, got one without a partner at offset ${closing?.start ?? start}`,
      );
    }
    group.end = closing?.end ?? group.end;
    return group;
  };
  /** Reads a group, or all those of a template: each of its middle parts closes one and opens the next. */
  const readGroups = (opening: Token | undefined, nodes: Node[], group: Group): void => {
    while (opening !== undefined && opens(opening)) {
      at++;
      nodes.push(read(kindOf(opening, nodes, group.kind), { group, index: nodes.length }, opening.start));
      opening = tokens[at];
    }
  };
  return read("module", null, 0);
}

const CLOSING = /^[)\]}]/;

function opens({ kind, text }: Token): boolean {
  return /^[([{]$/.test(text) || kind === "template" && text.endsWith("${");
}

function kindOf({ text }: Token, nodes: readonly Node[], parent: GroupKind): GroupKind {
  if (text === "(") return "parens";
  if (text === "[") return "brackets";
  return text === "{" ? kindOfBrace(nodes, parent) : "substitution";
}

/** A group and all those in it, from the outside in. */
export function* groupsIn(group: Group): Generator<Group> {
  yield group;
  for (const node of group.nodes) if (isGroup(node)) yield* groupsIn(node);
}
