/**
 * Statements left out, and results that are nothing.
 *
 * @module
 */

import { type Group, isGroup, isToken } from "../nesting.ts";
import { resultType, type Statement, statementsIn } from "../statements.ts";
import { type Edit, spanOf } from "./edit.ts";

/** The changes of the statements that are directly in a group. */
export function* statementEdits(group: Group, source: string): Generator<Edit> {
  for (const statement of statementsIn(group)) {
    const { group: { nodes }, first, last, isWholeIf } = statement;
    if (isToken(nodes[first], "return") && last > first) {
      yield* results(statement, source);
    } else if (!isWholeIf && !isConstructorOfParent(statement)) {
      yield { operator: "removed", ...spanOf(statement), to: "" };
    }
  }
}

/** A constructor does not work without it. */
function isConstructorOfParent({ group: { nodes }, first }: Statement): boolean {
  return isToken(nodes[first], "super") && isGroup(nodes[first + 1], "parens");
}

function* results({ group, first, last }: Statement, source: string): Generator<Edit> {
  const span = spanOf({ group, first: first + 1, last });
  const was = source.slice(span.start, span.end);
  for (const to of nothingsOf(resultType(group, source))) {
    if (to !== was) yield { operator: "result", ...span, to };
  }
}

/** Values of a type that most functions should not have as their only result; none of a type that has none. */
function nothingsOf(type: string): string[] {
  const promised = /^Promise<([\s\S]*)>$/.exec(type)?.[1];
  if (promised !== undefined) return nothingsOf(promised).map((value) => `Promise.resolve(${value})`);
  if (/(?:^|\| )undefined$/.test(type)) return ["undefined"];
  if (/(?:^|\| )null$/.test(type)) return ["null"];
  if (type === "boolean" || / is [^|]*$/.test(type)) return ["true", "false"];
  if (type === "number") return ["0"];
  if (type === "bigint") return ["0n"];
  if (type === "string") return [`""`];
  if (/^Uint8Array\b[^|]*$/.test(type)) return ["new Uint8Array()"];
  return /^(?:readonly )?[^|]*\[\]$|^(?:Iterable|ReadonlyArray|Array)<[^|]*>$/.test(type) ? ["[]"] : [];
}
