/**
 * The one place that writes to standard output and standard error.
 *
 * @module
 */

/** Results could not be written. */
export class OutputError extends Error {
  /** Always `OutputError`. */
  override readonly name = "OutputError";
  /** `closed`: nobody reads any more, as after `| head -1`; `failed`: the disk is full, or the like. */
  readonly code: "closed" | "failed";

  /** Says why, from what the write failed with; `what` could not be written. */
  constructor(cause: unknown, what = "the results") {
    super(`cannot write ${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.code = cause instanceof Deno.errors.BrokenPipe ? "closed" : "failed";
  }
}

/** As much text waits to be written before whoever adds to it has to wait, in UTF-16 units. */
const MAX_WAITING = 64 * 1024;

/**
 * Writes results to standard output in the background, in order: a reader that has stopped reading holds up nothing but
 * the results, so that a signal still ends the program. What comes during a write goes out with the next one.
 */
export class ResultWriter {
  readonly #beforeWrite: () => void;
  readonly #onError: () => void;
  #waiting = "";
  #writing: Promise<void> | null = null;
  #error: OutputError | null = null;

  /** `beforeWrite` is called ahead of each write, `onError` once when writing has failed. */
  constructor(beforeWrite: () => void = () => {}, onError: () => void = () => {}) {
    this.#beforeWrite = beforeWrite;
    this.#onError = onError;
  }

  /** Whether a write is under way. */
  get writing(): boolean {
    return this.#writing !== null;
  }

  /** Adds text, in whole lines, or none. */
  add(text: string): void {
    if (this.#error !== null || text === "") return;
    this.#waiting += text;
    this.#writing ??= this.#write();
  }

  /** Whether so much text waits to be written that whoever adds to it should wait: see {@linkcode ResultWriter.flush}. */
  get full(): boolean {
    return this.#waiting.length > MAX_WAITING;
  }

  /**
   * Resolves when all text is written.
   *
   * @throws {OutputError} when writing has failed.
   */
  async flush(): Promise<void> {
    await this.#writing;
    if (this.#error !== null) throw this.#error;
  }

  async #write(): Promise<void> {
    try {
      while (this.#waiting !== "") {
        const bytes = new TextEncoder().encode(this.#waiting);
        this.#waiting = "";
        this.#beforeWrite();
        for (let written = 0; written < bytes.length;) written += await Deno.stdout.write(bytes.subarray(written));
      }
    } catch (error) {
      this.#error = new OutputError(error);
      this.#waiting = "";
      this.#onError();
    }
    this.#writing = null;
  }
}

/** Writes diagnostics to standard error, for which there is no other place to complain. */
export function writeDiagnostic(text: string): void {
  const bytes = new TextEncoder().encode(text);
  try {
    for (let written = 0; written < bytes.length;) written += Deno.stderr.writeSync(bytes.subarray(written));
  } catch {
    // Standard error is closed or full: the results still count.
  }
}
