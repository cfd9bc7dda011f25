/**
 * What is known of the terminal.
 *
 * @module
 */

const DEFAULT_COLUMNS = 80;

/** The width of the terminal that a stream writes to, in columns; 80 where that is not known. */
export function columnsOf(stream: { isTerminal(): boolean }): number {
  if (!stream.isTerminal()) return DEFAULT_COLUMNS;
  try {
    // Some terminals do not know their size, and say 0.
    return Deno.consoleSize().columns || DEFAULT_COLUMNS;
  } catch {
    return DEFAULT_COLUMNS;
  }
}
