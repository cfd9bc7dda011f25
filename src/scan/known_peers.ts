/**
 * The set of known peers.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";
import { AddressTable } from "../address/address_table.ts";
import { normalName } from "../net/special_names.ts";

/** A set of addresses, possibly many, and of names that a proxy resolves, which are few. */
export class KnownPeers {
  readonly #addresses: AddressTable;
  readonly #names = new Set<string>();

  /** Starts empty; `seed` should be a number that peers cannot guess. */
  constructor(seed: number) {
    this.#addresses = new AddressTable(seed);
  }

  /** How many peers are known. */
  get size(): number {
    return this.#addresses.size + this.#names.size;
  }

  /** Adds a peer; returns whether it was new. */
  addIfNew(address: PeerAddress): boolean {
    if (address.network !== null) return this.#addresses.addIfNew(address);
    const { host, port } = address;
    const before = this.#names.size;
    this.#names.add(`${normalName(host)}:${port}`);
    return this.#names.size > before;
  }
}
