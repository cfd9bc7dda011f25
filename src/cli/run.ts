/**
 * The program: from arguments to an exit status.
 *
 * @module
 */

import { escapeText } from "../wire/escape.ts";
import { reachableNetworks } from "../net/reach.ts";
import { PROGRAM_VERSION } from "../scan/program.ts";
import { asksForCheck, failCheck } from "./check_failure.ts";
import { PermissionError, StartError, UsageError } from "./errors.ts";
import { EXIT_FAILURE, EXIT_SUCCESS, EXIT_USAGE } from "./exit.ts";
import { helpText, USAGE } from "./help.ts";
import { checkTargets, modeOf, MODES } from "./modes.ts";
import { routeSettings } from "./networks.ts";
import type { CommandLine } from "./options.ts";
import { OutputError, ResultWriter, writeDiagnostic } from "./output.ts";
import { parseCommandLine, parseTargets } from "./parse.ts";
import { columnsOf } from "./terminal.ts";

/** Runs the program; resolves to its exit status. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    return await execute(parseCommandLine(args));
  } catch (error) {
    if (asksForCheck(args)) return await failCheck(error instanceof Error ? error.message : String(error));
    if (error instanceof UsageError) {
      writeDiagnostic(`error: ${escapeText(error.message)}\n${USAGE}\n`);
      return EXIT_USAGE;
    }
    if (!(error instanceof OutputError || error instanceof StartError)) throw error;
    if (error.code === "closed") return EXIT_SUCCESS;
    writeDiagnostic(`error: ${escapeText(error.message)}\n`);
    return EXIT_FAILURE;
  }
}

async function execute(options: CommandLine): Promise<number> {
  if (options.help) return await print(helpText(columnsOf(Deno.stdout)));
  if (options.version) return await print(`bitcoin-p2p-handshake ${PROGRAM_VERSION}`);
  if (options.completions !== undefined) {
    const { SCRIPTS } = await import("./completions.ts");
    return await print(SCRIPTS[options.completions]());
  }
  const mode = modeOf(options);
  checkTargets(mode, options);
  const targets = parseTargets(options.seeds, reachableNetworks(routeSettings(options)));
  // Loaded on demand, with everything it needs, so that help and usage errors come fast.
  const { run } = await MODES[mode].load();
  try {
    return await run(options, targets);
  } catch (error) {
    throw error instanceof PermissionError ? await withCommand(error, options) : error;
  }
}

/** The error with the full command that includes the permission. */
async function withCommand({ message }: PermissionError, options: CommandLine): Promise<UsageError> {
  const { commandLine, thisStart } = await import("./command.ts");
  const start = thisStart();
  const way = start.standalone ? "; a binary must be compiled with it" : "";
  return new UsageError(`${message}${way}, as in: ${commandLine(options, start)}`);
}

async function print(text: string): Promise<number> {
  const results = new ResultWriter();
  results.add(`${text}\n`);
  const error = await results.written();
  if (error !== null) throw error;
  return EXIT_SUCCESS;
}
