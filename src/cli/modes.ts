/**
 * Which mode takes which option.
 *
 * @module
 */

import { SIGNET } from "../wire/chains.ts";
import { UsageError } from "./errors.ts";
import type { FlagOption } from "./option.ts";
import { type CommandLine, OPTION_LIST } from "./options.ts";

/**
 * Looks at what is given together.
 *
 * @throws {UsageError} when an option is of another mode, or of another chain.
 */
export function checkModes(options: CommandLine): void {
  if (options.demo && options.seeds.length > 0) throw new UsageError("--demo takes no target");
  if (options["signet-challenge"] !== undefined && options.chain.name !== SIGNET.name) {
    throw new UsageError(`--signet-challenge is for --chain ${SIGNET.name}, got --chain ${options.chain.name}`);
  }
  for (const [name, { needs, excludes }] of OPTION_LIST) {
    if (!isGiven(options[name as keyof CommandLine])) continue;
    if (needs !== undefined && !options[needs]) throw new UsageError(`--${name} needs --${needs}`);
    const excluding = excludes?.find((mode) => options[mode]);
    if (excluding !== undefined) throw new UsageError(`--${excluding} takes no --${name}`);
  }
}

/** What of that the help says of an option. */
export function modeNote({ needs, excludes }: FlagOption): string | null {
  if (needs !== undefined) return `needs --${needs}`;
  return excludes === undefined ? null : `not with ${excludes.map((mode) => `--${mode}`).join(" or ")}`;
}

/** Whether an option without a default was on the command line. */
function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}
