/**
 * What is known of test files and mutants, kept in a file of JSON lines: whatever is done is not done again.
 *
 * @module
 */

/** Where to keep it by default, relative to the root. */
export const DEFAULT_RESULTS = "mutants.ndjson";

/** A test file, run by itself without a mutant. */
export interface Baseline {
  readonly type: "tests";
  /** The test file. */
  readonly key: string;
  /** The hash of it and all that it imports or runs. */
  readonly hash: string;
  /** How long it takes, in milliseconds. */
  readonly time: number;
  /** The lines of each source file that it reaches. */
  readonly lines: Readonly<Record<string, readonly number[]>>;
}

/**
 * What became of a mutant: a test failed, or hung; the types are wrong; no test fails, or no test gets there; or it is
 * nothing that runs at all.
 */
export type Verdict = "killed" | "timed out" | "mistyped" | "survived" | "unreached" | "invalid";

/** A mutant that has been tried. */
export interface Result {
  readonly type: "mutant";
  /** The mutant. */
  readonly key: string;
  /** The hash of its file, and of the tests that the verdict is of. */
  readonly hash: string;
  readonly verdict: Verdict;
  /** The test file that noticed it, `null` if none did. */
  readonly by: string | null;
  /** How long it took, in milliseconds. */
  readonly time: number;
}

/** What is known. */
export class Results {
  readonly #path: string | URL;
  readonly #known = new Map<string, Baseline | Result>();

  /** Reads what a file has; there need not be one. A line that was not written to its end is left out. */
  constructor(path: string | URL) {
    this.#path = path;
    for (const line of readLines(path)) {
      const record = parse(line);
      if (record !== null) this.#known.set(record.key, record);
    }
  }

  /** What is known of a test file, if it is still as it was. */
  baseline(key: string, hash: string): Baseline | undefined {
    const record = this.#known.get(key);
    return record?.type === "tests" && record.hash === hash ? record : undefined;
  }

  /** What is known of a mutant. */
  result(key: string): Result | undefined {
    const record = this.#known.get(key);
    return record?.type === "mutant" ? record : undefined;
  }

  /** All that is known of mutants. */
  *results(): Generator<Result> {
    for (const record of this.#known.values()) if (record.type === "mutant") yield record;
  }

  /** Keeps what has been found out. */
  add(record: Baseline | Result): void {
    this.#known.set(record.key, record);
    Deno.writeTextFileSync(this.#path, `${JSON.stringify(record)}\n`, { append: true });
  }
}

function readLines(path: string | URL): string[] {
  try {
    return Deno.readTextFileSync(path).split("\n");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function parse(line: string): Baseline | Result | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
