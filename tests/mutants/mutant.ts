/** One small fault put into the source, which some test must notice. */
export interface Mutant {
  /** What is wrong now, in a few words with hyphens between them; no other mutant's name. */
  readonly name: string;
  /** The file to change, relative to the folder of `deno.json`. */
  readonly file: string;
  /** What to replace; it stands in the file exactly once. */
  readonly find: string;
  /** What takes its place. */
  readonly replace: string;
  /** Why no test can notice; without one it is a missing test if none does. */
  readonly reason?: string;
}

/** How a table lists the mutants of one file. */
export type Changes = readonly (readonly [name: string, find: string, replace: string, reason?: string])[];

/** The mutants of one file of `src/`. */
export function mutantsOf(path: string, changes: Changes): Mutant[] {
  return changes.map(([name, find, replace, reason]) => ({
    name,
    file: `src/${path}`,
    find,
    replace,
    ...reason !== undefined && { reason },
  }));
}

/**
 * The text of a file with the mutant in it.
 *
 * @throws {RangeError} unless what it replaces is there, once.
 */
export function mutate(text: string, { name, file, find, replace }: Mutant): string {
  const parts = text.split(find);
  if (parts.length !== 2) {
    throw new RangeError(`${name}: expected 1 match in ${file}, got ${parts.length - 1}:\n${find}`);
  }
  return parts.join(replace);
}
