/**
 * The declarations that code is in, by name.
 *
 * @module
 */

import { type Group, isGroup, isToken, type Node } from "./nesting.ts";

/** Words that can stand before the name of what is declared. */
const MODIFIERS = ["export", "default", "async", "function", "class", "const", "let", "var", "using", "*"] as const;

const MEMBER_MODIFIERS = ["static", "async", "get", "set", "*"] as const;

/** A named part of a module. */
interface Place {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Tells in which declaration of a module an offset is: the name of it, a member of a class with that of the class before
 * it. What is in no declaration has the empty name.
 */
export function placeNames(module: Group): (offset: number) => string {
  const places = [...placesIn(module)];
  return (offset) => places.findLast(({ start, end }) => start <= offset && offset < end)?.name ?? "";
}

function* placesIn(module: Group): Generator<Place> {
  for (const { name, nodes } of declarations(module.nodes, MODIFIERS)) {
    if (!isToken(nodes[0], ...MODIFIERS)) continue;
    yield { name, ...spanOf(nodes) };
    const body = nodes.find((node) => isGroup(node, "class"));
    if (!isGroup(body) || !nodes.some((node) => isToken(node, "class"))) continue;
    for (const member of declarations(body.nodes, MEMBER_MODIFIERS)) {
      yield { name: `${name}.${member.name}`, ...spanOf(member.nodes) };
    }
  }
}

function spanOf(nodes: readonly Node[]): { start: number; end: number } {
  return { start: nodes[0]?.start ?? 0, end: nodes.at(-1)?.end ?? 0 };
}

/** Takes a list of declarations apart. */
function* declarations(
  nodes: readonly Node[],
  modifiers: readonly string[],
): Generator<{ name: string; nodes: Node[] }> {
  let part: Node[] = [];
  for (const [index, node] of nodes.entries()) {
    part.push(node);
    const isBody = isGroup(node, "block") || isGroup(node, "class");
    if (!isToken(node, ";") && !(isBody && !goesOn(nodes[index + 1]))) continue;
    yield { name: nameOf(part, modifiers), nodes: part };
    part = [];
  }
}

/** Whether the statement is not over with a body that it has. */
function goesOn(next: Node | undefined): boolean {
  return isToken(next, ";", ",", ".", "else", "catch", "finally", "while") || isGroup(next, "parens");
}

function nameOf(nodes: readonly Node[], modifiers: readonly string[]): string {
  const index = nodes.findIndex((node, at) => !isToken(node, ...modifiers) || !isName(nodes[at + 1]));
  const node = nodes[index];
  return isGroup(node) ? "[]" : node?.text ?? "";
}

/** Whether a word before such a node is a modifier, and not a name. */
function isName(node: Node | undefined): boolean {
  if (isGroup(node)) return node.kind === "brackets";
  return node !== undefined && (node.kind !== "punctuator" || node.text === "*");
}
