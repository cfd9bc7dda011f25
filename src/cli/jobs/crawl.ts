/**
 * `--crawl`: asks every peer for addresses, and goes on with these.
 *
 * @module
 */

import { seedTargets, withCrawlDefaults } from "../../crawl/api.ts";
import { Crawl } from "../../crawl/crawl.ts";
import type { CrawlSettings } from "../../crawl/settings.ts";
import type { Memory } from "../../crawl/memory.ts";
import { denoIo, type Io } from "../../net/io.ts";
import { PEER_ROWS } from "../../report/csv.ts";
import { chainSeeds } from "../../scan/chain_seeds.ts";
import type { ScanSettings } from "../../scan/scan.ts";
import type { Target } from "../../scan/target.ts";
import { crawlPrinter } from "../crawl_printer.ts";
import type { SeedEntry } from "../../state/result.ts";
import { UsageError } from "../errors.ts";
import { readExclusions } from "../exclude_file.ts";
import { EXIT_FAILURE, EXIT_SUCCESS } from "../exit.ts";
import type { Job, Setup, Task, Work } from "../job.ts";
import { warnOfNameServer } from "../networks.ts";
import type { CommandLine } from "../options.ts";
import { perform } from "../perform.ts";
import { csvPrinter, ndjsonPrinter } from "../printer.ts";
import { collectTargets } from "../targets.ts";

/** The job of `--crawl`. */
export const CRAWL_JOB: Job = {
  prepare,
  demo: {
    about: () =>
      "Demo: this network is simulated, and no traffic leaves this machine. Some of its nodes misbehave on purpose, and " +
      "most of the addresses that they name lead nowhere, as in the real one.",
    args: ["--crawl"],
    next: [["handshake", ["--crawl"], "the real network, beginning with the DNS seeds of Bitcoin Core"]],
    prepare: prepareDemo,
  },
  kind: "crawl",
  printers: {
    text: (sheet) => sheet.options.trace === "mermaid" ? () => {} : crawlPrinter(sheet),
    ndjson: ndjsonPrinter,
    csv: csvPrinter(PEER_ROWS),
  },
  statusOf: (result) => result.type === "summary" && result.success === 0 ? EXIT_FAILURE : EXIT_SUCCESS,
};

/** What keeps the results of a crawl, or does not. */
interface Keeper extends Disposable {
  /** Starts a crawl with what is known from earlier runs. */
  readonly keep: (start: (memory: Memory | undefined) => Crawl) => Work;
  /** Whether something could not be kept. */
  readonly failed: () => boolean;
  /** The peers in the file. */
  readonly seeds: () => Iterable<SeedEntry>;
}

/** Crawls from the targets, or without any from the chain's own seeds; resolves to the exit status. */
export function run(options: CommandLine, targets: readonly Target[]): Promise<number> {
  return perform(CRAWL_JOB, options, targets);
}

async function prepare(setup: Setup): Promise<Task> {
  const { options, targets, settings } = setup;
  warnOfNameServer(setup);
  // Before the targets, of which a pipe may deliver the first one late.
  const crawl = await crawlSettings(options, settings);
  const isNamed = targets.length + options.targets.length > 0;
  const collected = isNamed ? await collectTargets(setup) : null;
  const begun = collected?.targets ?? ownSeeds(settings);
  const kept = await keeper(setup, denoIo, crawl);
  return {
    start: (listeners, signal) =>
      kept.keep((memory) => new Crawl(begun, { ...crawl, ...listeners, memory }, denoIo, signal)),
    failed: () => collected?.failed() === true || kept.failed(),
    seeds: kept.seeds,
    [Symbol.asyncDispose]: () => Promise.resolve(kept[Symbol.dispose]()),
  };
}

async function prepareDemo(setup: Setup): Promise<Task> {
  const { options, settings } = setup;
  // Loaded on demand: a real crawl does not need it.
  const { startCrawlDemo } = await import("../../sim/demo_crawl.ts");
  const demo = await startCrawlDemo(settings);
  const crawl = { ...await crawlSettings(options, settings), ...demo.settings };
  const kept = await keeper(setup, demo.io, crawl);
  return {
    start: (listeners, signal) =>
      kept.keep((memory) => new Crawl(demo.targets, { ...crawl, ...listeners, memory }, demo.io, signal)),
    failed: kept.failed,
    seeds: kept.seeds,
    [Symbol.asyncDispose]: async () => {
      kept[Symbol.dispose]();
      await demo[Symbol.asyncDispose]();
    },
  };
}

/** Keeps the results of a crawl in the file of `--state`, if there is one. */
async function keeper({ options, settings, log }: Setup, { clock }: Io, crawl: CrawlSettings): Promise<Keeper> {
  const { state: path } = options;
  if (path === undefined) {
    return { keep: (start) => start(undefined), failed: () => false, seeds: () => [], [Symbol.dispose]: () => {} };
  }
  // Loaded on demand: most crawls keep nothing.
  const [{ openState, stateFailure, usingState }, { KeptCrawl }] = await Promise.all([
    import("../state_file.ts"),
    import("../../state/kept_crawl.ts"),
  ]);
  const state = openState(path, settings.chain, options.demo);
  return {
    keep: (start) => {
      const started = usingState(path, () => start(state.begin(crawl)));
      return new KeptCrawl(started, state, clock, (error) => void log.error(stateFailure(path, error)));
    },
    failed: () => state.error !== null,
    seeds: () => usingState(path, () => [...state.seeds()]),
    [Symbol.dispose]: () => state[Symbol.dispose](),
  };
}

/** The settings of a crawl, from the options. */
async function crawlSettings(options: CommandLine, settings: ScanSettings): Promise<CrawlSettings> {
  const exclusions = await readExclusions(options.exclude);
  return withCrawlDefaults(settings, {
    concurrency: options.given.has("concurrency") ? options.concurrency : undefined,
    addrWait: options["addr-wait"],
    maxAge: options["max-age"],
    maxAddresses: options["max-addresses"],
    maxTime: options["max-time"],
    rate: options.rate,
    // Nothing to look up for each of a million addresses if there is no list.
    excludes: options.exclude.length === 0 ? undefined : (address) => exclusions.has(address),
    ...options["include-unroutable"] ? { includeUnroutable: true } : {},
    addresses: options.addresses,
  });
}

function ownSeeds(settings: ScanSettings): Target[] {
  const seeds = seedTargets(settings);
  if (seeds.length > 0) return seeds;
  const { chain, networks } = settings;
  const why = chainSeeds(chain).length === 0
    ? `Bitcoin Core ships no DNS seed for ${chain.name}`
    : `DNS seeds have no addresses of ${networks.join(" and ")}`;
  throw new UsageError(`no target: ${why}, expected an address to begin with`);
}
