/**
 * What is known of the terminal.
 *
 * @module
 */

const DEFAULT_COLUMNS = 80;

/** Standard output or standard error. */
type Stream = Pick<typeof Deno.stderr, "isTerminal">;

/** Whether a stream goes to a terminal that heeds escape sequences: one whose `TERM` is `dumb` prints them. */
export async function heedsEscapes(stream: Stream): Promise<boolean> {
  return stream.isTerminal() && !await isDumb();
}

/** Whether a stream shows colours, and is meant to. */
export async function showsColors(stream: Stream): Promise<boolean> {
  return !Deno.noColor && await heedsEscapes(stream);
}

/** The width of the terminal that a stream writes to, in columns; 80 where that is not known. */
export function columnsOf(stream: Stream): number {
  if (!stream.isTerminal()) return DEFAULT_COLUMNS;
  try {
    // Some terminals do not know their size, and say 0.
    return Deno.consoleSize().columns || DEFAULT_COLUMNS;
  } catch {
    return DEFAULT_COLUMNS;
  }
}

/**
 * Whether `TERM` is `dumb`. To read it takes a permission, but Node's console heeds it without: on such a terminal it
 * clears nothing.
 */
async function isDumb(): Promise<boolean> {
  // Loaded on demand: without a terminal nobody needs it.
  const { Console } = await import("node:console");
  let cleared = false;
  const terminal = { isTTY: true, write: () => cleared = true };
  new Console(terminal as unknown as NodeJS.WritableStream).clear();
  return !cleared;
}
