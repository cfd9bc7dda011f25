/**
 * The statements that can be left out, and those that give a value.
 *
 * @module
 */

import type { Range } from "./expressions.ts";
import { type Group, headerOf, isGroup, isToken, type Node } from "./nesting.ts";

/** A statement without statements in it, and without its semicolon. */
export interface Statement extends Range {
  /** Whether it is all that an `if` without an `else` does. */
  readonly isWholeIf: boolean;
}

/** Each of these declares something, up to a semicolon or the end of a body. */
const DECLARATIONS = ["import", "export", "const", "let", "var", "using", "function", "class"] as const;

/** The simple statements that are directly in a module, a block or a `switch`; none in any other group. */
export function* statementsIn(group: Group): Generator<Statement> {
  if (group.kind !== "module" && group.kind !== "block" && group.kind !== "switch") return;
  const { nodes } = group;
  let first = 0;
  while (first < nodes.length) {
    const after = skip(nodes, first);
    if (after > first) {
      first = after;
      continue;
    }
    const semicolon = endOfStatement(nodes, first);
    const range = { group, first, last: semicolon - 1 };
    if (semicolon > first) yield { ...range, isWholeIf: isWholeIf(range) };
    first = semicolon + 1;
  }
}

/** Where the next statement may begin, if none of ours does at `index`. */
function skip(nodes: readonly Node[], index: number): number {
  const node = nodes[index];
  if (isGroup(node, "block") || isToken(node, "else", "do", "try", "finally")) return index + 1;
  if (isToken(node, "if", "for", "while", "switch", "catch")) {
    const body = index + (isToken(nodes[index + 1], "await") ? 3 : 2);
    if (isToken(node, "catch") && !isGroup(nodes[index + 1], "parens")) return index + 1;
    return isGroup(nodes[body], "switch") ? body + 1 : body;
  }
  if (isToken(node, "case", "default") && !isToken(nodes[index - 1], "export")) {
    return nodes.findIndex((node, at) => at > index && isToken(node, ":")) + 1;
  }
  if (isToken(node, "async", "await") && isToken(nodes[index + 1], "function", "using")) return skip(nodes, index + 1);
  if (!isToken(node, ...DECLARATIONS)) return index;
  const hasBody = nodes.slice(index, index + 4).some((node) => isToken(node, "function", "class"));
  const end = nodes.findIndex((node, at) =>
    at > index && (hasBody ? isGroup(node, "block") || isGroup(node, "class") : isToken(node, ";"))
  );
  return (end === -1 ? nodes.length : end) + 1;
}

function endOfStatement(nodes: readonly Node[], first: number): number {
  const semicolon = nodes.findIndex((node, index) => index >= first && isToken(node, ";"));
  return semicolon === -1 ? nodes.length : semicolon;
}

/** Without such a statement the `if` does what it does when its condition is false. */
function isWholeIf({ group, first, last }: Range): boolean {
  const alone = first === 0 && last === group.nodes.length - 2 && group.parent !== null;
  const { nodes } = alone ? group.parent.group : group;
  const body = alone ? group.parent.index : first;
  const end = alone ? body : last + 1;
  return headerOf(nodes, body - 1) === "if" && !isToken(nodes[end + 1], "else");
}

/**
 * The type that the function around a block says its result has, as it is written; empty when it says none. `text` is
 * the source with its types.
 */
export function resultType(block: Group, text: string): string {
  const { kind, parent, start } = block;
  if (parent === null) return "";
  const { group: { nodes }, index } = parent;
  const arrow = isToken(nodes[index - 1], "=>");
  const before = index - (arrow ? 2 : 1);
  const parameters = nodes[before];
  if (kind === "block" && isGroup(parameters, "parens") && headerOf(nodes, before) === undefined) {
    const end = arrow ? nodes[index - 1]?.start : start;
    return /^\s*:\s*([\s\S]*?)\s*$/.exec(text.slice(parameters.end, end))?.[1] ?? "";
  }
  return kind === "block" && arrow ? "" : resultType(parent.group, text);
}
