import { changeOf, type Mutant } from "./mutant.ts";

/** Mutants that no test needs to notice. Each property that is given must be theirs. */
export interface Exception {
  /** Their file, or a folder with a slash at its end. */
  readonly file: string;
  /** The declaration that they are in: `Reader.uint8`; a class stands for all its members. */
  readonly place?: string;
  /** What kind of change they are. */
  readonly operator?: string;
  /** What each replaces by what, as it is listed: `size < MAX -> size <= MAX`; `0 -> 1 #2` for the second such alone. */
  readonly changes?: readonly string[];
  /** Why no test can notice, or why none should. */
  readonly reason: string;
}

/** Whether an exception is made for a mutant. */
export function isExempt(mutant: Mutant, { file, place, operator, changes }: Exception): boolean {
  return (file.endsWith("/") ? mutant.file.startsWith(file) : mutant.file === file) &&
    (place === undefined || mutant.place === place || mutant.place.startsWith(`${place}.`)) &&
    (operator === undefined || mutant.operator === operator) &&
    (changes === undefined || changes.includes(changeOf(mutant)) ||
      changes.includes(`${changeOf(mutant)} #${mutant.copy}`));
}

/** An exception in one line. */
export function describeException({ file, place, operator, changes, reason }: Exception): string {
  return `${[file, place, operator, changes?.join(", ")].filter((part) => part !== undefined).join(" | ")}: ${reason}`;
}
