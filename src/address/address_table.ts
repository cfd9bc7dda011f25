/**
 * A compact table of addresses: a crawl knows a million.
 *
 * @module
 */

import type { Address } from "./address.ts";
import { keySize, MAX_KEY_SIZE, readKey, writeKey } from "./key.ts";
import { KeyHash } from "./key_hash.ts";

/** Minimum number of slots per address: in a fuller table most searches take more than one step. */
const SLOTS_PER_ADDRESS = 1.5;

/** Size of a word, in bytes. */
const WORD = 4;

/** Size of the longest key, in words. */
export const MAX_KEY_WORDS = MAX_KEY_SIZE / WORD;

/** What an empty slot has where others have the number of an address plus one. */
const EMPTY = 0;

/** Keys to be looked up together, one every {@linkcode MAX_KEY_WORDS}. */
export class KeyBatch {
  /** The keys. */
  readonly words: Uint32Array;
  /** The same as bytes. */
  readonly bytes: Uint8Array;
  /** The numbers of their addresses, once they are known. */
  readonly numbers: Uint32Array;
  /** How many there are. */
  count = 0;

  /** Has room for `most` keys. */
  constructor(most: number) {
    this.words = new Uint32Array(most * MAX_KEY_WORDS);
    this.bytes = new Uint8Array(this.words.buffer);
    this.numbers = new Uint32Array(most);
  }

  /** Size of the key at the index `i`, in words. */
  size(i: number): number {
    return keySize(this.bytes, i * MAX_KEY_SIZE) / WORD;
  }
}

/**
 * Distinct addresses, numbered from 0 in the order they were added, each with some words for the caller's use. The
 * numbers of addresses that were removed are given to later ones.
 *
 * All that belongs to one address is in one place, its key first, so that finding it and reading its words takes two
 * accesses to memory: one to its slot in an open-addressing hash table, one here.
 */
export class AddressTable {
  /** How many words there are from the key of one address to that of the next. */
  readonly stride: number;
  readonly #hash: KeyHash;
  readonly #one = new KeyBatch(1);
  #words: Uint32Array<ArrayBuffer>;
  #bytes: Uint8Array<ArrayBuffer>;
  /** Pairs of the number of an address plus one, and the hash of its key. */
  #slots = new Uint32Array(2 * 256);
  /** Numbers below `end` without an address. */
  readonly #free: number[] = [];
  #end = 0;
  /** Nobody reads it: it is there for {@linkcode AddressTable.#touch}. */
  #touched = 0;

  /**
   * Starts empty. If the addresses are untrusted, `seed` should be a secret random 32-bit number: otherwise they can be
   * chosen to make every search slow. `extraWords` is how many words an address has besides its key.
   */
  constructor(seed = 0, extraWords = 0) {
    this.stride = MAX_KEY_WORDS + extraWords;
    this.#hash = new KeyHash(seed, MAX_KEY_WORDS);
    this.#words = new Uint32Array(128 * this.stride);
    this.#bytes = new Uint8Array(this.#words.buffer);
  }

  /** How many addresses there are. */
  get size(): number {
    return this.#end - this.#free.length;
  }

  /** All numbers are below this. */
  get end(): number {
    return this.#end;
  }

  /**
   * The keys of all addresses and, {@linkcode MAX_KEY_WORDS} behind the beginning of each, their words, which are zero
   * when an address is added. To be asked for again after an addition.
   */
  get words(): Uint32Array {
    return this.#words;
  }

  /** The same as bytes. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /**
   * The number of an address, which is added if it is new.
   *
   * @throws {AddressError} when the host is not an address of its network.
   */
  add(address: Address): number {
    const batch = this.#batchOf(address);
    this.addKeys(batch);
    return batch.numbers[0] ?? 0;
  }

  /** Adds an address; returns whether it was new. */
  addIfNew(address: Address): boolean {
    const { size } = this;
    this.add(address);
    return this.size > size;
  }

  /** As {@linkcode AddressTable.add}, for many keys at once; their numbers are then in the batch. */
  addKeys(batch: KeyBatch): void {
    const { numbers, count } = batch;
    this.#makeRoom(count);
    this.#touch(batch);
    for (let i = 0; i < count; i++) numbers[i] = this.#add(batch, i, numbers[i] ?? 0);
  }

  /** The number of an address; `undefined` if it is not there. */
  find(address: Address): number | undefined {
    const batch = this.#batchOf(address);
    const size = batch.size(0);
    const found = this.#slots[this.#find(batch.words, 0, size, this.#hash.of(batch.words, 0, size))] ?? EMPTY;
    return found === EMPTY ? undefined : found - 1;
  }

