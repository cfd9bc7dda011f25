/**
 * What becomes of a mutant.
 *
 * @module
 */

import { stripTypeScriptTypes } from "node:module";
import { type Copy, MAX_TIME, type Outcome } from "./copy.ts";
import { keyOf, type Mutant, mutate } from "./mutant.ts";
import type { Project } from "./project.ts";
import type { Result, Results } from "./results.ts";
import type { Suite } from "./suite.ts";

/** Tests that hang take so many times what they take otherwise… */
const PATIENCE = 4;

/** …and so much longer, in milliseconds. */
const GRACE = 3_000;

/** How often tests may fail in doubt before they are taken for passed. */
const MAX_DOUBTS = 2;

/** A verdict, and the test file that it is of. */
type Judgement = Pick<Result, "verdict" | "by">;

const limitOf = (time: number): number => GRACE + PATIENCE * time;

/** Tries mutants. */
export class Trial {
  readonly #project: Project;
  readonly #suite: Suite;
  readonly #results: Results;
  readonly #budget: number;
  readonly #hashes = new Map<string, string>();

  /** Of a project with its tests; what comes of it is kept. `budget` bounds how long it takes, in milliseconds. */
  constructor(project: Project, suite: Suite, results: Results, budget: number) {
    this.#budget = budget;
    this.#project = project;
    this.#suite = suite;
    this.#results = results;
  }

  /** What is known of a mutant and still holds: neither its file nor the tests that said so have changed. */
  known(mutant: Mutant): Result | undefined {
    const result = this.#results.result(keyOf(mutant));
    return result?.hash === this.#hashOf(mutant, result?.by ?? null) ? result : undefined;
  }

  /** Tries a mutant in a copy, which is as it was afterwards. */
  async try(mutant: Mutant, copy: Copy): Promise<Result> {
    const start = performance.now();
    const { verdict, by } = await this.#judge(mutant, copy);
    if (by !== null) this.#suite.credit(mutant.file, by);
    const hash = this.#hashOf(mutant, by);
    const time = Math.round(performance.now() - start);
    const result: Result = { type: "mutant", key: keyOf(mutant), hash, verdict, by, time };
    this.#results.add(result);
    return result;
  }

  /** Of its file, and of the test that noticed it or of all that could have had they been tried. */
  #hashOf({ file }: Mutant, by: string | null): string {
    const key = `${file} ${by}`;
    const hash = this.#hashes.get(key) ?? this.#hash(file, by);
    this.#hashes.set(key, hash);
    return hash;
  }

  #hash(file: string, by: string | null): string {
    const tests = by === null ? this.#suite.reaching(file) : this.#project.tests.filter((test) => test === by);
    const support = tests.flatMap((test) => [...this.#project.reachedFrom(test)]);
    const hash = this.#project.hashOf([file, ...support.filter((path) => path.startsWith("tests/"))]);
    return by === null ? `${hash} ${this.#budget}` : hash;
  }

  async #judge(mutant: Mutant, copy: Copy): Promise<Judgement> {
    const { file } = mutant;
    const text = mutate(this.#project.textOf(file), mutant);
    if (!isValid(text)) return { verdict: "invalid", by: null };
    let reached = false;
    let left = this.#budget;
    for (const { name, tests } of this.#suite.tiersOf(file)) {
      // Programs take longer to run than types to check.
      if (name === "programs" && !await copy.with(file, text, () => copy.check(file))) {
        return { verdict: "mistyped", by: null };
      }
      const isNear = name === "own" || name === "folder";
      for (const group of await this.#suite.groupsFor(mutant, tests, name === "own" ? Infinity : left, copy)) {
        reached = true;
        const keys = group.map(({ key }) => key);
        const time = group.reduce((sum, { time }) => sum + time, 0);
        if (name !== "own") left -= time;
        const { failed, overdue } = isNear
          ? await this.#run(file, text, keys, time, copy)
          : await this.#runSurely(file, text, keys, time, copy);
        if (overdue) return { verdict: "timed out", by: keys.length === 1 ? keys[0] ?? null : null };
        if (failed !== null) return { verdict: "killed", by: failed };
      }
    }
    return { verdict: reached ? "survived" : "unreached", by: null };
  }

  /** Runs tests with a mutant; those that take too long count only if they do not without it. */
  async #run(file: string, text: string, tests: readonly string[], time: number, copy: Copy): Promise<Outcome> {
    const run = (limit: number) => copy.with(file, text, () => copy.test(tests, limit));
    const outcome = await run(limitOf(time));
    if (!outcome.overdue) return outcome;
    const { time: timeNow } = await copy.test(tests, MAX_TIME);
    return timeNow > time ? await run(limitOf(timeNow)) : outcome;
  }

  /**
   * Does the same with tests that wait for time to pass, which a busy machine makes fail now and then: one that fails
   * counts only if it fails again, and not without the mutant.
   */
  async #runSurely(file: string, text: string, tests: readonly string[], time: number, copy: Copy): Promise<Outcome> {
    for (let doubts = 0;; doubts++) {
      const outcome = await this.#run(file, text, tests, time, copy);
      const { failed } = outcome;
      if (failed === null) return outcome;
      const again = await this.#run(file, text, [failed], time, copy);
      if (again.overdue || again.failed !== null && await this.#passes(file, failed, copy)) return outcome;
      if (doubts === MAX_DOUBTS) return { ...outcome, failed: null };
    }
  }

  /** Whether a test file passes without a mutant just now; one that has noticed mutants of that source file is trusted. */
  async #passes(source: string, test: string, copy: Copy): Promise<boolean> {
    return this.#suite.hasNoticed(source, test) || (await copy.test([test], MAX_TIME)).failed === null;
  }
}

function isValid(text: string): boolean {
  try {
    stripTypeScriptTypes(text);
    return true;
  } catch {
    return false;
  }
}
