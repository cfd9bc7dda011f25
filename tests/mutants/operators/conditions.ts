/**
 * Conditions that are always true, or always false.
 *
 * @module
 */

import {
  CONDITION,
  endOfOperand,
  inBrackets,
  precedenceAt,
  type Range,
  startOfOperand,
  UNARY,
} from "../expressions.ts";
import { type Group, headerOf, isGroup, isToken } from "../nesting.ts";
import { type Edit, spanOf } from "./edit.ts";

const OPERATOR = "condition";

const COMPARISON = 8;

/** The conditions around the node at `index` of a group, which is the operator or the header of them. */
export function* conditionsAt(group: Group, index: number): Generator<Edit> {
  for (const range of rangesAt(group, index)) {
    for (const to of constantsFor(range)) yield { operator: OPERATOR, ...spanOf(inBrackets(range)), to };
  }
}

function* rangesAt(group: Group, index: number): Generator<Range> {
  const { nodes } = group;
  const node = nodes[index];
  const around = (precedence: number): Range => ({
    group,
    first: startOfOperand(nodes, index, precedence),
    last: endOfOperand(nodes, index, precedence),
  });
  const precedence = precedenceAt(nodes, index);
  if (isToken(node, "&&", "||") && precedence !== undefined) {
    yield { group, first: startOfOperand(nodes, index, precedence), last: index - 1 };
    yield { group, first: index + 1, last: endOfOperand(nodes, index, precedence) };
    // Once for all that are joined in this way.
    if (!isToken(nodes[startOfOperand(nodes, index, precedence) - 1], node.text)) yield around(precedence - 1);
  } else if (precedence === COMPARISON || precedence === COMPARISON + 1) {
    yield around(precedence - 1);
  } else if (isToken(node, "!")) {
    yield { group, first: index, last: endOfOperand(nodes, index, UNARY) };
  } else if (isToken(node, "?")) {
    yield { group, first: startOfOperand(nodes, index, CONDITION), last: index - 1 };
  } else if (isGroup(node, "parens") && isToken(nodes[index - 1], "if", "while") && node.nodes.length > 0) {
    yield { group: node, first: 0, last: node.nodes.length - 1 };
  }
}

/** What can take the place of a condition and is not the same as another such change beside it. */
function constantsFor(inner: Range): string[] {
  const range = inBrackets(inner);
  const { group: { nodes }, first, last } = range;
  const [before, after] = [nodes[first - 1], nodes[last + 1]];
  if (isToken(before, "!")) return [];
  if (isToken(before, "&&") || isToken(after, "&&")) return ["true"];
  if (isToken(before, "||") || isToken(after, "||")) return ["false"];
  const { group, first: innerFirst, last: innerLast } = inner;
  const all = group.nodes.slice(innerFirst, innerLast + 1);
  if (all.some((node) => isToken(node, "||"))) return ["true"];
  return all.some((node) => isToken(node, "&&")) || isOfLoop(range) ? ["false"] : ["true", "false"];
}

/** Whether it is the whole condition of a loop, which would not end. */
function isOfLoop({ group, first, last }: Range): boolean {
  const { parent, nodes } = group;
  if (parent === null) return false;
  const header = headerOf(parent.group.nodes, parent.index);
  if (header === "for") return isToken(nodes[first - 1], ";") && isToken(nodes[last + 1], ";");
  return header === "while" && first === 0 && last === nodes.length - 1;
}
