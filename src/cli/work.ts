/**
 * The work that the options ask for: a scan or an audit, printed as it goes.
 *
 * @module
 */

import type { AnyResult, AuditListeners } from "../audit/audit.ts";
import { formatAddress } from "../address/address.ts";
import type { Network } from "../address/network.ts";
import { denoIo } from "../net/io.ts";
import { recordOf } from "../report/records.ts";
import type { SeedResult } from "../scan/result.ts";
import { Scan, type ScanProgress, type ScanSettings } from "../scan/scan.ts";
import type { Target } from "../scan/target.ts";
import { signetChain } from "../wire/signet.ts";
import { ChainCheck } from "./chain_check.ts";
import { EXIT_FAILURE, EXIT_SUCCESS } from "./exit.ts";
import { createLogger, type Logger } from "./log.ts";
import { checkModes } from "./modes.ts";
import type { CommandLine } from "./options.ts";
import { ResultWriter, writeDiagnostic } from "./output.ts";
import { PageFile } from "./page.ts";
import { type Faults, resultPrinter } from "./printer.ts";
import { Progress } from "./progress.ts";
import { failureCounts, interruption } from "./remarks.ts";
import { Interrupt } from "./signals.ts";
import { heedsEscapes, showsColors } from "./terminal.ts";
import { tracer } from "./trace.ts";
import { type CollectedTargets, collectTargets } from "./targets.ts";

/**
 * Does it; resolves to the exit status.
 *
 * @throws {UsageError} when the options do not go together, or a target is none.
 * @throws {OutputError} when the results cannot be written.
 */
export async function work(options: CommandLine): Promise<number> {
  const log = await diagnosticLogger(options);
  checkModes(options);
  const settings = await scanSettings(options);
  if (options.demo) (await import("./demo.ts")).requireLoopback();
  using interrupt = new Interrupt();
  const { targets, failed } = needsTargets(options)
    ? await collectTargets(options, settings.networks, log, interrupt.signal)
    : NO_TARGETS;
  await using job = options.audit
    ? await auditOf(options, settings, targets)
    : await scanOf(options, settings, targets);
  const status = await report(job, options, log, interrupt);
  return status === EXIT_SUCCESS && failed() ? EXIT_FAILURE : status;
}

/** The demo has its own; an audit without any is of the seeds of the chain. */
function needsTargets({ demo, audit, seeds, targets }: CommandLine): boolean {
  return !demo && (!audit || seeds.length > 0 || targets.length > 0);
}

const NO_TARGETS: CollectedTargets = { targets: ReadableStream.from([]), failed: () => false };

/** Something that gives results, and says how far it is. */
interface Work extends AsyncIterable<AnyResult> {
  readonly progress: ScanProgress;
}

/** Work that is ready to start, and what has to stop when it is over. */
interface Job extends AsyncDisposable {
  readonly start: (listeners: AuditListeners, signal: AbortSignal) => Work;
  /** Why targets fail on purpose. */
  readonly faults?: Faults;
}

/** An audit needs all its seeds to judge one of them. */
async function auditOf(options: CommandLine, settings: ScanSettings, targets: AsyncIterable<Target>): Promise<Job> {
  const { auditJob, demoAuditJob } = await import("./audit.ts");
  if (options.demo) return await demoAuditJob(options, settings);
  return auditJob(options, settings, needsTargets(options) ? await Array.fromAsync(targets) : null);
}

async function scanOf(options: CommandLine, settings: ScanSettings, targets: AsyncIterable<Target>): Promise<Job> {
  const resources = new AsyncDisposableStack();
  const dispose = { [Symbol.asyncDispose]: () => resources.disposeAsync() };
  if (!options.demo) {
    return {
      ...dispose,
      start: (listeners, signal) => new Scan(targets, { ...settings, ...listeners }, denoIo, signal),
    };
  }
  // Loaded on demand: the main job needs nothing of it.
  const { startDemo } = await import("../sim/demo.ts");
  const { DemoScan } = await import("../sim/demo_scan.ts");
  const demo = resources.use(await startDemo(settings));
  return {
    ...dispose,
    start: (listeners, signal) => new DemoScan(demo, { ...settings, ...listeners }, signal),
    faults: demo.faults,
  };
}

