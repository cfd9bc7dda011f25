/**
 * What the demo says before and after.
 *
 * @module
 */

import { osErrorCode } from "../net/errors.ts";
import { wrap } from "../report/wrap.ts";
import { escapeText } from "../wire/escape.ts";
import { type Entry, readableWidth, secondColumn, twoColumns } from "./columns.ts";
import { type Start, taskCommand, thisStart } from "./command.ts";
import { PermissionError, StartError } from "./errors.ts";
import type { Job, Setup, Task } from "./job.ts";
import type { CommandLine } from "./options.ts";
import { writeDiagnostic } from "./output.ts";
import { columnsOf } from "./terminal.ts";

/** The texts of a mode's demo. */
export interface DemoTexts {
  /** What is simulated, and how to tell what fails on purpose. */
  readonly about: (options: CommandLine) => string;
  /** The options that choose the mode. */
  readonly args: readonly string[];
  /** What to try next: commands, and what they show. */
  readonly next: readonly (readonly [task: "demo" | "handshake", args: readonly string[], shows: string])[];
}

/** Introduces the demo on standard error, unless the options ask for less. */
export function introduceDemo(texts: DemoTexts, options: CommandLine): void {
  if (isTalkative(options)) writeDiagnostic(demoIntroduction(texts, options, columnsOf(Deno.stderr)));
}

/** Says what to try next, under the same condition. */
export function concludeDemo(texts: DemoTexts, options: CommandLine): void {
  if (isTalkative(options)) writeDiagnostic(demoConclusion(texts, options, thisStart(), columnsOf(Deno.stderr)));
}

function isTalkative({ quiet, "log-level": level }: CommandLine): boolean {
  return !quiet && (level === "info" || level === "debug");
}

/**
 * Makes sure that the demo may use the loopback network. On a terminal Deno then asks once, and not for each socket.
 *
 * @throws {PermissionError} when it may not.
 */
export function requireLoopback(): void {
  const { state } = Deno.permissions.requestSync({ name: "net", host: "127.0.0.1" });
  if (state !== "granted") throw new PermissionError("--demo needs the loopback network: run again with --allow-net");
}

/**
 * Starts the simulated network.
 *
 * @throws {StartError} when the operating system does not let it.
 */
export async function prepareDemo({ prepare }: Pick<Job, "prepare">, setup: Setup): Promise<Task> {
  try {
    return await prepare(setup);
  } catch (error) {
    // Something else could not be used, such as a file, and says so.
    if (!(error instanceof Error) || error instanceof StartError || osErrorCode(error) === "") throw error;
    throw new StartError(`cannot simulate a network on this machine: ${error.message}`, { cause: error });
  }
}

/** What the demo says first, in lines of at most `width` columns. */
export function demoIntroduction({ about }: DemoTexts, options: CommandLine, width: number): string {
  return `${wrap(about(options), readableWidth(width)).join("\n")}\n\n`;
}

/** What the demo says last. */
export function demoConclusion(texts: DemoTexts, { report }: CommandLine, start: Start, width: number): string {
  const entries = nextSteps(texts, report, start);
  const steps = twoColumns(entries, secondColumn(entries), readableWidth(width));
  const page = report === undefined ? "" : ` Its page is ${escapeText(report)}.`;
  return `\n${[...wrap(`That was a simulation.${page} Try next:`, readableWidth(width)), ...steps].join("\n")}\n`;
}

function nextSteps({ args, next }: DemoTexts, report: string | undefined, start: Start): Entry[] {
  const page: Entry = [
    taskCommand("demo", [...args, "--report", "page.html"], start),
    "the same, with a page of charts",
  ];
  return [
    // A binary may not write files unless it was compiled with that permission.
    ...report === undefined && !start.standalone ? [page] : [],
    ...next.map(([task, args, shows]): Entry => [taskCommand(task, args, start), shows]),
    [taskCommand("handshake", ["--help"], start), "all options"],
  ];
}
