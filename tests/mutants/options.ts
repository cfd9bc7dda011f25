/**
 * The command line.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { DEFAULT_RESULTS } from "./results.ts";

/** The default of `--budget`: in seconds a mutant that survives may take. */
const DEFAULT_BUDGET = 20;

/** What `--help` prints. */
export const HELP = `Break the source in small ways and see that a test notices each.

Usage: deno task mutants [OPTIONS]

Each mutant is the source with one operator, number, condition, statement or result changed. Of the tests that run the
changed line, those of the same file are run first, until one fails. What has been found out is kept: a run goes on
where the last one stopped, and tries again what has changed.

      --only PATH       Try the mutants of a file or of a folder; may be given more than once
      --changed [BASE]  Try the mutants on lines that differ from where the branch left BASE [default: main]
      --shard K/N       Try every Nth mutant, from the Kth on
      --budget SECONDS  Run tests other than those of the file only if they take no longer [default: ${DEFAULT_BUDGET}]
      --exempt          Try the mutants that exceptions are made for, too
  -j, --jobs N          Try N at once [default: the number of processors]
      --results FILE    Keep the results in FILE [default: ${DEFAULT_RESULTS}]
      --list            Print the mutants, and try none
      --report          Print what is known, and try none
  -h, --help            Print this help

Exit status: 0 if no mutant survived, 1 if one did or an exception fits none, 2 for a wrong command line.

A mutant may do what the program never does, such as ask a real name server; without a network it cannot:
unshare -n sh -c "ip link set lo up; deno task mutants". The exceptions are in tests/mutants/exceptions/.`;

/** What to do. */
export interface Options {
  readonly only: readonly string[];
  /** `null` for all lines. */
  readonly changed: string | null;
  readonly shard: { readonly index: number; readonly count: number };
  /** How long the tests may take that are tried on a mutant besides those of its file, in seconds. */
  readonly budget: number;
  readonly exempt: boolean;
  readonly jobs: number;
  readonly results: string;
  readonly mode: "try" | "list" | "report" | "help";
  /** With which `deno` finds its packages. */
  readonly flags: readonly string[];
}

/**
 * Reads the arguments.
 *
 * @throws {RangeError} when they are not as {@linkcode HELP} says.
 */
export function readOptions(args: readonly string[]): Options {
  const { values } = parse(args);
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(values.shard) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (!(1 <= shard.index && shard.index <= shard.count)) {
    throw new RangeError(`--shard: expected K/N with K from 1 to N, got ${values.shard}`);
  }
  const importMap = values["import-map"];
  return {
    only: values.only.map((path) => path.replace(/^\.\//, "").replace(/\/+$/, "")),
    changed: values.changed ?? null,
    shard,
    budget: integer("--budget", values.budget),
    exempt: values.exempt,
    jobs: integer("--jobs", values.jobs),
    results: values.results,
    mode: values.help ? "help" : values.list ? "list" : values.report ? "report" : "try",
    flags: importMap === undefined ? [] : ["--import-map", importMap],
  };
}

function integer(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new RangeError(`${name}: expected an integer from 1, got ${text}`);
}

function parse(args: readonly string[]) {
  // The one option whose value may be left out.
  const spelled = args.map((arg, at) =>
    arg === "--changed" && (args[at + 1] ?? "-").startsWith("-") ? `${arg}=main` : arg
  );
  try {
    return parseArgs({
      args: spelled,
      options: {
        only: { type: "string", multiple: true, default: [] },
        changed: { type: "string" },
        shard: { type: "string", default: "1/1" },
        budget: { type: "string", default: String(DEFAULT_BUDGET) },
        exempt: { type: "boolean", default: false },
        jobs: { type: "string", short: "j", default: String(navigator.hardwareConcurrency) },
        results: { type: "string", default: DEFAULT_RESULTS },
        list: { type: "boolean", default: false },
        report: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
        "import-map": { type: "string" },
      },
    });
  } catch (error) {
    if (error instanceof TypeError) throw new RangeError(`${error.message}\nFor the options: deno task mutants --help`);
    throw error;
  }
}
