/**
 * The one place that writes to standard output and standard error.
 *
 * @module
 */

/** Standard output or standard error. */
type Stream = typeof Deno.stdout | typeof Deno.stderr;

/** Results could not be written. */
export class OutputError extends Error {
  /** Always `OutputError`. */
  override readonly name = "OutputError";
  /** `closed`: nobody reads any more, as after `| head -1`; `failed`: the disk is full, or the like. */
  readonly code: "closed" | "failed";

  /** Makes the error. */
  constructor(code: "closed" | "failed", message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Writes all of `text`.
 *
 * @throws {OutputError}
 */
export function writeText(stream: Stream, text: string): void {
  const bytes = new TextEncoder().encode(text);
  try {
    for (let written = 0; written < bytes.length;) written += stream.writeSync(bytes.subarray(written));
  } catch (cause) {
    const closed = cause instanceof Deno.errors.BrokenPipe;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OutputError(closed ? "closed" : "failed", `cannot write the results: ${reason}`, { cause });
  }
}

/** Writes diagnostics, for which there is no other place to complain. */
export function writeDiagnostic(text: string): void {
  try {
    writeText(Deno.stderr, text);
  } catch {
    // Standard error is closed or full: the results still count.
  }
}
