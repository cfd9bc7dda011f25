/**
 * The work that the options ask for: a scan or an audit, printed as it goes.
 *
 * @module
 */

import type { AnyResult, AuditListeners } from "../audit/audit.ts";
import { formatAddress } from "../address/address.ts";
import type { IpNetwork, Network } from "../address/network.ts";
import { denoIo, type Io } from "../net/io.ts";
import { recordOf } from "../report/records.ts";
import type { SeedResult } from "../scan/result.ts";
import { Scan, type ScanProgress, type ScanSettings } from "../scan/scan.ts";
import type { Target } from "../scan/target.ts";
import { signetChain } from "../wire/signet.ts";
import { ChainCheck } from "./chain_check.ts";
import { UsageError } from "./errors.ts";
import { EXIT_FAILURE, EXIT_SUCCESS } from "./exit.ts";
import { createLogger, type Logger } from "./log.ts";
import { checkModes } from "./modes.ts";
import type { CommandLine } from "./options.ts";
import { ResultWriter, writeDiagnostic } from "./output.ts";
import { PageFile } from "./page.ts";
import { type Faults, resultPrinter } from "./printer.ts";
import { Progress } from "./progress.ts";
import { Interrupt } from "./signals.ts";
import { heedsEscapes, showsColors } from "./terminal.ts";
import { tracer } from "./trace.ts";
import { argumentTargets, fileTargets, readTargetFile, warnOfOtherNetworks } from "./targets.ts";

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
  if (options.audit) return await executeAudit(options, settings, log);
  if (!options.demo) {
    const targets = await collectTargets(options, settings.networks, log);
    return await report(scanOf(targets, settings), options, log);
  }
  // Loaded on demand: the main job needs nothing of it.
  const { startDemo } = await import("../sim/demo.ts");
  await using demo = await startDemo(settings);
  return await report(scanOf(demo.targets, { ...settings, ...demo.settings }, demo.io), options, log, demo.faults);
}

async function executeAudit(options: CommandLine, settings: ScanSettings, log: Logger): Promise<number> {
  const { auditJob, demoAuditJob } = await import("./audit.ts");
  const targets = hasTargets(options) ? await collectTargets(options, settings.networks, log) : [];
  await using job = options.demo ? await demoAuditJob(options, settings) : auditJob(options, settings, targets);
  return await report(job.start, options, log);
}

/** Something that gives results, and says how far it is. */
interface Work extends AsyncIterable<AnyResult> {
  readonly progress: ScanProgress;
}

type StartWork = (listeners: AuditListeners, signal: AbortSignal) => Work;

function scanOf(targets: readonly Target[], settings: ScanSettings, io: Io = denoIo): StartWork {
  return (listeners, signal) => new Scan(targets, { ...settings, ...listeners }, io, signal);
}

/** Prints the results as they come, and says how it went. */
async function report(start: StartWork, options: CommandLine, log: Logger, faults?: Faults): Promise<number> {
  // Before anything is sent: who cannot have the page should know now, not after the scan.
  await using page = options.report === undefined ? null : await PageFile.open(options.report);
  const hasProgress = !options.quiet && await heedsEscapes(Deno.stderr);
  const inColor = await showsColors(Deno.stdout);
  using interrupt = new Interrupt();
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
    if (results.full) await results.flush();
    if (result.type === "audit" && result.verdict === "fail") succeeded = false;
    if (result.type !== "summary") continue;
    if (!options.audit) succeeded = result.success > 0;
    // All is known. What follows is the end of the connections that are held open, for which nothing should wait.
    progress?.[Symbol.dispose]();
    await results.flush();
    const warning = chainCheck.warning(options.chain.name);
    if (warning !== null) log.warn(warning);
    await page?.write(new Date(), options.demo);
    logHeld(work.progress.held, options, log);
  }
  await results.flush();
  if (interrupt.status === null) demo?.concludeDemo(options);
  return interrupt.status ?? (succeeded ? EXIT_SUCCESS : EXIT_FAILURE);
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

function hasTargets({ seeds, targets }: CommandLine): boolean {
  return seeds.length > 0 || targets.length > 0;
}

async function collectTargets(options: CommandLine, networks: readonly IpNetwork[], log: Logger): Promise<Target[]> {
  const warn = (message: string) => void log.warn(message);
  let targets = argumentTargets(options.seeds);
  for (const name of options.targets) targets = targets.concat(fileTargets(name, await readTargetFile(name), warn));
  if (targets.length === 0) {
    throw new UsageError(
      options.targets.length === 0
        ? "no target: expected a DNS seed or an address, as in: bitcoin-p2p-handshake dnsseed.emzy.de"
        : `no target: --targets ${options.targets.join(", ")} has none, and none is on the command line`,
    );
  }
  warnOfOtherNetworks(targets, networks, warn);
  return targets;
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
