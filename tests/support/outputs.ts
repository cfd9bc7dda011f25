/**
 * What the program writes when a test runs it without a process of its own.
 *
 * @module
 */

import { replaced } from "./replaced.ts";
import { turns } from "./scripted_io.ts";

/** What has been written to standard output and standard error since, which get none of it until this is disposed of. */
export class Outputs implements Disposable {
  /** Standard output, as text. */
  stdout = "";
  /** Standard error, as text. */
  stderr = "";
  readonly #replaced = new DisposableStack();

  /** Begins to keep it; `failure` is what writing to standard output fails with. */
  constructor(failure: Error | null = null) {
    const write = async (bytes: Uint8Array) => {
      if (failure !== null) throw failure;
      // A reader may take its time.
      await turns();
      this.stdout += new TextDecoder().decode(bytes);
      return bytes.length;
    };
    const writeSync = (bytes: Uint8Array) => {
      this.stderr += new TextDecoder().decode(bytes);
      return bytes.length;
    };
    this.#replaced.use(replaced(Deno.stdout, { write }));
    this.#replaced.use(replaced(Deno.stderr, { writeSync }));
  }

  /** Ends it. */
  [Symbol.dispose](): void {
    this.#replaced.dispose();
  }
}
