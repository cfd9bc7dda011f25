/**
 * `--audit`: judges whether DNS seeds do their job.
 *
 * @module
 */

import type { Network } from "../../address/network.ts";
import { Audit, type AuditSettings } from "../../audit/audit.ts";
import { type AuditedSeed, auditedSeed } from "../../audit/seeds.ts";
import { denoIo, type Io } from "../../net/io.ts";
import { SEED_ROWS } from "../../report/csv.ts";
import type { AuditRecord } from "../../report/records/audit.ts";
import { auditTable } from "../../report/table.ts";
import { chainSeeds } from "../../scan/chain_seeds.ts";
import type { Target } from "../../scan/target.ts";
import type { Chain } from "../../wire/chains.ts";
import { UsageError } from "../errors.ts";
import { EXIT_FAILURE, EXIT_SUCCESS } from "../exit.ts";
import type { Job, Setup, Task } from "../job.ts";
import { checkAuditNetworks } from "../networks.ts";
import type { CommandLine } from "../options.ts";
import { perform } from "../perform.ts";
import { countPrinter, csvPrinter, ndjsonPrinter, type ResultPrinter, type Sheet } from "../printer.ts";
import { collectTargets } from "../targets.ts";

/** The job of `--audit`. */
export const AUDIT_JOB: Job = {
  prepare,
  demo: {
    about: () =>
      "Demo: these DNS seeds and their peers are simulated, and no traffic leaves this machine. All seeds except " +
      "good.seeds.test have a fault on purpose, which their names tell.",
    args: ["--audit"],
    next: [
      ["demo", [], "individual handshakes"],
      ["handshake", ["--audit"], "the real seeds of Bitcoin Core"],
    ],
    prepare: prepareDemo,
  },
  kind: "audit",
  printers: { text: tablePrinter, ndjson: ndjsonPrinter, csv: csvPrinter(SEED_ROWS) },
  statusOf: (result) => result.type === "audit" && result.verdict === "fail" ? EXIT_FAILURE : EXIT_SUCCESS,
};

/** Audits the targets, or without any the chain's own seeds; resolves to the exit status. */
export function run(options: CommandLine, targets: readonly Target[]): Promise<number> {
  return perform(AUDIT_JOB, options, targets);
}

/** An audit needs all seeds before it can judge any. */
async function prepare(setup: Setup): Promise<Task> {
  const { options, targets, settings } = setup;
  checkAuditNetworks(options);
  const isNamed = targets.length + options.targets.length > 0;
  const collected = isNamed ? await collectTargets(setup) : null;
  const seeds = collected === null ? ownSeeds(settings.chain) : await Array.fromAsync(collected.targets, toSeed);
  // On regtest every node is on this machine or near it.
  const includeUnroutable = options["include-unroutable"] || settings.chain.name === "regtest";
  const start = starter(setup, seeds, { ...settings, includeUnroutable }, denoIo);
  return { start, failed: () => collected?.failed() ?? false, [Symbol.asyncDispose]: async () => {} };
}

async function prepareDemo(setup: Setup): Promise<Task> {
  // Loaded on demand: a real audit does not need it.
  const { startSeedZone } = await import("../../sim/seed_zone.ts");
  const zone = await startSeedZone(setup.settings.chain);
  return {
    start: starter(setup, zone.seeds, { ...setup.settings, ...zone.settings }, zone.io),
    // The table says it later; at the beginning it would look as if the demo did not work.
    complain: (message) => void setup.log.debug(message),
    [Symbol.asyncDispose]: () => zone[Symbol.asyncDispose](),
  };
}

function starter(
  { options, log }: Setup,
  seeds: readonly AuditedSeed[],
  settings: AuditSettings,
  io: Io,
): Task["start"] {
  const serviceBits = options["service-bits"];
  const asked = serviceBits === undefined ? seeds : seeds.map(({ name }) => ({ name, serviceBits }));
  const onNoRoute = (networks: ReadonlySet<Network>) => void log.warn(noRouteMessage(networks));
  return (listeners, signal) => new Audit(asked, { ...settings, ...listeners, onNoRoute }, io, signal);
}

function ownSeeds(chain: Chain): AuditedSeed[] {
  const seeds = chainSeeds(chain);
  if (seeds.length > 0) return seeds;
  throw new UsageError(`no target: Bitcoin Core ships no DNS seed for ${chain.name}, expected the name of one`);
}

/** A seed is a name; the port is the same for all its addresses. */
function toSeed({ text, network, port }: Target): AuditedSeed {
  if (network === null && port === null) return auditedSeed(text);
  const wanted = network === null ? "without a port, which --port sets for all peers" : "not an address";
  throw new UsageError(`cannot audit '${text}': expected the name of a DNS seed, ${wanted}`);
}

function noRouteMessage(networks: ReadonlySet<Network>): string {
  const families = [...networks].map((network) => network === "ipv6" ? "IPv6" : "IPv4").join(" and ");
  return `this machine has no route to ${families}: such addresses are counted, but not held against a seed`;
}

/** Prints no lines for peers: the table has their totals, and needs all seeds. */
function tablePrinter(sheet: Sheet): ResultPrinter {
  const printCounts = countPrinter(sheet);
  const seeds: AuditRecord[] = [];
  return (record) => {
    if (record.type === "audit") seeds.push(record);
    if (record.type === "summary" && !sheet.options.quiet) {
      sheet.write(auditTable(seeds, sheet.color).map((line) => `${line}\n`).join(""));
    }
    printCounts(record);
  };
}
