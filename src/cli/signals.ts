/**
 * SIGHUP, SIGINT and SIGTERM: the first ends the work in an orderly way, the second at once.
 *
 * @module
 */

/** The exit status after each signal: 128 plus its number, as in shells. */
const EXIT_STATUS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

type Listener = readonly [signal: Deno.Signal, listener: () => void];

/** Listens for the signals until disposed of. */
export class Interrupt implements Disposable {
  readonly #controller = new AbortController();
  readonly #listeners: readonly Listener[];
  readonly #exitStatus: Readonly<Record<keyof typeof EXIT_STATUS, number>>;
  #status: number | null = null;

  /** Starts to listen. With `status`, that is the exit status for each signal. */
  constructor(status?: number) {
    this.#exitStatus = status === undefined ? EXIT_STATUS : { SIGHUP: status, SIGINT: status, SIGTERM: status };
    const signals = Object.keys(EXIT_STATUS) as (keyof typeof EXIT_STATUS)[];
    this.#listeners = signals.map((signal): Listener => [signal, () => this.#receive(signal)]).filter(listen);
  }

  /** Aborts at the first signal. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The exit status for the first signal; `null` if none came. */
  get status(): number | null {
    return this.#status;
  }

  /** Stops listening. */
  [Symbol.dispose](): void {
    for (const [signal, listener] of this.#listeners) Deno.removeSignalListener(signal, listener);
  }

  #receive(signal: keyof typeof EXIT_STATUS): void {
    if (this.#status === null) {
      this.#status = this.#exitStatus[signal];
      this.#controller.abort();
    } else if (signal !== "SIGHUP") {
      // Except SIGHUP: a closing terminal sends it twice, once through the shell, and systemd sends it after SIGTERM.
      Deno.exit(this.#exitStatus[signal]);
    }
  }
}

/** Starts to listen, if Deno supports the signal: on Windows older versions know only SIGINT. */
function listen([signal, listener]: Listener): boolean {
  try {
    Deno.addSignalListener(signal, listener);
    return true;
  } catch {
    return false;
  }
}
