/**
 * What all jobs have in common: starting, printing results as they come, and reporting at the end.
 *
 * @module
 */

import { formatAddress } from "../address/address.ts";
import type { HandshakeListeners } from "../net/settings.ts";
import type { RunCheck } from "../report/check.ts";
import { type AnyRecord, recordOf } from "../report/records.ts";
import type { SeedResult } from "../scan/result.ts";
import type { Target } from "../scan/target.ts";
import { ChainCheck } from "./chain_check.ts";
import { EXIT_FAILURE, EXIT_OF_STATE, EXIT_SUCCESS } from "./exit.ts";
import type { Job, Task } from "./job.ts";
import { createLogger, type Logger } from "./log.ts";
import type { CommandLine } from "./options.ts";
import { ResultWriter, writeDiagnostic } from "./output.ts";
import { PageFile } from "./page.ts";
import { metricsPrinter, type ResultPrinter, seedsPrinter, type Sheet } from "./printer.ts";
import { Progress } from "./progress.ts";
import { failureCounts, interruption } from "./remarks.ts";
import { RouteCheck } from "./route_check.ts";
import { scanSettings } from "./settings.ts";
import { Interrupt } from "./signals.ts";
import { showsColors, supportsEscapes } from "./terminal.ts";
import { tracer } from "./trace.ts";

/**
 * Does a job, with the targets given as arguments; resolves to the exit status.
 *
 * @throws {UsageError} when there is no target, or one that the job does not take.
 * @throws {StartError} when the demo's network cannot be simulated here.
 * @throws {OutputError} when the results cannot be written.
 */
export async function perform(job: Job, options: CommandLine, targets: readonly Target[]): Promise<number> {
  const log = await diagnosticLogger(options);
  const settings = await scanSettings(options);
  const demo = options.demo ? await import("./demo.ts") : null;
  demo?.requireLoopback();
  using interrupt = new Interrupt(options.check ? EXIT_OF_STATE.UNKNOWN : undefined);
  const setup = { options, targets, settings, log, signal: interrupt.signal };
  await using task = await (demo?.prepareDemo(job.demo, setup) ?? job.prepare(setup));
  // Before anything is sent, so that an unwritable file is reported now and not after the scan.
  await using page = options.report === undefined ? null : await PageFile.open(options.report);
  demo?.introduceDemo(job.demo, options);
  const status = await report(job, task, { options, log, interrupt, page });
  if (options.check) return status;
  if (interrupt.status !== null) return interrupt.status;
  demo?.concludeDemo(job.demo, options);
  return status;
}

/** What a report needs. */
interface Means {
  readonly options: CommandLine;
  readonly log: Logger;
  readonly interrupt: Interrupt;
  readonly page: PageFile | null;
}

/** Prints the results as they come, and the final remarks; resolves to the exit status, regardless of signals. */
async function report(job: Job, task: Task, { options, log, interrupt, page }: Means): Promise<number> {
  const hasProgress = !options.quiet && await supportsEscapes(Deno.stderr);
  const color = await showsColors(Deno.stdout);
  const unread = new AbortController();
  const results = new ResultWriter(() => unread.abort());
  const write = (lines: string) => results.add(lines);
  const listeners = { ...logListeners(log), trace: await tracer(options, write) };
  const work = task.start(listeners, AbortSignal.any([interrupt.signal, unread.signal]));
  using progress = hasProgress ? new Progress(() => results.writing ? null : work.progress) : null;
  const check = options.check ? await newCheck(job, options) : null;
  const sheet = { options, write, color, faults: task.faults };
  const print = check === null ? await printerOf(job, task, sheet) : (record: AnyRecord) => check.add(record);
  const chainCheck = new ChainCheck();
  const routeCheck = new RouteCheck();
  let status: number = EXIT_SUCCESS;
  for await (const result of work) {
    status = Math.max(status, job.statusOf(result));
    if (result.type === "seed") logSeed(result, log, task);
    const record = recordOf(result);
    print(record);
    page?.add(record);
    chainCheck.add(result);
    routeCheck.add(result);
    if (results.full) await results.written();
    if (result.type !== "summary") continue;
    // Everything is known. What follows is closing the connections held open, which nothing should wait for.
    progress?.[Symbol.dispose]();
    const error = await results.written();
    const remarks = [
      interrupt.status === null ? null : interruption(work.progress),
      options.quiet && options.format === "text" ? failureCounts(result) : null,
      chainCheck.warning(options.chain.name),
      // An audit has a verdict for it, and a crawl has said so.
      job.kind === "scan" ? routeCheck.warning : null,
    ];
    for (const remark of remarks.filter((remark) => remark !== null)) log.warn(remark);
    // The reader of a closed pipe has seen enough; a lost terminal or a full disk is no reason to skip the page.
    if (interrupt.status !== null || error?.code !== "closed") await page?.write(new Date(), options.demo);
    logHeld(work.progress.held, options, log);
  }
  const failed = task.failed?.() ?? false;
  if (check !== null) {
    const { state, line } = check.result(failed ? "the targets could not be read to the end" : null);
    write(`${line}\n`);
    status = EXIT_OF_STATE[state];
  } else if (failed) {
    status = Math.max(status, EXIT_FAILURE);
  }
  const error = await results.written();
  if (error !== null && (check !== null || interrupt.status === null)) throw error;
  return status;
}

async function printerOf(
  { kind, printers }: Job,
  { seeds = () => [] }: Task,
  sheet: Sheet & Pick<Means, "options">,
): Promise<ResultPrinter> {
  const { format } = sheet.options;
  if (format === "openmetrics") return await metricsPrinter(kind, sheet);
  return format === "seeds" ? await seedsPrinter(seeds, sheet) : printers[format](sheet);
}

async function newCheck({ kind }: Job, { port, chain }: CommandLine): Promise<RunCheck> {
  const { RunCheck } = await import("../report/check.ts");
  return new RunCheck(kind, port ?? chain.port);
}

function logListeners(log: Logger): HandshakeListeners {
  return {
    onScarcity: (message) => void log.warn(message),
    onProxyLost: (message) => void log.warn(message),
    onFallback: (address, { code, message }) =>
      void log.debug(`${formatAddress(address)}: ${code}: ${message}; trying v1`),
  };
}

function logHeld(held: number, { hold }: CommandLine, log: Logger): void {
  if (held === 0) return;
  const connections = held === 1 ? "1 connection" : `${held} connections`;
  log.info(`${connections} held open for up to ${hold / 1000} s; press Ctrl-C to end now`);
}

function logSeed(
  { target, resolution: { addresses, error, failures } }: SeedResult,
  log: Logger,
  { complain = (message) => void log.warn(message) }: Task,
): void {
  if (error !== null) return complain(`cannot resolve ${target}: ${error.message}`, target);
  log.debug(`${target} resolved to ${addresses.length} addresses`);
  for (const { error: { message } } of failures) complain(`cannot fully resolve ${target}: ${message}`, target);
}

async function diagnosticLogger(options: CommandLine): Promise<Logger> {
  const level = { debug: "DEBUG", info: "INFO", warn: "WARN", error: "ERROR" } as const;
  return createLogger(level[options["log-level"]], writeDiagnostic, await showsColors(Deno.stderr));
}
