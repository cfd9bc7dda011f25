/**
 * A network in the place of Deno's, for what takes no other: names have the given addresses, and nobody can be dialled.
 *
 * @module
 */

import { replaced } from "./replaced.ts";

/** What was asked and dialled since; names and connections are Deno's own again once this is disposed of. */
export class ReplacedNetwork implements Disposable {
  /** The names that were asked for, each once. */
  readonly names = new Set<string>();
  /** The addresses that were dialled, in that order. */
  readonly dialled: string[] = [];
  readonly #replaced: Disposable;

  /** Each name has these `addresses`; a dial ends with `failure`, or not at all if that is `null`. */
  constructor(addresses: readonly string[], failure: Error | null) {
    this.#replaced = replaced<{ resolveDns: unknown; connect: unknown }>(Deno, {
      resolveDns: (name: string, type: string) => {
        this.names.add(name.replace(/\.$/, ""));
        return Promise.resolve(addresses.filter((address) => address.includes(":") === (type === "AAAA")));
      },
      connect: ({ hostname, signal }: { readonly hostname: string; readonly signal: AbortSignal }) => {
        this.dialled.push(hostname);
        if (failure !== null) return Promise.reject(failure);
        return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      },
    });
  }

  /** Ends it. */
  [Symbol.dispose](): void {
    this.#replaced[Symbol.dispose]();
  }
}
