/**
 * What the program writes when a test runs it without a process of its own.
 *
 * @module
 */

/** What has been written to standard output and standard error since, which get none of it until this is disposed of. */
export class Outputs implements Disposable {
  /** Standard output, as text. */
  stdout = "";
  /** Standard error, as text. */
  stderr = "";
  readonly #write = Deno.stdout.write;
  readonly #writeSync = Deno.stderr.writeSync;

  /** Begins to keep it; `failure` is what writing to standard output fails with. */
  constructor(failure: Error | null = null) {
    Deno.stdout.write = async (bytes) => {
      if (failure !== null) throw failure;
      // A reader may take its time.
      await new Promise((resolve) => setTimeout(resolve, 0));
      this.stdout += new TextDecoder().decode(bytes);
      return bytes.length;
    };
    Deno.stderr.writeSync = (bytes) => {
      this.stderr += new TextDecoder().decode(bytes);
      return bytes.length;
    };
  }

  /** Ends it. */
  [Symbol.dispose](): void {
    Deno.stdout.write = this.#write;
    Deno.stderr.writeSync = this.#writeSync;
  }
}
