/**
 * SIGHUP, SIGINT and SIGTERM: the first one ends the work in an orderly way, the second one at once.
 *
 * @module
 */

/** The exit status after each signal: 128 and its number, as shells have it. */
const EXIT_STATUS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

type Listener = readonly [signal: Deno.Signal, listener: () => void];

/** Listens for the signals until it is disposed of. */
export class Interrupt implements Disposable {
  readonly #controller = new AbortController();
  readonly #listeners: readonly Listener[];
  #status: number | null = null;

  /** Starts to listen. */
  constructor() {
    const signals = Object.keys(EXIT_STATUS) as (keyof typeof EXIT_STATUS)[];
    this.#listeners = signals.map((signal): Listener => [signal, () => this.#receive(signal)]).filter(listen);
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

  #receive(signal: keyof typeof EXIT_STATUS): void {
    if (this.#status === null) {
      this.#status = EXIT_STATUS[signal];
      this.#controller.abort();
    } else if (signal !== "SIGHUP") {
      // Not that one: a terminal that closes sends it twice, by way of the shell, and systemd sends it after SIGTERM.
      Deno.exit(EXIT_STATUS[signal]);
    }
  }
}

/** Whether Deno lets one listen for the signal: on Windows older ones know SIGINT alone. */
function listen([signal, listener]: Listener): boolean {
  try {
    Deno.addSignalListener(signal, listener);
    return true;
  } catch {
    return false;
  }
}
