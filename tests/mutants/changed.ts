/**
 * The lines that a branch has changed.
 *
 * @module
 */

import type { Mutant } from "./mutant.ts";
import { git } from "./project.ts";

/** The first and the last line of each part of a file that is not as it was, by file. */
export type ChangedLines = ReadonlyMap<string, readonly (readonly [first: number, last: number])[]>;

/**
 * The lines of the project at `root` that differ from the commit at which the branch left `base`, uncommitted ones
 * included.
 *
 * @throws {RangeError} when there is no such commit, or nothing that it and the branch have in common.
 */
export async function changedLines(root: URL, base: string): Promise<ChangedLines> {
  const diff = await git(
    root,
    "diff",
    "--merge-base",
    "--no-color",
    "--no-ext-diff",
    "--unified=0",
    base,
    "--",
    "src",
    "main.ts",
  ).catch((cause) => {
    throw new RangeError(`${cause.message}\nSay what to compare with, such as --changed origin/main`, { cause });
  });
  const added = await git(root, "ls-files", "-z", "--others", "--exclude-standard", "src");
  const lines = new Map(readDiff(diff));
  for (const file of added.split("\0")) lines.set(file, [[1, Infinity]]);
  return lines;
}

/** The lines that a diff without context adds or changes. */
export function readDiff(diff: string): ChangedLines {
  const lines = new Map<string, [number, number][]>();
  let file = "";
  for (const line of diff.split("\n")) {
    file = /^\+\+\+ b\/(.*)$/.exec(line)?.[1] ?? file;
    const [, first, count] = /^@@ \S+ \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    if (first === undefined || count === "0") continue;
    const part: [number, number] = [Number(first), Number(first) + Number(count ?? 1) - 1];
    lines.set(file, [...lines.get(file) ?? [], part]);
  }
  return lines;
}

/** Whether a mutant stands on a line that has changed. */
export function isChanged({ file, lines: [first, last] }: Mutant, changed: ChangedLines): boolean {
  return changed.get(file)?.some(([from, to]) => from <= last && first <= to) ?? false;
}
