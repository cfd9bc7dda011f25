/**
 * The files of `--targets`: one target per line, read as they come.
 *
 * @module
 */

import type { Network } from "../address/network.ts";
import { parseTarget, type Target, TargetError } from "../scan/target.ts";
import { listLines, readError, shownEntry, TOO_LONG } from "./list_file.ts";
import { OPTION_NAMES } from "./option_names.ts";

/** How a line of JSON begins; an IPv6 address in brackets begins otherwise. */
const JSON_START = /^([{"]|\[\s*([[{"]|$))/;

/** What to do with lists of nodes from elsewhere, and with records of ours. */
const GOT_JSON =
  "expected a target, got JSON: jq takes the addresses out, from our own records with jq -r '.addr // empty'";

/** Targets as they come, in batches. */
export type TargetBatches = AsyncIterable<readonly Target[]> | Iterable<readonly Target[]>;

/**
 * Opens a target file; `-` is standard input. Reads the beginning, unless it may have to wait for the writer of a pipe.
 *
 * @throws {UsageError} when it cannot be read; the iteration throws it if that shows later.
 */
export async function openTargetFile(
  name: string,
  networks: readonly Network[],
  warn: (message: string) => void,
): Promise<TargetBatches> {
  const batches = readable(name, fileTargets(name, chunksOf(name), networks, warn));
  if (isStdin(name) || await isPipe(name)) return batches;
  // The first piece, and the second one, which is the end of a short file.
  return prepended([await batches.next(), await batches.next()], batches);
}

/**
 * The targets of a file, one per line; `#` begins a comment. An invalid line is passed to `warn` and skipped.
 *
 * @throws {EncodingError} when it is not text in UTF-8 or UTF-16.
 */
export async function* fileTargets(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  networks: readonly Network[],
  warn: (message: string) => void,
): AsyncGenerator<readonly Target[], void, void> {
  for await (const lines of listLines(chunks)) {
    const targets: Target[] = [];
    for (const { number, text, isCut } of lines) {
      try {
        if (isCut) throw new TargetError(text, TOO_LONG);
        targets.push(parseTarget(text, { networks, optionNames: OPTION_NAMES }));
      } catch (error) {
        if (!(error instanceof TargetError)) throw error;
        const reason = JSON_START.test(text) ? GOT_JSON : error.reason;
        warn(`${name}:${number}: skipped ${shownEntry(text)}: ${reason}`);
      }
    }
    yield targets;
  }
}

async function* chunksOf(name: string): AsyncGenerator<Uint8Array, void, void> {
  yield* isStdin(name) ? Deno.stdin.readable : (await Deno.open(name)).readable;
}

async function* readable<T>(name: string, values: AsyncIterable<T>): AsyncGenerator<T, void, void> {
  try {
    yield* values;
  } catch (error) {
    throw readError("targets", name, error);
  }
}

/** Whether the name means standard input, which Deno lets any program read, but not by its path. */
function isStdin(name: string): boolean {
  return name === "-" || name === "/dev/stdin" || name === "/dev/fd/0";
}

/** Whether reading may have to wait for a writer: the file is a pipe, a terminal, or similar. */
async function isPipe(name: string): Promise<boolean> {
  try {
    const { isFile, isDirectory } = await Deno.stat(name);
    return !isFile && !isDirectory;
  } catch (error) {
    throw readError("targets", name, error);
  }
}

async function* prepended<T>(
  taken: readonly IteratorResult<T, void>[],
  rest: AsyncIterable<T>,
): AsyncGenerator<T, void, void> {
  for (const result of taken) {
    if (!result.done) yield result.value;
  }
  yield* rest;
}
