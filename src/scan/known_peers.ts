/**
 * Which peers are known already.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";
import { AddressTable } from "../address/address_table.ts";

/** Addresses, of which there may be many, and names that a proxy resolves, of which there are few. */
export class KnownPeers {
  readonly #addresses: AddressTable;
  readonly #names = new Set<string>();

  /** Knows nobody yet; `seed` is any number, which no peer can guess. */
  constructor(seed: number) {
    this.#addresses = new AddressTable(seed);
  }

  /** How many peers are known. */
  get size(): number {
    return this.#addresses.size + this.#names.size;
  }

  /** Adds a peer; says whether it was not known. */
  addIfNew(address: PeerAddress): boolean {
    if (address.network !== null) return this.#addresses.addIfNew(address);
    const { host, port } = address;
    const before = this.#names.size;
    // Names are the same in whatever case (RFC 4343), and with their last dot.
    this.#names.add(`${host.toLowerCase().replace(/\.$/, "")}:${port}`);
    return this.#names.size > before;
  }
}
