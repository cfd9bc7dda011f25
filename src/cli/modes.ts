/**
 * The modes of the program, the options that each takes, and the modules of their jobs.
 *
 * @module
 */

import type { Target } from "../scan/target.ts";
import { SIGNET } from "../wire/chains.ts";
import { UsageError } from "./errors.ts";
import type { Option } from "./option.ts";
import { type CommandLine, OPTION_LIST } from "./options.ts";

/** The module of a mode's job. */
interface JobModule {
  /** Does the job, with the targets given as arguments; resolves to the exit status. */
  readonly run: (options: CommandLine, targets: readonly Target[]) => Promise<number>;
}

/** All modes. Each but the scan has a flag of the same name; its job is loaded when it is chosen. */
export const MODES = {
  scan: { needsTarget: true, load: (): Promise<JobModule> => import("./jobs/scan.ts") },
  audit: { needsTarget: false, load: (): Promise<JobModule> => import("./jobs/audit.ts") },
  crawl: { needsTarget: false, load: (): Promise<JobModule> => import("./jobs/crawl.ts") },
  history: { needsTarget: false, load: (): Promise<JobModule> => import("./jobs/history.ts") },
} as const;

/** The name of a mode. */
export type Mode = keyof typeof MODES;

const NAMES = Object.keys(MODES) as Mode[];

/**
 * The mode that the options choose.
 *
 * @throws {UsageError} when it does not take one of them, or two cannot be combined.
 */
export function modeOf(options: CommandLine): Mode {
  const mode = NAMES.find((name) => options.given.has(name)) ?? "scan";
  if (options.demo && options.seeds.length > 0) throw new UsageError("--demo takes no targets");
  for (const [name, option] of OPTION_LIST) {
    if (options.given.has(name)) checkOption(name, option, mode, options);
  }
  checkValues(options);
  return mode;
}

/**
 * Checks that there is a target, or a file with targets, if the mode needs one.
 *
 * @throws {UsageError} when there is none.
 */
export function checkTargets(mode: Mode, { demo, seeds, targets }: CommandLine): void {
  if (!MODES[mode].needsTarget || demo || seeds.length + targets.length > 0) return;
  throw new UsageError("no target: expected a DNS seed or an address, as in: bitcoin-p2p-handshake dnsseed.emzy.de");
}

/** The notes in the help on the modes that take an option, and on what it cannot be combined with. */
export function modeNotes(name: string, { modes = NAMES, excludes = [] }: Option): string[] {
  // That a look into a file takes nothing that is about peers goes without saying.
  const others = NAMES.filter((mode) => mode !== "history" && !modes.includes(mode));
  // The flag of a mode needs only itself.
  const needed = modes.includes("scan") ? [] : modes.filter((mode) => mode !== name);
  const refused = modes.includes("scan") ? [...others, ...excludes] : excludes;
  return [
    ...needed.length === 0 ? [] : [`needs ${flags(needed)}`],
    ...refused.length === 0 ? [] : [`not with ${flags(refused)}`],
  ];
}

function checkOption(name: string, { modes, excludes }: Option, mode: Mode, options: CommandLine): void {
  if (modes !== undefined && !modes.includes(mode)) {
    throw new UsageError(
      mode === "scan" ? `--${name} needs ${flags(modes)}` : `--${mode} and --${name} cannot be combined`,
    );
  }
  const excluding = excludes?.find((variant) => options[variant]);
  if (excluding !== undefined) throw new UsageError(`--${excluding} and --${name} cannot be combined`);
}

/** Checks options that need certain values of others. */
function checkValues(
  { chain, format, state, trace, addresses, report, targets, exclude, "signet-challenge": challenge }: CommandLine,
): void {
  if (challenge !== undefined && chain.name !== SIGNET.name) {
    throw new UsageError(`--signet-challenge is for --chain ${SIGNET.name}, got --chain ${chain.name}`);
  }
  if (format === "seeds" && state === undefined) throw new UsageError("--format seeds needs --state FILE");
  const bare = (path: string | undefined) => path?.replace(/^(?:\.\/+)+/, "");
  if (report !== undefined && [state, ...targets, ...exclude].some((other) => bare(other) === bare(report))) {
    throw new UsageError(
      `--report ${report} would replace a file that another option names: expected a file of its own`,
    );
  }
  if (trace !== undefined && format !== "text") throw new UsageError(`--trace needs --format text, got ${format}`);
  if (addresses && format !== "ndjson") throw new UsageError(`--addresses needs --format ndjson, got ${format}`);
}

/** Flags as a list in a sentence. */
function flags(names: readonly string[]): string {
  return names.map((name) => `--${name}`).join(" or ");
}
