/**
 * The one place that writes to standard output and standard error.
 *
 * @module
 */

/** Results that could not be written. */
export class OutputError extends Error {
  /** Always `OutputError`. */
  override readonly name = "OutputError";
  /** `closed`: the reader is gone, as after `| head -1`; `failed`: the disk is full, or similar. */
  readonly code: "closed" | "failed";

  /** Makes the error from the cause of the failed write; `what` could not be written. */
  constructor(cause: unknown, what = "the results") {
    super(`cannot write ${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.code = cause instanceof Deno.errors.BrokenPipe ? "closed" : "failed";
  }
}

/** How much text may be queued before the caller should wait, in UTF-16 units. */
const MAX_WAITING = 64 * 1024;

/** How long text is gathered after a write, in milliseconds: each write costs as much as a third of a handshake. */
const GATHERING = 5;

/** Resolves after that time, but does not keep the program running for it. */
function gatheringTime(): Promise<unknown> {
  return new Promise((resolve) => AbortSignal.timeout(GATHERING).addEventListener("abort", resolve));
}

/**
 * Writes results to standard output in the background, in order: a reader that stops reading holds up only the results,
 * so that a signal still ends the program. Text added during a write, or shortly after it, goes out with the next one.
 */
export class ResultWriter {
  readonly #onError: () => void;
  readonly #gather: () => Promise<unknown>;
  #waiting = "";
  #working: Promise<void> | null = null;
  #writing = false;
  /** Resolves when somebody waits until everything is written. */
  #awaited = Promise.withResolvers<void>();
  #error: OutputError | null = null;

  /** Calls `onError` once when writing fails; `gather` resolves when the next write may follow the last. */
  constructor(onError: () => void = () => {}, gather: () => Promise<unknown> = gatheringTime) {
    this.#onError = onError;
    this.#gather = gather;
  }

  /** Whether a write is under way. */
  get writing(): boolean {
    return this.#writing;
  }

  /** Adds text, in whole lines. */
  add(text: string): void {
    if (this.#error !== null || text === "") return;
    this.#waiting += text;
    this.#working ??= this.#work();
  }

  /** Whether so much text is queued that the caller should wait for {@linkcode ResultWriter.written}. */
  get full(): boolean {
    return this.#waiting.length > MAX_WAITING;
  }

  /** Resolves when all text is written, or with the error when it cannot be. */
  async written(): Promise<OutputError | null> {
    this.#awaited.resolve();
    await this.#working;
    this.#awaited = Promise.withResolvers();
    return this.#error;
  }

  async #work(): Promise<void> {
    try {
      while (this.#waiting !== "") {
        const bytes = new TextEncoder().encode(this.#waiting);
        this.#waiting = "";
        await this.#write(bytes);
        await Promise.race([this.#awaited.promise, this.#gather()]);
      }
    } catch (error) {
      this.#error = new OutputError(error);
      this.#waiting = "";
      this.#onError();
    }
    this.#working = null;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#writing = true;
    try {
      // Both may be the same terminal.
      clearStatus();
      for (let written = 0; written < bytes.length;) written += await Deno.stdout.write(bytes.subarray(written));
    } finally {
      this.#writing = false;
    }
  }
}

const CLEAR_LINE = "\r\x1b[K";

/** Whether the last line on standard error is the status line. */
let hasStatus = false;

/** Writes diagnostics to standard error, replacing the status line if there is one. */
export function writeDiagnostic(text: string): void {
  clearStatus();
  writeError(text);
}

/** Shows a line on standard error, which must be a terminal, until it is cleared or replaced. */
export function showStatus(line: string): void {
  writeError(`${CLEAR_LINE}${line}`);
  hasStatus = true;
}

/** Clears the status line, if there is one. */
export function clearStatus(): void {
  if (hasStatus) writeError(CLEAR_LINE);
  hasStatus = false;
}

/** If standard error is closed or full there is nowhere to complain, and the results still count. */
function writeError(text: string): void {
  const bytes = new TextEncoder().encode(text);
  try {
    for (let written = 0; written < bytes.length;) written += Deno.stderr.writeSync(bytes.subarray(written));
  } catch {
    // Nowhere to report it.
  }
}
