/**
 * The file of `--state`.
 *
 * @module
 */

import { systemClock } from "../net/io.ts";
import { StateError } from "../state/errors.ts";
import { State } from "../state/state.ts";
import type { Chain } from "../wire/chains.ts";
import { PermissionError, StartError } from "./errors.ts";

/**
 * Opens the file; unless told not to, creates it if there is none.
 *
 * @throws {PermissionError} without the permission.
 * @throws {StartError} when it cannot be used.
 */
export function openState(path: string, chain: Chain, isDemo: boolean, { create = true } = {}): State {
  // A simulated network has a file of its own.
  const named = isDemo ? { ...chain, name: `the demo of ${chain.name}`, magic: ~chain.magic >>> 0 } : chain;
  return usingState(path, () => {
    if (!create) requireContent(path);
    return new State(path, named, systemClock);
  });
}

/**
 * Does what reads the file.
 *
 * @throws as {@linkcode openState} does.
 */
export function usingState<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      const flags = `--allow-read=${path} --allow-write=${path}`;
      throw new PermissionError(`cannot use --state ${path}: run again with ${flags}`);
    }
    if (error instanceof StateError) {
      const remedy = error.code === "other_chain"
        ? "; use its --chain or --signet-challenge, with --demo if it is a demo's, or another file"
        : "";
      throw new StartError(`cannot use --state ${path}: ${error.message}${remedy}`);
    }
    throw error;
  }
}

/** What is said when the file cannot be written any more. */
export function stateFailure(path: string, { message }: StateError): string {
  return `cannot write --state ${path}: ${message}; the crawl goes on, but what it finds from now on is not kept`;
}

/** Without it SQLite would make a state file of what is none yet. */
function requireContent(path: string): void {
  let size;
  try {
    ({ size } = Deno.statSync(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new StateError("unwritable", "there is no such file");
    if (error instanceof Deno.errors.NotCapable || !(error instanceof Error)) throw error;
    throw new StateError("unwritable", error.message, { cause: error });
  }
  if (size === 0) throw new StateError("not_ours", "there is nothing in it: expected what --crawl --state has made");
}
