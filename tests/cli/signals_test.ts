import { assertEquals } from "@std/assert";
import { Interrupt } from "../../src/cli/signals.ts";
import { replaced } from "../support/replaced.ts";

/** A Deno that lets one listen for some signals only, and keeps the statuses with which it is told to exit. */
class FakeDeno implements Disposable {
  readonly exits: (number | undefined)[] = [];
  readonly #replaced: Disposable;
  readonly #listeners = new Map<Deno.Signal, () => void>();

  constructor(known: readonly Deno.Signal[] = ["SIGHUP", "SIGINT", "SIGTERM"]) {
    this.#replaced = replaced(Deno, {
      addSignalListener: (signal, listener) => {
        if (!known.includes(signal)) throw new TypeError(`unknown signal ${signal}`);
        this.#listeners.set(signal, listener);
      },
      removeSignalListener: (signal) => {
        if (!this.#listeners.delete(signal)) throw new TypeError(`not listening for ${signal}`);
      },
      exit: (status) => this.exits.push(status) as never,
    });
  }

  get listening(): Deno.Signal[] {
    return [...this.#listeners.keys()].toSorted();
  }

  send(signal: Deno.Signal): void {
    this.#listeners.get(signal)?.();
  }

  [Symbol.dispose](): void {
    this.#replaced[Symbol.dispose]();
  }
}

for (const [signal, status] of [["SIGHUP", 129], ["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test(`Interrupt aborts at ${signal}, with the status ${status}`, () => {
    using deno = new FakeDeno();
    using interrupt = new Interrupt();
    assertEquals([interrupt.signal.aborted, interrupt.status], [false, null]);
    deno.send(signal);
    assertEquals([interrupt.signal.aborted, interrupt.status, deno.exits], [true, status, []]);
  });
}

Deno.test("Interrupt exits at the second signal, with the status of that one", () => {
  using deno = new FakeDeno();
  using interrupt = new Interrupt();
  deno.send("SIGTERM");
  deno.send("SIGINT");
  assertEquals([interrupt.status, deno.exits], [143, [130]]);
});

Deno.test("Interrupt does not take a hangup for the second signal: terminals send it twice", () => {
  for (const first of ["SIGHUP", "SIGTERM"] as const) {
    using deno = new FakeDeno();
    using _interrupt = new Interrupt();
    deno.send(first);
    deno.send("SIGHUP");
    assertEquals(deno.exits, []);
    deno.send("SIGINT");
    assertEquals(deno.exits, [130]);
  }
});

Deno.test("Interrupt listens for what Deno knows on this system, until it is disposed of", () => {
  using deno = new FakeDeno(["SIGINT"]);
  const interrupt = new Interrupt();
  assertEquals(deno.listening, ["SIGINT"]);
  interrupt[Symbol.dispose]();
  assertEquals(deno.listening, []);
});

Deno.test("Interrupt has the status that it is given for each signal", () => {
  for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"] as const) {
    using deno = new FakeDeno();
    using interrupt = new Interrupt(3);
    deno.send(signal);
    deno.send("SIGINT");
    assertEquals([interrupt.status, deno.exits], [3, [3]]);
  }
});
