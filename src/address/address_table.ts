/**
 * A compact table of addresses: a crawl knows a million.
 *
 * @module
 */

import type { Address } from "./address.ts";
import { keySize, MAX_KEY_SIZE, readKey, writeKey } from "./key.ts";

/** Minimum number of slots per address: in a fuller table most searches take more than one step. */
const SLOTS_PER_ADDRESS = 1.5;

/**
 * Distinct addresses, numbered from 0 in the order they were added. Their keys are stored back to back in one array,
 * and found with an open-addressing hash table.
 */
export class AddressTable {
  readonly #seed: number;
  readonly #scratch = new Uint8Array(MAX_KEY_SIZE);
  #keys = new Uint8Array(4096);
  /** Where the key of each address begins; at `size`, where the next one will. */
  #offsets = new Uint32Array(128);
  /** Each holds the number of an address plus one, or 0. */
  #slots = new Uint32Array(256);
  #size = 0;

  /**
   * Starts empty. If the addresses are untrusted, `seed` should be a secret random 32-bit number: otherwise they can be
   * chosen to make every search slow.
   */
  constructor(seed = 0) {
    this.#seed = seed;
  }

  /** How many addresses there are. */
  get size(): number {
    return this.#size;
  }

  /**
   * The number of an address, which is added if it is new: its number is then the previous size.
   *
   * @throws {AddressError} when the host is not an address of its network.
   */
  add(address: Address): number {
    writeKey(address, this.#scratch, 0);
    return this.addKey(this.#scratch, 0);
  }

  /** Adds an address; returns whether it was new. */
  addIfNew(address: Address): boolean {
    const size = this.#size;
    return this.add(address) === size;
  }

  /** As {@linkcode add}, for the address whose key is in `source` at `offset`. */
  addKey(source: Uint8Array, offset: number): number {
    const slot = this.#find(source, offset);
    const found = this.#slots[slot] ?? 0;
    if (found !== 0) return found - 1;
    const size = keySize(source, offset);
    const end = this.#offset(this.#size);
    this.#makeRoom(end + size);
    for (let i = 0; i < size; i++) this.#keys[end + i] = source[offset + i] ?? 0;
    this.#slots[slot] = ++this.#size;
    this.#offsets[this.#size] = end + size;
    if (this.#size * SLOTS_PER_ADDRESS > this.#slots.length) this.#doubleSlots();
    return this.#size - 1;
  }

  /**
   * The address with the number `index`.
   *
   * @throws {RangeError} when there is none.
   */
  at(index: number): Address {
    if (!(index >= 0 && index < this.#size)) {
      throw new RangeError(`Cannot read address ${index}: expected a number below ${this.#size}`);
    }
    return readKey(this.#keys, this.#offset(index));
  }

  #offset(index: number): number {
    return this.#offsets[index] ?? 0;
  }

  /** The slot of a key: the one with its number, or the empty one where it belongs. */
  #find(source: Uint8Array, offset: number): number {
    const keys = this.#keys;
    const size = keySize(source, offset);
    const mask = this.#slots.length - 1;
    for (let slot = hash(source, offset, size, this.#seed) & mask;; slot = (slot + 1) & mask) {
      const found = this.#slots[slot] ?? 0;
      if (found === 0) return slot;
      const other = this.#offset(found - 1);
      let i = 0;
      while (i < size && keys[other + i] === source[offset + i]) i++;
      if (i === size) return slot;
    }
  }

  /** Makes room for keys up to `end`, and for one more address. */
  #makeRoom(end: number): void {
    if (end > this.#keys.length) {
      const keys = new Uint8Array(this.#keys.length * 2);
      keys.set(this.#keys);
      this.#keys = keys;
    }
    if (this.#size + 2 > this.#offsets.length) {
      const offsets = new Uint32Array(this.#offsets.length * 2);
      offsets.set(this.#offsets);
      this.#offsets = offsets;
    }
  }

  #doubleSlots(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let index = 0; index < this.#size; index++) {
      this.#slots[this.#find(this.#keys, this.#offset(index))] = index + 1;
    }
  }
}

/** FNV-1a over the bytes, then mixed so that its low bits depend on all of them (the end of MurmurHash3). */
function hash(bytes: Uint8Array, offset: number, length: number, seed: number): number {
  let value = 0x811c9dc5 ^ seed;
  for (let i = offset; i < offset + length; i++) value = Math.imul(value ^ (bytes[i] ?? 0), 0x01000193);
  value = Math.imul(value ^ value >>> 16, 0x85ebca6b);
  value = Math.imul(value ^ value >>> 13, 0xc2b2ae35);
  return value ^ value >>> 16;
}
