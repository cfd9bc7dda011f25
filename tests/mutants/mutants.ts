/**
 * The mutants of a file: each operator at each place where it changes what runs.
 *
 * @module
 */

import { stripTypeScriptTypes } from "node:module";
import { tokenize } from "./lexer.ts";
import { type Mutant, oneLine } from "./mutant.ts";
import { type Group, groupsIn, nest } from "./nesting.ts";
import { conditionsAt } from "./operators/conditions.ts";
import type { Edit } from "./operators/edit.ts";
import { statementEdits } from "./operators/statements.ts";
import { valuesAt } from "./operators/values.ts";
import { placeNames } from "./places.ts";

/**
 * The mutants of the TypeScript `source` of a file, in the order of their places.
 *
 * @throws {SyntaxError} when it is no TypeScript, or has types that do not go away without a trace.
 */
export function mutantsOf(file: string, source: string): Mutant[] {
  // Types become spaces, so that all that is left runs, and stands where it stood.
  const module = nest(tokenize(stripTypeScriptTypes(source)));
  const edits = new Map<string, Edit>();
  for (const edit of editsIn(module, source)) {
    const { start, end, to } = edit;
    const key = `${start} ${end} ${to}`;
    if (to !== source.slice(start, end) && !edits.has(key)) edits.set(key, edit);
  }
  const placeAt = placeNames(module);
  const copies = new Map<string, number>();
  return [...edits.values()].toSorted((a, b) => a.start - b.start || a.end - b.end).map((edit) => {
    const { operator, start, end, to } = edit;
    const place = placeAt(start);
    const from = source.slice(start, end);
    const same = [operator, place, from, to].join("\n");
    const copy = (copies.get(same) ?? 0) + 1;
    copies.set(same, copy);
    const line = lineAt(source, start);
    const lines = [line, line + from.split("\n").length - 1] as const;
    return { file, place, operator, start, end, from: oneLine(from), to, lines, copy };
  });
}

function* editsIn(module: Group, source: string): Generator<Edit> {
  for (const group of groupsIn(module)) {
    yield* statementEdits(group, source);
    for (const index of group.nodes.keys()) {
      yield* conditionsAt(group, index);
      yield* valuesAt(group, index, source);
    }
  }
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split("\n").length;
}