  /**
   * The address with the number `index`.
   *
   * @throws {RangeError} when there is none.
   */
  at(index: number): Address {
    if (!(index >= 0 && index < this.#end) || this.#bytes[this.keyOffset(index)] === 0) {
      throw new RangeError(`Cannot read address ${index}: there is none`);
    }
    return readKey(this.#bytes, this.keyOffset(index));
  }

  /** Where the key of an address begins in {@linkcode AddressTable.bytes}. */
  keyOffset(index: number): number {
    return index * this.stride * WORD;
  }

  /** Removes the address with the number `index`. */
  remove(index: number): void {
    const at = index * this.stride;
    const slots = this.#slots;
    const mask = slots.length / 2 - 1;
    const size = keySize(this.#bytes, this.keyOffset(index)) / WORD;
    let gap = this.#find(this.#words, at, size, this.#hash.of(this.#words, at, size)) / 2;
    // What is behind it moves up, as far as its hash allows, so that no search ends too early.
    for (let next = (gap + 1) & mask; slots[2 * next] !== EMPTY; next = (next + 1) & mask) {
      const home = (slots[2 * next + 1] ?? 0) & mask;
      if (((next - home) & mask) < ((next - gap) & mask)) continue;
      slots[2 * gap] = slots[2 * next] ?? 0;
      slots[2 * gap + 1] = slots[2 * next + 1] ?? 0;
      gap = next;
    }
    slots[2 * gap] = EMPTY;
    this.#words.fill(0, at, at + this.stride);
    this.#free.push(index);
  }

  #batchOf(address: Address): KeyBatch {
    writeKey(address, this.#one.bytes, 0);
    this.#one.count = 1;
    return this.#one;
  }

  /**
   * Writes the hashes of the keys to where their numbers will be, and reads their slots and what these lead to: in a
   * table of a million most of that is not in the processor's cache, and here it is fetched for several at once.
   */
  #touch(batch: KeyBatch): void {
    const { words: keys, numbers: hashes, count } = batch;
    const [slots, words, stride] = [this.#slots, this.#words, this.stride];
    const mask = slots.length - 1;
    let touched = 0;
    for (let i = 0; i < count; i++) {
      const hash = this.#hash.of(keys, i * MAX_KEY_WORDS, batch.size(i));
      hashes[i] = hash;
      touched ^= slots[2 * hash & mask] ?? 0;
    }
    for (let i = 0; i < count; i++) {
      const hash = hashes[i] ?? 0;
      const slot = 2 * hash & mask;
      if (slots[slot + 1] === hash) touched ^= words[((slots[slot] ?? 1) - 1) * stride] ?? 0;
    }
    this.#touched = touched;
  }

  #add(batch: KeyBatch, i: number, hash: number): number {
    const [keys, at, size] = [batch.words, i * MAX_KEY_WORDS, batch.size(i)];
    const slot = this.#find(keys, at, size, hash);
    const found = this.#slots[slot] ?? EMPTY;
    if (found !== EMPTY) return found - 1;
    const index = this.#free.pop() ?? this.#end++;
    const start = index * this.stride;
    for (let j = 0; j < size; j++) this.#words[start + j] = keys[at + j] ?? 0;
    this.#slots[slot] = index + 1;
    this.#slots[slot + 1] = hash;
    return index;
  }

  /** The slot of a key of `size` words: the one with its number, or the empty one where it belongs. */
  #find(keys: Uint32Array, at: number, size: number, hash: number): number {
    const [slots, words, stride] = [this.#slots, this.#words, this.stride];
    const mask = slots.length - 1;
    for (let slot = 2 * hash & mask;; slot = (slot + 2) & mask) {
      const found = slots[slot] ?? EMPTY;
      if (found === EMPTY) return slot;
      if (slots[slot + 1] !== hash) continue;
      const start = (found - 1) * stride;
      // The first word says how many there are.
      let i = 0;
      while (i < size && words[start + i] === keys[at + i]) i++;
      if (i === size) return slot;
    }
  }

  /** Makes room for `count` more addresses. */
  #makeRoom(count: number): void {
    const most = this.#end + count;
    let length = this.#words.length;
    while (most * this.stride > length) length *= 2;
    if (length > this.#words.length) {
      // A transfer, unlike a copy, gives the memory back at once.
      this.#words = new Uint32Array(this.#words.buffer.transfer(length * WORD));
      this.#bytes = new Uint8Array(this.#words.buffer);
    }
    let slots = this.#slots.length;
    while (2 * most * SLOTS_PER_ADDRESS > slots) slots *= 2;
    if (slots > this.#slots.length) this.#moveSlots(new Uint32Array(slots));
  }

  #moveSlots(slots: Uint32Array<ArrayBuffer>): void {
    const old = this.#slots;
    const mask = slots.length - 1;
    for (let i = 0; i < old.length; i += 2) {
      if (old[i] === EMPTY) continue;
      const hash = old[i + 1] ?? 0;
      let slot = 2 * hash & mask;
      while (slots[slot] !== EMPTY) slot = (slot + 2) & mask;
      slots[slot] = old[i] ?? 0;
      slots[slot + 1] = hash;
    }
    this.#slots = slots;
  }
}
