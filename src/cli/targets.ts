/**
 * The targets of the command line and of the target file.
 *
 * @module
 */

import type { Network } from "../address/network.ts";
import { parseTarget, type Target, TargetError } from "../scan/target.ts";
import { UsageError } from "./errors.ts";

/**
 * The targets of the arguments.
 *
 * @throws {UsageError} when one is none: a slip of the fingers should be seen before anything is sent.
 */
export function argumentTargets(seeds: readonly string[]): Target[] {
  return seeds.map((seed) => {
    try {
      return parseTarget(seed);
    } catch (error) {
      if (error instanceof TargetError) throw new UsageError(error.message);
      throw error;
    }
  });
}

/**
 * The targets of a file, one a line; what follows a `#` is a comment, and white space around it counts for nothing (a
 * byte order mark is white space here). A line that is no target goes to `warn`, and the others count.
 */
export function fileTargets(name: string, text: string, warn: (message: string) => void): Target[] {
  const targets: Target[] = [];
  for (const [i, line] of text.split(/\r\n|\n|\r/).entries()) {
    const written = line.replace(/#.*/, "").trim();
    try {
      if (written !== "") targets.push(parseTarget(written));
    } catch (error) {
      if (!(error instanceof TargetError)) throw error;
      warn(`${name}:${i + 1}: skipped '${written}': ${error.reason}`);
    }
  }
  return targets;
}

/**
 * The text of a target file; `-` is standard input.
 *
 * @throws {UsageError} when it cannot be read.
 */
export async function readTargetFile(name: string): Promise<string> {
  try {
    return name === "-" ? await new Response(Deno.stdin.readable).text() : await Deno.readTextFile(name);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      throw new UsageError(`cannot read --targets ${name}: run again with --allow-read=${name}`);
    }
    throw new UsageError(`cannot read --targets ${name}: ${error instanceof Error ? error.message : error}`);
  }
}

/** Warns of each literal address of a family that is not wanted: it will not be dialled. */
export function warnOfOtherNetworks(
  targets: readonly Target[],
  networks: readonly Network[],
  warn: (message: string) => void,
): void {
  for (const { text, network } of targets) {
    if (network !== null && !networks.includes(network)) {
      warn(`left out ${text}: only ${networks.join(" and ")} was asked for`);
    }
  }
}
