/**
 * Files with one entry per line.
 *
 * @module
 */

import { decodedLines, MAX_LINE_LENGTH } from "./decode.ts";
import { PermissionError, UsageError } from "./errors.ts";
import type { ValueName } from "./options.ts";

/** A line with an entry. */
export interface ListLine {
  /** Its number, from 1. */
  readonly number: number;
  /** The entry, without the spaces around it and the comment after it. */
  readonly text: string;
  /** Whether the line is too long to be read to its end. */
  readonly isCut: boolean;
}

/** How much of an invalid entry is shown, in UTF-16 units. */
const MAX_SHOWN = 300;

/** Why a line that is cut is not read. */
export const TOO_LONG = `longer than ${MAX_LINE_LENGTH} characters`;

/**
 * The lines with entries, as they come; `#` begins a comment.
 *
 * @throws {EncodingError} when it is not text in UTF-8 or UTF-16.
 */
export async function* listLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly ListLine[], void, void> {
  let number = 0;
  for await (const lines of decodedLines(chunks)) {
    yield lines.map((line) => {
      const text = line.replace(/#.*/, "").trim();
      return { number: ++number, text, isCut: line.length > MAX_LINE_LENGTH };
    }).filter(({ text, isCut }) => text !== "" || isCut);
  }
}

/** An entry for a message. */
export function shownEntry(text: string): string {
  return `'${text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text}'`;
}

/** The error for the file of an option that cannot be read. */
export function readError(option: ValueName, name: string, error: unknown): UsageError {
  const failure = `cannot read --${option} ${name}`;
  if (error instanceof Deno.errors.NotCapable) {
    return new PermissionError(`${failure}: run again with --allow-read=${name}`);
  }
  return new UsageError(`${failure}: ${error instanceof Error ? error.message : error}`);
}
