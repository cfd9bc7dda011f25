/**
 * Other operators, other numbers, and another byte order.
 *
 * @module
 */

import { CONDITION, endOfOperand, precedenceAt, startOfOperand, UNARY } from "../expressions.ts";
import { type Group, headerOf, isGroup, isToken, type Node } from "../nesting.ts";
import type { Edit } from "./edit.ts";

const swaps = (...pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, string> => new Map(pairs);

const BINARY = Object.entries({
  bound: swaps(["<", "<="], ["<=", "<"], [">", ">="], [">=", ">"]),
  arithmetic: swaps(["+", "-"], ["-", "+"], ["*", "/"], ["/", "*"], ["%", "*"], ["**", "*"]),
  bits: swaps(["&", "|"], ["|", "&"], ["^", "|"], ["<<", ">>"], [">>", "<<"], [">>>", ">>"]),
});

const ASSIGNMENTS = Object.entries({
  arithmetic: swaps(["+=", "-="], ["-=", "+="], ["*=", "/="], ["/=", "*="], ["++", "--"], ["--", "++"]),
  bits: swaps(["&=", "|="], ["|=", "&="], ["^=", "|="], ["<<=", ">>="], [">>=", "<<="], [">>>=", ">>="]),
  fallback: swaps(["??=", "="]),
});

/** Functions that differ from another one as much as operators do. */
const METHODS = swaps(
  ["min", "max"],
  ["max", "min"],
  ["floor", "ceil"],
  ["ceil", "floor"],
  ["some", "every"],
  ["every", "some"],
);

/** The changes of the node at `index` of a group. */
export function* valuesAt(group: Group, index: number, source: string): Generator<Edit> {
  const node = group.nodes[index];
  if (node === undefined || isGroup(node)) return;
  const { start, end, text } = node;
  if (node.kind === "number" && !standsIn(group.nodes, index) && !isSign(group.nodes, index)) {
    for (const to of numbersBeside(text)) yield { operator: "number", start, end, to };
  } else if (isToken(node, "true", "false") && !isToken(group.nodes[index + 1], ":")) {
    yield { operator: "boolean", start, end, to: text === "true" ? "false" : "true" };
  } else if (node.kind === "name" && isToken(group.nodes[index - 1], ".", "?.")) {
    yield* methodsAt(group, index, source);
  } else if (node.kind === "punctuator") {
    yield* operatorsAt(group, index, source);
  }
}

/**
 * Whether a number only stands in for an element that the types say may be missing, as in `bytes[i] ?? 0`: it is
 * always there, or a test of what comes of it is one of the fallback too.
 */
function standsIn(nodes: readonly Node[], index: number): boolean {
  return isToken(nodes[index - 1], "??") && isGroup(nodes[index - 2], "brackets");
}

/** Whether it is one of the two results of a function that compares: of `-1 : 1` the sign alone counts. */
function isSign(nodes: readonly Node[], index: number): boolean {
  const text = nodes.slice(Math.max(0, index - 3), index + 4).map((node) => isGroup(node) ? "()" : node.text).join("");
  return isToken(nodes[index], "1") && /-1:1|1:-1/.test(text);
}

/** A number one greater and one less, written in the same base. */
function numbersBeside(text: string): string[] {
  const digits = text.replaceAll("_", "");
  if (/^0[xX]|^0[bB]|^0[oO]|^\d+n?$/.test(digits)) {
    const isBig = digits.endsWith("n") && !/^0[xX].*[^n]$/.test(digits);
    const value = BigInt(isBig ? digits.slice(0, -1) : digits);
    const write = (value: bigint) =>
      (/^0x/i.test(digits) ? `0x${value.toString(16)}` : `${value}`) + (isBig ? "n" : "");
    return value > 0n ? [write(value + 1n), write(value - 1n)] : [write(value + 1n)];
  }
  return [`${Number(digits) * 2}`];
}

function* methodsAt({ nodes }: Group, index: number, source: string): Generator<Edit> {
  const [name, args] = [nodes[index], nodes[index + 1]];
  if (name === undefined || isGroup(name) || !isGroup(args, "parens")) return;
  const { text, start, end } = name;
  const method = METHODS.get(text);
  if (method !== undefined) yield { operator: "method", start, end, to: method };
  const [, kind] = /^([gs])et(?:Uint|Int|BigUint|BigInt|Float)(?:16|32|64)$/.exec(text) ?? [];
  if (kind === undefined) return;
  const call = source.slice(start, args.end);
  const commas = args.nodes.filter((node, at) => isToken(node, ",") && at < args.nodes.length - 1);
  const order = commas[kind === "g" ? 0 : 1];
  const last = args.nodes.at(isToken(args.nodes.at(-1), ",") ? -2 : -1);
  if (order === undefined && last !== undefined) {
    const to = `${call.slice(0, last.end - start)}, true)`;
    yield { operator: "byte order", start, end: args.end, to };
  } else if (order !== undefined && !isToken(args.nodes[args.nodes.indexOf(order) + 1], "true", "false")) {
    const at = order.end - start;
    yield { operator: "byte order", start, end: args.end, to: `${call.slice(0, at)} !${call.slice(at).trimStart()}` };
  }
}

function* operatorsAt(group: Group, index: number, source: string): Generator<Edit> {
  const { nodes } = group;
  const { start = 0, end = 0 } = nodes[index] ?? {};
  const text = source.slice(start, end);
  const precedence = precedenceAt(nodes, index);
  const isUnary = precedence === undefined && /^[-~]$/.test(text);
  if (isUnary) {
    const until = nodes[endOfOperand(nodes, index, UNARY)]?.end ?? end;
    yield { operator: text === "~" ? "bits" : "arithmetic", start, end: until, to: source.slice(end, until) };
  }
  if (isUnary || joinsText(nodes, index)) return;
  const from = nodes[startOfOperand(nodes, index, (precedence ?? UNARY) - 1)]?.start ?? start;
  const until = nodes[endOfOperand(nodes, index, precedence ?? CONDITION)]?.end ?? end;
  if (text === "??") yield { operator: "fallback", start: from, end: until, to: source.slice(end, until).trimStart() };
  if (/^(?:\+\+|--)$/.test(text) && counts(group)) return;
  for (const [operator, others] of precedence === undefined ? ASSIGNMENTS : BINARY) {
    const to = others.get(text);
    if (to === undefined) continue;
    yield { operator, start: from, end: until, to: source.slice(from, start) + to + source.slice(end, until) };
  }
}

/** Whether it is the header of a loop, which does not end when it counts the other way. */
function counts({ parent }: Group): boolean {
  return parent !== null && headerOf(parent.group.nodes, parent.index) === "for";
}

/** Whether the `+` at `index` joins texts, which cannot be subtracted. */
function joinsText(nodes: readonly Node[], index: number): boolean {
  return [nodes[index - 1], nodes[index + 1]].some((node) =>
    isGroup(node) ? node.kind === "substitution" : node?.kind === "string"
  );
}
