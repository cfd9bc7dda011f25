/**
 * The targets of the command line and of the target files.
 *
 * @module
 */

import type { Network } from "../address/network.ts";
import { familiesOf } from "../net/families.ts";
import { reachableNetworks, type RouteSettings } from "../net/reach.ts";
import { Channel } from "../scan/channel.ts";
import type { ScanSettings } from "../scan/scan.ts";
import type { Target } from "../scan/target.ts";
import { UsageError } from "./errors.ts";
import type { Setup } from "./job.ts";
import type { CommandLine } from "./options.ts";
import { openTargetFile, type TargetBatches } from "./target_file.ts";

/** How many targets are read ahead. */
const MAX_AHEAD = 1024;

/** The sources of targets. */
export interface TargetSources extends Pick<Setup, "targets" | "log" | "signal"> {
  /** The target files. */
  readonly options: Pick<CommandLine, "targets">;
  /** The enabled networks, and how they are reached. */
  readonly settings: Pick<ScanSettings, "networks"> & RouteSettings;
}

/** Targets collected from all sources. */
export interface CollectedTargets {
  /** The targets as they come, those given as arguments first. */
  readonly targets: AsyncIterable<Target>;
  /** Whether a file could not be read to its end, which has been logged. */
  readonly failed: () => boolean;
}

/**
 * The targets of the arguments and the files. Resolves once there is one: a pipe may deliver more until it ends or
 * `signal` aborts.
 *
 * @throws {UsageError} when there is no target, or a file cannot be read.
 */
export async function collectTargets(
  { targets: given, options: { targets: files }, settings, log, signal }: TargetSources,
): Promise<CollectedTargets> {
  const warn = (message: string) => void log.warn(message);
  const reachable = reachableNetworks(settings);
  const opened = await Promise.all([...new Set(files)].map((name) => openTargetFile(name, reachable, warn)));
  const targets = new Channel<Target>(MAX_AHEAD);
  const begun = Promise.withResolvers<boolean>();
  const failures: Error[] = [];
  const read = async (source: TargetBatches) => {
    for await (const batch of source) {
      for (const target of batch) {
        begun.resolve(true);
        warnOfOtherNetwork(target, settings.networks, warn);
        const full = targets.put(target);
        if (full !== undefined) await full;
      }
    }
  };
  const onFailure = (failure: Error) => {
    failures.push(failure);
    // Without any target it becomes a usage error.
    begun.promise.then((begun) => void (begun && log.error(failure.message)));
  };
  const end = () => {
    targets.close();
    begun.resolve(false);
  };
  signal.addEventListener("abort", end);
  if (signal.aborted) end();
  read([given]).then(() => Promise.all(opened.map((file) => read(file).catch(onFailure)))).then(end);
  if (!await begun.promise && !signal.aborted) throw failures[0] ?? noTarget(files);
  return { targets, failed: () => failures.length > 0 };
}

/**
 * Warns about a target that will not be dialled because its network, or for a name both IPv4 and IPv6, is not enabled.
 */
function warnOfOtherNetwork(
  { text, network }: Target,
  networks: readonly Network[],
  warn: (message: string) => void,
): void {
  const isEnabled = network === null ? familiesOf(networks).length > 0 : networks.includes(network);
  if (!isEnabled) warn(`skipped ${text}: only ${networks.join(" and ")} is enabled`);
}

function noTarget(files: readonly string[]): UsageError {
  return new UsageError(`no target: none in --targets ${files.join(", ")}, and none on the command line`);
}
