/**
 * SIGINT and SIGTERM: the first one ends the work in an orderly way, the second one at once.
 *
 * @module
 */

/** The exit status after each signal: 128 and its number, as shells have it. */
const EXIT_STATUS = { SIGINT: 130, SIGTERM: 143 } as const;

/** Listens for the signals until it is disposed of. */
export class Interrupt implements Disposable {
  readonly #controller = new AbortController();
  readonly #listeners: readonly [Deno.Signal, () => void][];
  #status: number | null = null;

  /** Starts to listen. */
  constructor() {
    // Windows has no SIGTERM to listen for.
    const signals = Deno.build.os === "windows" ? ["SIGINT"] as const : ["SIGINT", "SIGTERM"] as const;
    this.#listeners = signals.map((signal) => [signal, () => this.#receive(EXIT_STATUS[signal])]);
    for (const [signal, listener] of this.#listeners) Deno.addSignalListener(signal, listener);
  }

  /** Aborts at the first signal. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The exit status that the first signal asks for; `null` when none came. */
  get status(): number | null {
    return this.#status;
  }

  /** Stops listening. */
  [Symbol.dispose](): void {
    for (const [signal, listener] of this.#listeners) Deno.removeSignalListener(signal, listener);
  }

  #receive(status: number): void {
    if (this.#status !== null) Deno.exit(status);
    this.#status = status;
    this.#controller.abort();
  }
}
