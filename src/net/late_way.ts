/**
 * A way whose code is loaded when the first peer needs it, so that runs without a proxy do not wait for it.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";
import { type Open, PROXY_LIMIT, type Way } from "./route.ts";

/** A proxy or bridge that is loaded on demand. */
export class LateWay implements Way, Disposable {
  readonly isProxy = true;
  readonly limit: number = PROXY_LIMIT;
  readonly #load: () => Promise<Way & Partial<Disposable>>;
  #way: (Way & Partial<Disposable>) | null = null;
  #loading: Promise<void> | null = null;
  #isDisposed = false;

  /** Loads nothing yet. */
  constructor(load: () => Promise<Way & Partial<Disposable>>) {
    this.#load = load;
  }

  get isLost(): boolean {
    return this.#way?.isLost ?? false;
  }

  ready(): Promise<void> | null {
    if (this.#way !== null) return this.#way.ready();
    return this.#isDisposed ? null : this.#loading ??= this.#begin();
  }

  lead(address: PeerAddress): Open {
    let open: Open | null = null;
    return async (deadline) => {
      if (this.#way === null) await this.ready();
      deadline.signal.throwIfAborted();
      open ??= this.#way?.lead(address) ?? null;
      if (open === null) throw new TypeError("Cannot connect: the way has been disposed of");
      return await open(deadline);
    };
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#way?.[Symbol.dispose]?.();
  }

  async #begin(): Promise<void> {
    const way = this.#way = await this.#load();
    if (this.#isDisposed) way[Symbol.dispose]?.();
    else await way.ready();
  }
}
