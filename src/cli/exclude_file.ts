/**
 * The files of `--exclude`.
 *
 * @module
 */

import { Exclusions } from "../crawl/exclusions.ts";
import { TargetError } from "../scan/target.ts";
import { UsageError } from "./errors.ts";
import { listLines, readError, shownEntry, TOO_LONG } from "./list_file.ts";

/**
 * Reads what is never dialled. Unlike in a target file, an invalid line is an error: whoever is on the list asked to be
 * left alone.
 *
 * @throws {UsageError} when a file cannot be read, or has an invalid line.
 */
export async function readExclusions(names: readonly string[]): Promise<Exclusions> {
  const exclusions = new Exclusions();
  for (const name of new Set(names)) {
    try {
      for await (const lines of listLines((await Deno.open(name)).readable)) {
        for (const { number, text, isCut } of lines) addLine(exclusions, `${name}:${number}`, text, isCut);
      }
    } catch (error) {
      throw error instanceof UsageError ? error : readError("exclude", name, error);
    }
  }
  return exclusions;
}

function addLine(exclusions: Exclusions, where: string, text: string, isCut: boolean): void {
  try {
    if (isCut) throw new TargetError(text, TOO_LONG);
    exclusions.add(text);
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    throw new UsageError(`invalid line in --exclude ${where}: ${shownEntry(text)}: ${error.reason}`);
  }
}
