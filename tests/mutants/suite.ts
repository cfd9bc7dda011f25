/**
 * Which tests can notice a mutant, and in which order to run them.
 *
 * @module
 */

import type { Copy } from "./copy.ts";
import type { Mutant } from "./mutant.ts";
import type { Project } from "./project.ts";
import type { Baseline, Results } from "./results.ts";

/** A test that has noticed many mutants of a file is tried early, and the one that is named like the file from the start. */
const HEAD_START = 10;

/** Test files are run together that take so long together, in milliseconds; at first few, as most mutants need no more. */
const FIRST_TIME = 500;
const MORE_TIME = 10_000;

const TIERS = ["own", "folder", "others", "programs"] as const;

/** Some of the test files that can notice a change of a source file. */
export interface Tier {
  /** The one that is named like the file, those of its folder, those that import it, or those that run the program. */
  readonly name: (typeof TIERS)[number];
  readonly tests: readonly string[];
}

/** The tests of a project. */
export class Suite {
  readonly #project: Project;
  readonly #results: Results;
  readonly #baselines = new Map<string, Promise<Baseline>>();
  readonly #kills = new Map<string, number>();

  /** What is found out about tests is kept with the results. */
  constructor(project: Project, results: Results) {
    this.#project = project;
    this.#results = results;
  }

  /** The test files from which a source file is imported or run. */
  reaching(source: string): readonly string[] {
    return this.#project.tests.filter((test) => this.#project.reachedFrom(test).has(source));
  }

  /** These test files by how near they are to the source file, the nearest first. */
  tiersOf(source: string): readonly Tier[] {
    const own = source.replace(/^src\//, "tests/").replace(/\.ts$/, "_test.ts");
    const folder = own.slice(0, own.indexOf("/", "tests/".length) + 1);
    const nameOf = (test: string): Tier["name"] => {
      if (test === own) return "own";
      if (this.#project.reachedFrom(test).has("main.ts")) return "programs";
      return folder !== "" && test.startsWith(folder) ? "folder" : "others";
    };
    const tests = Map.groupBy(this.reaching(source), nameOf);
    return TIERS.map((name) => ({ name, tests: tests.get(name) ?? [] }));
  }

  /**
   * Of some test files those that run the lines of a mutant, in groups that take a little time and then more; no more of
   * them than take `budget` milliseconds.
   */
  async groupsFor(
    mutant: Mutant,
    tests: readonly string[],
    budget: number,
    copy: Copy,
  ): Promise<readonly (readonly Baseline[])[]> {
    // What is under way in another copy is not waited for before there is nothing else to do.
    for (const test of tests) if (!this.#baselines.has(test)) await this.#baseline(test, copy);
    const baselines = await Promise.all(tests.map((test) => this.#baseline(test, copy)));
    const cost = ({ key, time }: Baseline) => time / (1 + this.#killsOf(mutant.file, key));
    const groups: Baseline[][] = [];
    let left = 0;
    let total = 0;
    for (const baseline of baselines.filter((each) => runs(each, mutant)).toSorted((a, b) => cost(a) - cost(b))) {
      if ((total += baseline.time) > budget) break;
      if (left <= 0) left = groups.push([]) === 1 ? FIRST_TIME : MORE_TIME;
      groups.at(-1)?.push(baseline);
      left -= baseline.time;
    }
    return groups;
  }

  /** Remembers which test file has noticed a mutant of a source file. */
  credit(source: string, test: string): void {
    this.#kills.set(`${source} ${test}`, this.#killsOf(source, test) + 1);
  }

  /** Whether a test file has noticed a mutant of a source file. */
  hasNoticed(source: string, test: string): boolean {
    return this.#kills.has(`${source} ${test}`);
  }

  #killsOf(source: string, test: string): number {
    return this.#kills.get(`${source} ${test}`) ?? (test.endsWith(`${source.slice(4, -3)}_test.ts`) ? HEAD_START : 0);
  }

  /** What a test file does without a mutant; it is run for that once. */
  #baseline(test: string, copy: Copy): Promise<Baseline> {
    const baseline = this.#baselines.get(test) ?? this.#measure(test, copy);
    this.#baselines.set(test, baseline);
    return baseline;
  }

  async #measure(test: string, copy: Copy): Promise<Baseline> {
    const hash = this.#project.hashOf(this.#project.reachedFrom(test));
    const known = this.#results.baseline(test, hash);
    if (known !== undefined) return known;
    let { failed, time, lcov } = await copy.cover(test);
    // A busy machine makes a test of real time fail now and then.
    if (failed !== null) ({ failed, time, lcov } = await copy.cover(test));
    if (failed !== null) {
      throw new RangeError(`Expected the tests to pass without a mutant, but ${test} fails: run it by itself`);
    }
    const baseline: Baseline = { type: "tests", key: test, hash, time: Math.round(time), lines: readLcov(lcov) };
    this.#results.add(baseline);
    return baseline;
  }
}

/** Whether a test file runs some of the lines of a mutant. */
function runs({ lines }: Baseline, { file, lines: [first, last] }: Mutant): boolean {
  return lines[file]?.some((line) => first <= line && line <= last) ?? false;
}

/**
 * The lines of each source file of which a report in the LCOV format says that a part has been run. For LCOV a line that
 * begins a branch that was not taken has not been run, but what chooses the branch has.
 */
export function readLcov(lcov: string): Record<string, number[]> {
  const lines: Record<string, Set<number>> = {};
  let file = "";
  for (const record of lcov.split("\n")) {
    if (record.startsWith("SF:")) file = record.slice(3);
    const line = /^DA:(\d+),[1-9]/.exec(record)?.[1] ?? /^BRDA:(\d+),/.exec(record)?.[1];
    if (line !== undefined && /^(?:src\/|main\.ts$)/.test(file)) (lines[file] ??= new Set()).add(Number(line));
  }
  return Object.fromEntries(Object.entries(lines).map(([file, lines]) => [file, [...lines].toSorted((a, b) => a - b)]));
}
