/**
 * Runs of the tests in a copy of the project, up to the first failure.
 *
 * @module
 */

import { stripVTControlCharacters } from "node:util";
import { filesBelow, Imports } from "./tree.ts";

/** What became of some tests. */
export interface Outcome {
  /** The test file that failed, relative to the root, or which folders hang or crash; `null` when all passed. */
  readonly failure: string | null;
  /** How long they took, in milliseconds. */
  readonly time: number;
}

/** Far longer than any tests take, in milliseconds. */
const MAX_TIME = 600_000;

/** Tests that hang take so many times what they take otherwise… */
const PATIENCE = 5;

/** …and at least so long, in milliseconds. */
const MIN_TIME = 20_000;

/** How often a test may fail that passes when it is run again, before all is taken for passed. */
const MAX_DOUBTS = 3;

/**
 * The test file, or the folders, that fail or hang without a doubt; `null` when there are none. What fails is run once
 * more by itself: a busy machine makes a test of real time fail now and then.
 */
export async function runSurely(
  root: URL,
  flags: readonly string[],
  files: readonly string[],
  limit: number,
): Promise<string | null> {
  for (let doubts = 0; doubts < MAX_DOUBTS; doubts++) {
    const { failure } = await runTests(root, flags, files, limit);
    if (failure === null || !files.includes(failure)) return failure;
    const again = await runTests(root, flags, [failure], limit);
    if (again.failure !== null) return failure;
  }
  return null;
}

/** Runs test files until one fails, or until `limit` milliseconds are over. */
async function runTests(
  root: URL,
  flags: readonly string[],
  files: readonly string[],
  limit: number,
): Promise<Outcome> {
  const start = performance.now();
  const permissions = ["--allow-net", "--allow-read", "--allow-write", "--allow-run"];
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", "--no-check", "--fail-fast", ...flags, ...permissions, ...files, "--", ...flags],
    cwd: root,
    // Colours where there should be none are a fault that tests must see.
    env: { NO_COLOR: "", DENO_NO_UPDATE_CHECK: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    // A group of its own, which ends as a whole.
    detached: true,
  }).spawn();
  let overdue = false;
  const timer = setTimeout(() => {
    overdue = true;
    kill(child);
  }, limit);
  const { success, signal, stdout, stderr } = await child.output();
  clearTimeout(timer);
  const time = performance.now() - start;
  if (success) return { failure: null, time };
  if (signal !== null) return { failure: `${foldersOf(files)}: ${overdue ? "time limit" : signal}`, time };
  const decoder = new TextDecoder();
  const text = stripVTControlCharacters(decoder.decode(stdout) + decoder.decode(stderr));
  const failure = failedFile(text, files);
  if (failure === undefined) throw new Error(`Expected the name of a test file that failed, got:\n${text}`);
  return { failure, time };
}

/** The first of the test files that the output of `deno test` says has failed. */
function failedFile(output: string, files: readonly string[]): string | undefined {
  const name = / => \.\/(.+?):\d+:\d+$/m.exec(output)?.[1] ?? /^\.\/(.+?) \(uncaught error\)/m.exec(output)?.[1];
  return files.find((file) => file === name);
}

function foldersOf(files: readonly string[]): string {
  return [...new Set(files.map((file) => file.split("/").slice(0, 2).join("/")))].join(", ");
}

function kill(child: Deno.ChildProcess): void {
  try {
    Deno.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL"); // Where there are no groups.
  }
}

/** The tests as the project has them: those that can notice a change of a file, and how long they take. */
export class Suite {
  readonly #root: URL;
  readonly #flags: readonly string[];
  readonly #imports: Imports;
  readonly #files: readonly string[];
  readonly #limits = new Map<string, Promise<number>>();

  /** The tests of an untouched copy of the project. */
  constructor(root: URL, flags: readonly string[]) {
    this.#root = root;
    this.#flags = flags;
    this.#imports = new Imports(root);
    this.#files = filesBelow(root, "tests", "_test.ts");
  }

  /**
   * The test files that reach a source file, in the order to try them: those of its own folder, the other ordinary ones,
   * and those that run the program itself.
   */
  stagesOf(source: string): readonly (readonly string[])[] {
    const own = `tests/${source.split("/")[1] ?? ""}/`;
    const program = this.#files.filter((file) => file.startsWith("tests/e2e/"));
    const ordinary = this.#files.filter((file) => !program.includes(file) && this.#imports.reaches(file, source));
    const near = ordinary.filter((file) => file.startsWith(own));
    const far = ordinary.filter((file) => !file.startsWith(own));
    return [near, far, this.#imports.reaches("main.ts", source) ? program : []].filter((files) => files.length > 0);
  }

  /**
   * How long some test files may take. They are run once as they are: tests that fail anyway would catch every mutant.
   *
   * @throws {Error} when they do not pass.
   */
  limitOf(files: readonly string[]): Promise<number> {
    const key = files.join("\n");
    const limit = this.#limits.get(key) ?? this.#measure(files);
    this.#limits.set(key, limit);
    return limit;
  }

  async #measure(files: readonly string[]): Promise<number> {
    const { failure, time } = await runTests(this.#root, this.#flags, files, MAX_TIME);
    if (failure !== null) throw new Error(`Expected the tests to pass without a mutant, failed: ${failure}`);
    return Math.max(MIN_TIME, PATIENCE * time);
  }
}
