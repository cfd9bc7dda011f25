/**
 * Breaks the source in small ways and sees that a test notices each: `deno task mutants --help` says how.
 *
 * @module
 */

import { Interrupt } from "../../src/cli/signals.ts";
import { changedLines, isChanged } from "./changed.ts";
import { Copy } from "./copy.ts";
import { describeException, isExempt } from "./exception.ts";
import { EXCEPTIONS } from "./exceptions.ts";
import type { Mutant } from "./mutant.ts";
import { mutantsOf } from "./mutants.ts";
import { HELP, type Options, readOptions } from "./options.ts";
import { Project, ROOT } from "./project.ts";
import { describeMutant, hasSurvived, type Known, reportTable } from "./report.ts";
import { Results, type Verdict } from "./results.ts";
import { Suite } from "./suite.ts";
import { Trial } from "./trial.ts";

/** Tries mutants, several at once; `onKnown` is told of each as it comes. */
async function tryAll(
  mutants: readonly Mutant[],
  trial: Trial,
  { jobs, flags }: Options,
  interrupt: AbortSignal,
  onKnown: (known: Known) => void,
): Promise<void> {
  const controller = new AbortController();
  const signal = AbortSignal.any([interrupt, controller.signal]);
  const waiting = mutants.values();
  const work = async () => {
    await using copy = await Copy.of(ROOT, flags, signal);
    for (const mutant of waiting) onKnown({ mutant, verdict: (await trial.try(mutant, copy)).verdict });
  };
  // Whatever ends one of them ends all, and none leaves its copy behind.
  await Promise.allSettled(Array.from({ length: jobs }, () => work().catch((error) => controller.abort(error))));
  signal.throwIfAborted();
}

/** The mutants that the options ask for. */
async function select(all: readonly Mutant[], { only, changed, shard }: Options): Promise<Mutant[]> {
  const isUnder = ({ file }: Mutant, path: string) => file === path || file.startsWith(`${path}/`);
  for (const path of only) {
    if (!all.some((mutant) => isUnder(mutant, path))) throw new RangeError(`--only: no mutants in ${path}`);
  }
  const lines = changed === null ? null : await changedLines(ROOT, changed);
  return all
    .filter((mutant) => only.length === 0 || only.some((path) => isUnder(mutant, path)))
    .filter((mutant) => lines === null || isChanged(mutant, lines))
    .filter((_, index) => index % shard.count === shard.index - 1);
}

function isNoticed(verdict: Verdict | null | undefined): boolean {
  return verdict === "killed" || verdict === "timed out";
}

/** Says which exceptions are not needed, and how many: those that fit no mutant, or only ones that have been noticed. */
function reportExceptions(all: readonly Mutant[], trial: Trial): number {
  const stale = EXCEPTIONS.flatMap((exception) => {
    const those = all.filter((mutant) => isExempt(mutant, exception));
    if (those.length === 0) return [`fits no mutant: ${describeException(exception)}`];
    return those.every((mutant) => isNoticed(trial.known(mutant)?.verdict))
      ? [`all its mutants are killed: ${describeException(exception)}`]
      : [];
  });
  if (stale.length > 0) console.log(`\nExceptions to delete:\n${stale.join("\n")}`);
  return stale.length;
}

/** Why there is nothing to try. */
function whyNone({ changed }: Options): string {
  return changed === null ? "No mutants" : `No mutants: no code differs from where the branch left ${changed}`;
}

/** Does it all; resolves to the exit status. */
async function run(options: Options, interrupt: AbortSignal): Promise<number> {
  const project = new Project(ROOT);
  const all = project.sources.flatMap((file) => mutantsOf(file, project.textOf(file)));
  const mutants = await select(all, options);
  if (mutants.length === 0) {
    console.error(whyNone(options));
    return 0;
  }
  if (options.mode === "list") {
    for (const mutant of mutants) console.log(describeMutant(mutant));
    return 0;
  }
  const results = new Results(options.results);
  const trial = new Trial(project, new Suite(project, results), results, 1000 * options.budget);
  const knownOf = (mutant: Mutant): Known => {
    const verdict = trial.known(mutant)?.verdict ?? null;
    const mayLive = !isNoticed(verdict) && EXCEPTIONS.some((exception) => isExempt(mutant, exception));
    return { mutant, verdict: mayLive ? "exempt" : verdict };
  };
  const untried = mutants.filter((mutant) => {
    const { verdict } = knownOf(mutant);
    return verdict === null || verdict === "exempt" && options.exempt && trial.known(mutant) === undefined;
  });
  for (const known of mutants.map(knownOf).filter(hasSurvived)) console.log(describeMutant(known.mutant));
  if (options.mode === "try") {
    let done = 0;
    const progress = progressOf(untried.length);
    try {
      await tryAll(untried, trial, options, interrupt, (known) => {
        if (hasSurvived(known)) console.log(describeMutant(known.mutant));
        progress(++done);
      });
    } finally {
      progress(untried.length);
    }
  }
  console.log(`\n${reportTable(mutants.map(knownOf))}`);
  const stale = reportExceptions(all, trial);
  return stale > 0 || mutants.map(knownOf).some(hasSurvived) ? 1 : 0;
}

/** Says on a terminal how much is done. */
function progressOf(total: number): (done: number) => void {
  const start = performance.now();
  return (done) => {
    if (!Deno.stderr.isTerminal()) return;
    const left = (performance.now() - start) / done * (total - done) / 60_000;
    const text = done < total ? `${done} of ${total}, ${left.toFixed(0)} min left` : "";
    Deno.stderr.writeSync(new TextEncoder().encode(`\r\x1b[K${text}`));
  };
}

/** Does what the arguments say; resolves to the exit status. */
async function main(args: readonly string[]): Promise<number> {
  using interrupt = new Interrupt();
  try {
    const options = readOptions(args);
    if (options.mode !== "help") return await run(options, interrupt.signal);
    console.log(HELP);
    return 0;
  } catch (error) {
    if (interrupt.status !== null) {
      console.error("stopped; what has been found out is kept");
      return interrupt.status;
    }
    if (!(error instanceof RangeError)) throw error;
    console.error(error.message);
    return 2;
  }
}

Deno.exit(await main(Deno.args));
