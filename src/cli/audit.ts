/**
 * `--audit`: which seeds to audit, and how.
 *
 * @module
 */

import { Audit, type AuditListeners, type AuditSettings } from "../audit/audit.ts";
import { type AuditedSeed, auditedSeed, chainSeeds } from "../audit/seeds.ts";
import { denoIo, type Io } from "../net/io.ts";
import type { ScanSettings } from "../scan/scan.ts";
import type { Target } from "../scan/target.ts";
import { startSeedZone } from "../sim/seed_zone.ts";
import { UsageError } from "./errors.ts";
import type { CommandLine } from "./options.ts";

/** An audit that is ready to start, and what has to stop when it is over. */
export interface AuditJob extends AsyncDisposable {
  /** Starts it. */
  readonly start: (listeners: AuditListeners, signal: AbortSignal) => Audit;
}

/**
 * The audit that the options ask for: of the targets, or, when none were asked for, of the chain's own seeds.
 *
 * @throws {UsageError} when a target is no seed, or the chain has none.
 */
export function auditJob(options: CommandLine, settings: ScanSettings, targets: readonly Target[] | null): AuditJob {
  const seeds = targets === null ? ownSeeds(settings) : targets.map(toSeed);
  // On regtest every node is on this machine, or near it.
  const includeUnroutable = options["include-unroutable"] || settings.chain.name === "regtest";
  return jobOf(options, seeds, { ...settings, includeUnroutable }, denoIo);
}

/** The audit of the simulated seeds. */
export async function demoAuditJob(options: CommandLine, settings: ScanSettings): Promise<AuditJob> {
  const zone = await startSeedZone(settings.chain);
  return jobOf(options, zone.seeds, { ...settings, ...zone.settings }, zone.io, zone);
}

function jobOf(
  options: CommandLine,
  seeds: readonly AuditedSeed[],
  settings: AuditSettings,
  io: Io,
  resource?: AsyncDisposable,
): AuditJob {
  const serviceBits = options["service-bits"];
  const asked = serviceBits === undefined ? seeds : seeds.map(({ name }) => ({ name, serviceBits }));
  return {
    start: (listeners, signal) => new Audit(asked, { ...settings, ...listeners }, io, signal),
    [Symbol.asyncDispose]: async () => await resource?.[Symbol.asyncDispose](),
  };
}

function ownSeeds({ chain }: ScanSettings): AuditedSeed[] {
  const seeds = chainSeeds(chain);
  if (seeds.length > 0) return seeds;
  throw new UsageError(`no target: Bitcoin Core ships no DNS seed for ${chain.name}, expected the name of one`);
}

/** A seed is asked for addresses; the port is the same for all of them. */
function toSeed({ text, network, port }: Target): AuditedSeed {
  if (network === null && port === null) return auditedSeed(text);
  const wanted = network === null ? "without a port, which --port sets for all peers" : "not an address";
  throw new UsageError(`cannot audit '${text}': expected the name of a DNS seed, ${wanted}`);
}
