/**
 * What the demo says of itself, before and after.
 *
 * @module
 */

import { wrap } from "../report/wrap.ts";
import { escapeText } from "../wire/escape.ts";
import { type Entry, readableWidth, secondColumn, twoColumns } from "./columns.ts";
import { type Start, taskCommand, thisStart } from "./command.ts";
import { PermissionError } from "./errors.ts";
import type { CommandLine } from "./options.ts";
import { writeDiagnostic } from "./output.ts";
import { columnsOf } from "./terminal.ts";

type Options = Pick<CommandLine, "audit" | "format" | "report" | "trace">;

/** Says what the demo is, on standard error, unless the options want less said. */
export function introduceDemo(options: CommandLine): void {
  if (isTalkative(options)) writeDiagnostic(demoIntroduction(options, columnsOf(Deno.stderr)));
}

/** Says what to try next, likewise. */
export function concludeDemo(options: CommandLine): void {
  if (isTalkative(options)) writeDiagnostic(demoConclusion(options, thisStart(), columnsOf(Deno.stderr)));
}

function isTalkative({ quiet, "log-level": level }: CommandLine): boolean {
  return !quiet && (level === "info" || level === "debug");
}

/**
 * Makes sure that Deno lets the demo use the network of this machine. On a terminal Deno asks for it once here, and not
 * for each socket.
 *
 * @throws {PermissionError} when it does not.
 */
export function requireLoopback(): void {
  const { state } = Deno.permissions.requestSync({ name: "net", host: "127.0.0.1" });
  if (state !== "granted") throw new PermissionError("--demo needs this machine's network: run again with --allow-net");
}

/** What the demo says first, in lines of at most `width` columns. */
export function demoIntroduction({ audit, format, trace }: Options, width: number): string {
  const what = audit
    ? "Demo: these DNS seeds and their peers are simulated on this machine, and nothing leaves it. All seeds but " +
      "good.seeds.test have a fault on purpose, which their names tell."
    : "Demo: these peers are simulated on this machine, and nothing leaves it. Some of them fail on purpose, to show how " +
      "that looks.";
  const marks = !audit && format === "text" && trace !== "mermaid" ? " Their lines end in on_purpose." : "";
  return `${wrap(`${what}${marks}`, readableWidth(width)).join("\n")}\n\n`;
}

/** What the demo says last. */
export function demoConclusion(options: Options, start: Start, width: number): string {
  const entries = nextSteps(options, start);
  const steps = twoColumns(entries, secondColumn(entries), readableWidth(width));
  const page = options.report === undefined ? "" : ` Its page is ${escapeText(options.report)}.`;
  return `\n${[...wrap(`That was a simulation.${page} Try next:`, readableWidth(width)), ...steps].join("\n")}\n`;
}

function nextSteps({ audit, report }: Options, start: Start): Entry[] {
  const demo = (...args: string[]) => taskCommand("demo", args, start);
  const real = (...args: string[]) => taskCommand("handshake", args, start);
  const page: Entry = [demo(...audit ? ["--audit"] : [], "--report", "page.html"), "the same, and a page with charts"];
  // A binary may write no file unless it was compiled for that.
  const pages = report === undefined && !start.standalone ? [page] : [];
  const steps: Entry[] = audit
    ? [[demo(), "handshakes, one by one"], [real("--audit"), "the real seeds of Bitcoin Core"]]
    : [[demo("--audit"), "DNS seeds judged by what they give"], [
      real("dnsseed.emzy.de"),
      "the real peers of a DNS seed",
    ]];
  return [...pages, ...steps, [real("--help"), "all that there is"]];
}
