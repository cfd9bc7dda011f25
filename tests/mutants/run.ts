/**
 * Puts one small fault after another into a copy of the source, and sees whether a test notices:
 *
 * ```sh
 * deno task mutants [--jobs N] [--only NAME]
 * ```
 *
 * `--only` tries those mutants alone whose name or file contains NAME. All other arguments are flags for `deno test`. It
 * exits with 1 when a mutant survives without a reason, and when the tests fail without any.
 *
 * @module
 */

import { type Mutant, mutate } from "./mutant.ts";
import { MUTANTS } from "./table.ts";
import { copyTree, ROOT } from "./tree.ts";
import { runSurely, Suite } from "./trial.ts";

/** What to do. */
interface Options {
  readonly jobs: number;
  readonly mutants: readonly Mutant[];
  readonly flags: readonly string[];
}

/** A mutant, and what has noticed it: a test file, or `null`. */
interface Result {
  readonly mutant: Mutant;
  readonly caughtBy: string | null;
}

const DEFAULT_JOBS = 2;

/**
 * Reads the arguments.
 *
 * @throws {RangeError} when an option of ours has no such value.
 */
function readOptions(args: readonly string[]): Options {
  const flags = [...args];
  const take = (name: string): string | undefined => {
    const at = flags.indexOf(name);
    return at === -1 ? undefined : flags.splice(at, 2)[1] ?? "";
  };
  const jobs = Number(take("--jobs") ?? DEFAULT_JOBS);
  if (!Number.isInteger(jobs) || jobs < 1) throw new RangeError("--jobs: expected an integer from 1");
  const only = take("--only");
  const mutants = MUTANTS.filter(({ name, file }) => only === undefined || name.includes(only) || file.includes(only));
  if (mutants.length === 0) throw new RangeError(`--only: expected part of a mutant's name or file, got ${only}`);
  return { jobs, mutants, flags };
}

/** Tries one mutant in a copy of the project, which is as it was afterwards. */
async function tryMutant(mutant: Mutant, root: URL, suite: Suite, flags: readonly string[]): Promise<Result> {
  const url = new URL(mutant.file, root);
  const text = await Deno.readTextFile(url);
  await Deno.writeTextFile(url, mutate(text, mutant));
  try {
    for (const files of suite.stagesOf(mutant.file)) {
      const caughtBy = await runSurely(root, flags, files, await suite.limitOf(files));
      if (caughtBy !== null) return { mutant, caughtBy };
    }
    return { mutant, caughtBy: null };
  } finally {
    await Deno.writeTextFile(url, text);
  }
}

/** Tries all mutants; `onResult` is told of each as it comes. */
async function tryAll({ jobs, mutants, flags }: Options, onResult: (result: Result) => void): Promise<void> {
  const untouched = await copyTree(ROOT);
  const copies = await Promise.all(Array.from({ length: jobs }, () => copyTree(untouched)));
  try {
    // What no longer fits the source is said at once, not when its turn comes.
    for (const mutant of mutants) mutate(await Deno.readTextFile(new URL(mutant.file, untouched)), mutant);
    const suite = new Suite(untouched, flags);
    const waiting = mutants.values();
    await Promise.all(copies.map(async (root) => {
      for (const mutant of waiting) onResult(await tryMutant(mutant, root, suite, flags));
    }));
  } finally {
    for (const root of [untouched, ...copies]) await Deno.remove(root, { recursive: true });
  }
}

/** Whether there is nothing to do about it. */
function isFine({ mutant, caughtBy }: Result): boolean {
  return caughtBy !== null || mutant.reason !== undefined;
}

function verdict({ mutant: { reason }, caughtBy }: Result): string {
  return caughtBy ?? (reason === undefined ? "SURVIVED" : `SURVIVED: ${reason}`);
}

/** Does it all; resolves to the exit status. */
async function run(options: Options): Promise<number> {
  const widthOf = (key: "name" | "file") => Math.max(...options.mutants.map((mutant) => mutant[key].length));
  const [nameWidth, fileWidth] = [widthOf("name"), widthOf("file")];
  const row = (name: string, file: string, caughtBy: string) =>
    console.log(`${name.padEnd(nameWidth)}  ${file.padEnd(fileWidth)}  ${caughtBy}`);
  const results: Result[] = [];
  row("name", "file", "caught by");
  await tryAll(options, (result) => {
    results.push(result);
    row(result.mutant.name, result.mutant.file, verdict(result));
  });
  const caught = results.filter(({ caughtBy }) => caughtBy !== null).length;
  console.log(`\n${caught} caught, ${results.length - caught} survived`);
  const missing = results.filter((result) => !isFine(result)).map(({ mutant }) => mutant.name);
  if (missing.length > 0) console.log(`without a test and without a reason: ${missing.join(", ")}`);
  return missing.length > 0 ? 1 : 0;
}

try {
  Deno.exit(await run(readOptions(Deno.args)));
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  console.error(error.message);
  Deno.exit(2);
}
