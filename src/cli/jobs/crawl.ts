/**
 * `--crawl`: asks every peer for addresses, and goes on with these.
 *
 * @module
 */

import { Crawl } from "../../crawl/crawl.ts";
import type { CrawlSettings } from "../../crawl/settings.ts";
import { familiesOf } from "../../net/families.ts";
import { denoIo } from "../../net/io.ts";
import { PEER_ROWS } from "../../report/csv.ts";
import { chainSeeds } from "../../scan/chain_seeds.ts";
import type { ScanSettings } from "../../scan/scan.ts";
import { parseTarget, type Target } from "../../scan/target.ts";
import { UsageError } from "../errors.ts";
import { EXIT_FAILURE, EXIT_SUCCESS } from "../exit.ts";
import type { Job, Setup, Task } from "../job.ts";
import type { CommandLine } from "../options.ts";
import { perform } from "../perform.ts";
import { csvPrinter, logPrinter, ndjsonPrinter } from "../printer.ts";
import { collectTargets } from "../targets.ts";

/** The job of `--crawl`. */
export const CRAWL_JOB: Job = {
  prepare,
  demo: {
    about: () => "Demo: this network is simulated, and no traffic leaves this machine.",
    args: ["--crawl"],
    next: [["handshake", ["--crawl"], "the real network, beginning with the seeds of Bitcoin Core"]],
    prepare: () => Promise.reject(new UsageError("--demo and --crawl cannot be combined yet")),
  },
  printers: { text: logPrinter, ndjson: ndjsonPrinter, csv: csvPrinter(PEER_ROWS) },
  statusOf: (result) => result.type === "summary" && result.success === 0 ? EXIT_FAILURE : EXIT_SUCCESS,
};

/** Crawls from the targets, or without any from the chain's own seeds; resolves to the exit status. */
export function run(options: CommandLine, targets: readonly Target[]): Promise<number> {
  return perform(CRAWL_JOB, options, targets);
}

async function prepare(setup: Setup): Promise<Task> {
  const { options, targets, settings } = setup;
  const isNamed = targets.length + options.targets.length > 0;
  const collected = isNamed ? await collectTargets(setup) : null;
  const begun = collected?.targets ?? ownSeeds(settings);
  const crawl = crawlSettings(options, settings);
  return {
    start: (listeners, signal) => new Crawl(begun, { ...crawl, ...listeners }, denoIo, signal),
    failed: () => collected?.failed() ?? false,
    [Symbol.asyncDispose]: async () => {},
  };
}

/** The settings of a crawl, from the options. */
function crawlSettings(options: CommandLine, settings: ScanSettings): CrawlSettings {
  return {
    ...settings,
    concurrency: options.given.has("concurrency") ? options.concurrency : undefined,
    addrWait: options["addr-wait"],
    maxAge: options["max-age"],
    maxAddresses: options["max-addresses"],
    maxTime: options["max-time"],
    rate: options.rate,
    // On regtest every node is on this machine or near it.
    includeUnroutable: options["include-unroutable"] || settings.chain.name === "regtest",
    addresses: options.addresses,
  };
}

function ownSeeds({ chain, networks }: ScanSettings): Target[] {
  const seeds = chainSeeds(chain);
  if (seeds.length === 0) {
    throw new UsageError(
      `no target: Bitcoin Core ships no DNS seed for ${chain.name}, expected a seed or an address to begin with`,
    );
  }
  if (familiesOf(networks).length === 0) {
    throw new UsageError(
      `no target: DNS seeds have only IP addresses, expected an address of ${networks.join(" or ")} to begin with`,
    );
  }
  return seeds.map(({ name }) => parseTarget(name));
}
