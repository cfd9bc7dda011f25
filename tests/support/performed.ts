/**
 * A job without a process of its own: what it does is given, and so is what it finds around it.
 *
 * @module
 */

import { Console } from "node:console";
import type { Job, Task } from "../../src/cli/job.ts";
import { SCAN_JOB } from "../../src/cli/jobs/scan.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { perform } from "../../src/cli/perform.ts";
import type { AnyResult } from "../../src/report/records.ts";
import type { ScanProgress } from "../../src/scan/scan.ts";
import { Outputs } from "./outputs.ts";
import { replaced } from "./replaced.ts";

const PROGRESS: ScanProgress = {
  peers: 1,
  success: 1,
  failure: 0,
  unresolved: 0,
  inFlight: 0,
  held: 0,
  reading: false,
  preparing: false,
  timeLeft: 0,
  estimated: false,
};

/** How a run goes, and what is around it. */
export interface Circumstances {
  /** The job, except for what there is to do. */
  readonly job?: Partial<Job>;
  /** Its task. */
  readonly task?: Partial<Task>;
  /** What it says of its progress. */
  readonly progress?: Partial<ScanProgress>;
  /** What writing to standard output fails with. */
  readonly failure?: Error;
  /** Whether standard error is a terminal. */
  readonly onTerminal?: boolean;
  /** Called with the number of results that have been taken, before the next one and at the end. */
  readonly between?: (taken: number, world: World) => void | Promise<void>;
}

/** Deno and the timers as a run finds them: nothing of it is this machine's. */
export class World implements Disposable {
  /** What is written. */
  readonly outputs: Outputs;
  /** The statuses with which the program was told to exit at once. */
  readonly exits: (number | undefined)[] = [];
  /** Lets the time pass after which the progress line is due. */
  tick = (): void => {};
  readonly #listeners = new Map<Deno.Signal, () => void>();
  readonly #replaced = new DisposableStack();

  /** Begins; `failure` is what writing to standard output fails with. */
  constructor(failure: Error | undefined, onTerminal: boolean) {
    this.outputs = this.#replaced.use(new Outputs(failure));
    for (
      const one of [
        replaced(Deno, {
          addSignalListener: (signal, listener) => void this.#listeners.set(signal, listener),
          removeSignalListener: (signal) => void this.#listeners.delete(signal),
          exit: (status) => this.exits.push(status) as never,
        }),
        replaced(globalThis as { setInterval: unknown; clearInterval: unknown }, {
          setInterval: (callback: () => void) => void (this.tick = callback),
          clearInterval: () => this.tick = () => {},
        }),
        replaced(Console.prototype, {
          clear: function (this: { readonly _stdout: { write(text: string): unknown } }) {
            this._stdout.write("");
          },
        }),
        replaced(Deno.stdout, { isTerminal: () => false }),
        replaced(Deno.stderr, { isTerminal: () => onTerminal }),
      ]
    ) this.#replaced.use(one);
  }

  /** Sends the program a signal. */
  send(signal: Deno.Signal): void {
    this.#listeners.get(signal)?.();
  }

  /** What is on standard error: log lines without their time and the program's name. */
  get remarks(): string[] {
    return this.outputs.stderr.split("\n").slice(0, -1).map((line) => line.replace(/^\S+ +(\w+) [\w-]+:/, "$1"));
  }

  /** Ends it. */
  [Symbol.dispose](): void {
    this.#replaced.dispose();
  }
}

/** Performs a job with these results that prints a line for each; how it ends, and what it writes. */
export async function performed(
  args: readonly string[],
  results: readonly AnyResult[],
  circumstances: Circumstances = {},
) {
  const { failure, onTerminal = false, between = () => {} } = circumstances;
  using world = new World(failure, onTerminal);
  async function* work(): AsyncGenerator<AnyResult> {
    for (const [taken, result] of results.entries()) {
      await between(taken, world);
      yield result;
    }
    await between(results.length, world);
  }
  const progress = { ...PROGRESS, ...circumstances.progress };
  const prepare = () =>
    Promise.resolve({
      start: () => ({ progress, [Symbol.asyncIterator]: work }),
      [Symbol.asyncDispose]: () => Promise.resolve(),
      ...circumstances.task,
    });
  const print: Job["printers"]["text"] = ({ write }) => ({ type }) => write(`${type}\n`);
  const printers = { text: print, ndjson: print, csv: print };
  const demo = { ...SCAN_JOB.demo, prepare };
  const job: Job = { prepare, demo, kind: "scan", printers, statusOf: () => 0, ...circumstances.job };
  const ending = await perform(job, parseCommandLine(args), []).catch((error: unknown) => error);
  return { ending, stdout: world.outputs.stdout, remarks: world.remarks, exits: world.exits };
}
