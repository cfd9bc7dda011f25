/**
 * Where the operands of an operator begin and end.
 *
 * @module
 */

import { expectsOperand } from "./lexer.ts";
import { type Group, headerOf, isGroup, isToken, type Node } from "./nesting.ts";

/** Some of the nodes of a group that follow one another, at least one. */
export interface Range {
  /** What they are in. */
  readonly group: Group;
  /** The place of the first one. */
  readonly first: number;
  /** The place of the last one. */
  readonly last: number;
}

/** How tightly binary operators bind. */
const PRECEDENCE = new Map<string, number>([
  ["??", 3],
  ["||", 3],
  ["&&", 4],
  ["|", 5],
  ["^", 6],
  ["&", 7],
  ...["==", "!=", "===", "!=="].map((text) => [text, 8] as const),
  ...["<", "<=", ">", ">=", "in", "instanceof"].map((text) => [text, 9] as const),
  ...["<<", ">>", ">>>"].map((text) => [text, 10] as const),
  ...["+", "-"].map((text) => [text, 11] as const),
  ...["*", "/", "%"].map((text) => [text, 12] as const),
  ["**", 13],
]);

/** How tightly `!`, `~` and `-` bind the one operand after them. */
export const UNARY = 14;

/** That of the condition of `?:`, and of whatever else may be all binary operators. */
export const CONDITION = 2;

/** No expression goes on over these, in the brackets that it stands in. */
const BOUNDARY = /^(?:[,;:?]|=>|\.\.\.|(?:[-+*/%&|^]|\*\*|<<|>>>?|\?\?|&&|\|\|)?=)$/;

/** Nor over these. */
const BOUNDARY_WORDS = new Set(
  ["return", "throw", "case", "do", "else", "default", "export", "import", "const", "let", "var", "of", "yield"],
);

/** A `*` after one of these makes a generator. */
const BEFORE_STAR = ["function", "async", "static"] as const;

/** Whether the node at `index` is the end of an operand, so that what comes next is an operator or ends it. */
function endsOperand(nodes: readonly Node[], index: number): boolean {
  const node = nodes[index];
  if (node === undefined) return false;
  if (isGroup(node)) return node.kind !== "block" && headerOf(nodes, index) === undefined;
  return isToken(nodes[index - 1], ".", "?.") || !expectsOperand(node) && !BOUNDARY_WORDS.has(node.text);
}

/** How tightly the node at `index` binds what is on its two sides; `undefined` when it is no binary operator. */
export function precedenceAt(nodes: readonly Node[], index: number): number | undefined {
  const node = nodes[index];
  if (node === undefined || isGroup(node) || node.kind === "string") return undefined;
  if (node.text === "*" && isToken(nodes[index - 1], ...BEFORE_STAR)) return undefined;
  return endsOperand(nodes, index - 1) ? PRECEDENCE.get(node.text) : undefined;
}

function isBoundary(nodes: readonly Node[], index: number): boolean {
  const node = nodes[index];
  if (node === undefined) return true;
  if (isGroup(node)) return isGroup(node, "block") || headerOf(nodes, index) !== undefined;
  if (node.kind === "punctuator") return BOUNDARY.test(node.text);
  return node.kind === "name" && BOUNDARY_WORDS.has(node.text) && !isToken(nodes[index - 1], ".");
}

/** The first node of the operand that ends before `index`, of operators that bind more tightly than `precedence`. */
export function startOfOperand(nodes: readonly Node[], index: number, precedence: number): number {
  let first = index;
  while (!isBoundary(nodes, first - 1) && (precedenceAt(nodes, first - 1) ?? Infinity) > precedence) first--;
  return first;
}

/** The last node of the operand that begins after `index`, of operators that bind more tightly than `precedence`. */
export function endOfOperand(nodes: readonly Node[], index: number, precedence: number): number {
  let last = index;
  while (!isBoundary(nodes, last + 1) && (precedenceAt(nodes, last + 1) ?? Infinity) > precedence) last++;
  return last;
}

/** The range without the brackets that do nothing but group it. */
export function inBrackets({ group, first, last }: Range): Range {
  const { parent } = group;
  const whole = first === 0 && last === group.nodes.length - 1 && group.kind === "parens" && parent !== null;
  if (!whole) return { group, first, last };
  const { group: { nodes }, index } = parent;
  const called = endsOperand(nodes, index - 1) || headerOf(nodes, index) !== undefined;
  const goesOn = isToken(nodes[index + 1], ".", "?.", "=>") || isGroup(nodes[index + 1], "parens") ||
    isGroup(nodes[index + 1], "brackets");
  return called || goesOn ? { group, first, last } : inBrackets({ group: parent.group, first: index, last: index });
}