/** Prints the results as they come, and says how it went. */
async function report(
  { start, faults }: Job,
  options: CommandLine,
  log: Logger,
  interrupt: Interrupt,
): Promise<number> {
  // Before anything is sent: who cannot have the page should know now, not after the scan.
  await using page = options.report === undefined ? null : await PageFile.open(options.report);
  const hasProgress = !options.quiet && await heedsEscapes(Deno.stderr);
  const inColor = await showsColors(Deno.stdout);
  const unread = new AbortController();
  const results = new ResultWriter(() => unread.abort());
  const write = (lines: string) => results.add(lines);
  const warn = targetWarner(log, options, faults);
  const listeners = { ...logListeners(log), trace: await tracer(options, write) };
  const demo = options.demo ? await import("./demo.ts") : null;
  demo?.introduceDemo(options);
  const work = start(listeners, AbortSignal.any([interrupt.signal, unread.signal]));
  using progress = hasProgress ? new Progress(() => results.writing ? null : work.progress) : null;
  const print = resultPrinter(options, write, inColor, faults);
  const chainCheck = new ChainCheck();
  let succeeded = options.audit;
  for await (const result of work) {
    if (result.type === "seed") logSeed(result, log, warn);
    const record = recordOf(result);
    print(record);
    page?.add(record);
    chainCheck.add(result);
    if (results.full) await results.written();
    if (result.type === "audit" && result.verdict === "fail") succeeded = false;
    if (result.type !== "summary") continue;
    if (!options.audit) succeeded = result.success > 0;
    // All is known. What follows is the end of the connections that are held open, for which nothing should wait.
    progress?.[Symbol.dispose]();
    const error = await results.written();
    const remarks = [
      interrupt.status === null ? null : interruption(work.progress),
      options.quiet && options.format === "text" ? failureCounts(result) : null,
      chainCheck.warning(options.chain.name),
    ];
    for (const remark of remarks.filter((remark) => remark !== null)) log.warn(remark);
    // Who has closed a pipe has seen enough; a terminal that is gone, or a full disk, is no reason to go without the page.
    if (interrupt.status !== null || error?.code !== "closed") await page?.write(new Date(), options.demo);
    logHeld(work.progress.held, options, log);
  }
  const error = await results.written();
  if (interrupt.status !== null) return interrupt.status;
  if (error !== null) throw error;
  demo?.concludeDemo(options);
  return succeeded ? EXIT_SUCCESS : EXIT_FAILURE;
}

function logListeners(log: Logger): AuditListeners {
  return {
    onScarcity: (message) => void log.warn(message),
    onFallback: (address, { code, message }) =>
      void log.debug(`${formatAddress(address)}: ${code}: ${message}; trying v1`),
    onNoRoute: (networks) => void log.warn(noRouteMessage(networks)),
  };
}

function logHeld(held: number, { hold }: CommandLine, log: Logger): void {
  if (held === 0) return;
  const connections = held === 1 ? "1 connection" : `${held} connections`;
  log.info(`${connections} held open, for ${hold / 1000} s at most; Ctrl-C ends it now`);
}

function logSeed({ target, resolution: { addresses, error, failures } }: SeedResult, log: Logger, warn: Warn): void {
  if (error !== null) return warn(`cannot resolve ${target}: ${error.message}`, target);
  log.debug(`${target} resolved to ${addresses.length} addresses`);
  for (const { error: { message } } of failures) warn(`cannot resolve all of ${target}: ${message}`, target);
}

/** Warns of a target; of what is so on purpose it informs. */
type Warn = (message: string, target: string) => void;

function targetWarner(log: Logger, { demo, audit }: CommandLine, faults?: Faults): Warn {
  if (!demo) return (message) => void log.warn(message);
  // An audit's table says it later; first of all it would look as if the demo did not work.
  if (audit) return (message) => void log.debug(message);
  return (message, target) => void log.info(`${message} (on purpose: ${faults?.get(target)})`);
}

function noRouteMessage(networks: ReadonlySet<Network>): string {
  const families = [...networks].map((network) => network === "ipv6" ? "IPv6" : "IPv4").join(" and ");
  return `this machine has no way to ${families}: the addresses are counted, and are no reason against a seed`;
}

async function scanSettings(options: CommandLine): Promise<ScanSettings> {
  const challenge = options["signet-challenge"];
  return {
    chain: challenge === undefined ? options.chain : await signetChain(challenge),
    transport: options.transport,
    port: options.port ?? options.chain.port,
    services: options.services,
    receivingServices: options["receiving-services"],
    protocolVersion: options["protocol-version"],
    userAgent: options["user-agent"],
    startHeight: options["start-height"],
    relay: options.relay,
    timeout: options.timeout,
    concurrency: options.concurrency,
    hold: options.hold,
    networks: options.ipv4 === options.ipv6 ? ["ipv4", "ipv6"] : options.ipv4 ? ["ipv4"] : ["ipv6"],
    nameServer: options["dns-server"],
  };
}

async function diagnosticLogger(options: CommandLine): Promise<Logger> {
  const level = { debug: "DEBUG", info: "INFO", warn: "WARN", error: "ERROR" } as const;
  return createLogger(level[options["log-level"]], writeDiagnostic, await showsColors(Deno.stderr));
}
