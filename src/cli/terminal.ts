/**
 * Properties of the terminal.
 *
 * @module
 */

const DEFAULT_COLUMNS = 80;

/** Standard output or standard error. */
type Stream = Pick<typeof Deno.stderr, "isTerminal">;

/** Whether a stream is a terminal that supports escape sequences, which one with `TERM=dumb` does not. */
export async function heedsEscapes(stream: Stream): Promise<boolean> {
  return stream.isTerminal() && !await isDumb();
}

/** Whether a stream supports colours, and they are not turned off. */
export async function showsColors(stream: Stream): Promise<boolean> {
  return !Deno.noColor && await heedsEscapes(stream);
}

/** The width of the stream's terminal in columns; 80 if it is unknown. */
export function columnsOf(stream: Stream): number {
  if (!stream.isTerminal()) return DEFAULT_COLUMNS;
  try {
    // Some terminals do not know their size and report 0.
    return Deno.consoleSize().columns || DEFAULT_COLUMNS;
  } catch {
    return DEFAULT_COLUMNS;
  }
}

/**
 * Whether `TERM` is `dumb`. Reading it takes a permission, but Node's console respects it without one: on such a
 * terminal it clears nothing.
 */
async function isDumb(): Promise<boolean> {
  // Loaded on demand: not needed without a terminal.
  const { Console } = await import("node:console");
  let cleared = false;
  const terminal = { isTTY: true, write: () => cleared = true };
  new Console(terminal as unknown as NodeJS.WritableStream).clear();
  return !cleared;
}
