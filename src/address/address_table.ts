/**
 * A compact table of addresses: a crawl knows a million.
 *
 * @module
 */

import type { Address } from "./address.ts";
import { keySize, readKey, writeKey } from "./key.ts";
import { KeyBatch, MAX_KEY_WORDS, WORD } from "./key_batch.ts";
import { KeyHash } from "./key_hash.ts";

/** Minimum number of slots per address: in a fuller table most searches take more than one step. */
const SLOTS_PER_ADDRESS = 1.5;

/**
 * Words before the first key. The memory of large arrays begins 16 bytes behind a multiple of 64 (that of glibc's
 * allocator), so if an address has 64 bytes, each is in one line of the processor's cache, not in two. Before that is a
 * line for empty slots to lead to, which spares a decision for each.
 */
const BASE = 12 + 16;

const EMPTY = 0;

/**
 * Distinct addresses, numbered from 0 in the order they were added, each with some words for the caller's use. The
 * numbers of addresses that were removed are given to later ones.
 *
 * All that belongs to one address is in one place, its key first, so that finding it and reading its words takes two
 * accesses to memory: one to its slot in an open-addressing hash table, one here.
 */
export class AddressTable {
  /** How many words there are from the key of one address to that of the next. */
  readonly #stride: number;
  readonly #hash: KeyHash;
  readonly #one = new KeyBatch(1);
  #words: Uint32Array<ArrayBuffer>;
  #bytes: Uint8Array<ArrayBuffer>;
  /** A power of two of slots, each with the number of an address plus one and, in the bits above, those of its hash. */
  #slots = new Int32Array(256);
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
    this.#stride = MAX_KEY_WORDS + extraWords;
    this.#hash = new KeyHash(seed, MAX_KEY_WORDS);
    this.#words = new Uint32Array(BASE + 128 * this.#stride);
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
   * The keys of all addresses and, {@linkcode MAX_KEY_WORDS} after the beginning of each, the caller's words, which are
   * zero when an address is added. To be asked for again after an addition.
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
    this.#makeRoom(batch.count);
    this.#touch(batch);
    for (let i = 0; i < batch.count; i++) this.#add(batch, i);
  }

  /** The number of an address; `undefined` if it is not there. */
  find(address: Address): number | undefined {
    const batch = this.#batchOf(address);
    const size = batch.size(0);
    const hash = this.#hash.of(batch.words, 0, size);
    const found = this.#slots[this.#find(batch.words, 0, size, hash, this.#home(hash))] ?? EMPTY;
    return found === EMPTY ? undefined : this.#numberIn(found);
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

  /** Where the key of an address begins in {@linkcode AddressTable.words}. */
  wordOffset(index: number): number {
    return BASE + index * this.#stride;
  }

  /** Where it begins in {@linkcode AddressTable.bytes}. */
  keyOffset(index: number): number {
    return this.wordOffset(index) * WORD;
  }

  /** Removes the address with the number `index`. */
  remove(index: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const at = this.wordOffset(index);
    let gap = this.#find(this.#words, at, this.#keyWords(index), this.#hashOf(index), this.#home(this.#hashOf(index)));
    // What comes after it moves up, as far as its hash allows, so that no search ends too early.
    for (let next = gap + 1 & mask; slots[next] !== EMPTY; next = next + 1 & mask) {
      const found = slots[next] ?? EMPTY;
      const home = this.#home(this.#hashOf(this.#numberIn(found)));
      if ((next - home & mask) < (next - gap & mask)) continue;
      slots[gap] = found;
      gap = next;
    }
    slots[gap] = EMPTY;
    this.#words.fill(0, at, at + this.#stride);
    this.#free.push(index);
  }

  #batchOf(address: Address): KeyBatch {
    writeKey(address, this.#one.bytes, 0);
    this.#one.count = 1;
    return this.#one;
  }

  /**
   * Finds the hashes of the keys and where to look for each, and reads what is there: in a table of a million most of
   * that is not in the processor's cache, and in short loops it is fetched for several at once.
   */
  #touch(batch: KeyBatch): void {
    const { words: keys, hashes, numbers, count } = batch;
    const slots = this.#slots;
    const words = this.#words;
    const mask = slots.length - 1;
    const stride = this.#stride;
    const base = BASE - stride;
    let touched = 0;
    for (let i = 0; i < count; i++) hashes[i] = this.#hash.of(keys, i * MAX_KEY_WORDS, batch.size(i));
    for (let i = 0; i < count; i++) touched |= slots[(hashes[i] ?? 0) & mask] ?? 0;
    for (let i = 0; i < count; i++) {
      const hash = hashes[i] ?? 0;
      let slot = hash & mask;
      for (;; slot = slot + 1 & mask) {
        const found = slots[slot] ?? EMPTY;
        if (found === EMPTY || ((found ^ hash) & ~mask) === 0) break;
      }
      numbers[i] = slot;
    }
    for (let i = 0; i < count; i++) {
      const found = slots[numbers[i] ?? 0] ?? EMPTY;
      touched |= words[base + (found & mask) * stride] ?? 0;
    }
    this.#touched = touched;
  }

  /** Finds or adds the key at the index `i`, looking from the slot on that is in the place of its number. */
  #add(batch: KeyBatch, i: number): void {
    const { words: keys, numbers } = batch;
    const [at, size, hash] = [i * MAX_KEY_WORDS, batch.size(i), batch.hashes[i] ?? 0];
    const slot = this.#find(keys, at, size, hash, numbers[i] ?? 0);
    const found = this.#slots[slot] ?? EMPTY;
    if (found !== EMPTY) {
      numbers[i] = this.#numberIn(found);
      return;
    }
    const index = this.#free.pop() ?? this.#end++;
    const start = this.wordOffset(index);
    for (let j = 0; j < size; j++) this.#words[start + j] = keys[at + j] ?? 0;
    this.#slots[slot] = this.#slotOf(index, hash);
    numbers[i] = index;
  }

  /** The slot of a key of `size` words, from `slot` on: the one with its number, or the empty one where it belongs. */
  #find(keys: Uint32Array, at: number, size: number, hash: number, slot: number): number {
    const slots = this.#slots;
    const words = this.#words;
    const mask = slots.length - 1;
    for (;; slot = slot + 1 & mask) {
      const found = slots[slot] ?? EMPTY;
      if (found === EMPTY) return slot;
      if (((found ^ hash) & ~mask) !== 0) continue;
      const start = this.wordOffset(this.#numberIn(found));
      // The first word says how many there are.
      let i = 0;
      while (i < size && words[start + i] === keys[at + i]) i++;
      if (i === size) return slot;
    }
  }

  /** Where the search for a hash begins. */
  #home(hash: number): number {
    return hash & this.#slots.length - 1;
  }

  /** What the slot of an address has. */
  #slotOf(index: number, hash: number): number {
    return index + 1 | hash & -this.#slots.length;
  }

  /** The number of the address whose slot this is. */
  #numberIn(found: number): number {
    return (found & this.#slots.length - 1) - 1;
  }

  #keyWords(index: number): number {
    return keySize(this.#bytes, this.keyOffset(index)) / WORD;
  }

  #hashOf(index: number): number {
    return this.#hash.of(this.#words, this.wordOffset(index), this.#keyWords(index));
  }

  /** Makes room for `count` more addresses. */
  #makeRoom(count: number): void {
    const most = this.#end + count;
    let length = this.#words.length;
    while (this.wordOffset(most) > length) length *= 2;
    if (length > this.#words.length) {
      // A transfer, unlike a copy, gives the memory back at once.
      this.#words = new Uint32Array(this.#words.buffer.transfer(length * WORD));
      this.#bytes = new Uint8Array(this.#words.buffer);
    }
    let slots = this.#slots.length;
    while (most * SLOTS_PER_ADDRESS > slots) slots *= 2;
    if (slots > this.#slots.length) this.#renewSlots(slots);
  }

  #renewSlots(count: number): void {
    const slots = this.#slots = new Int32Array(count);
    for (let index = 0; index < this.#end; index++) {
      if (this.#words[this.wordOffset(index)] === 0) continue;
      const hash = this.#hashOf(index);
      let slot = this.#home(hash);
      while (slots[slot] !== EMPTY) slot = slot + 1 & count - 1;
      slots[slot] = this.#slotOf(index, hash);
    }
  }
}
