/**
 * Keys to be looked up together.
 *
 * @module
 */

import { keySize, MAX_KEY_SIZE } from "./key.ts";

/** Size of a word, in bytes. */
export const WORD = 4;

/** Size of the longest key, in words. */
export const MAX_KEY_WORDS = MAX_KEY_SIZE / WORD;

/** Some keys, one every {@linkcode MAX_KEY_WORDS}. */
export class KeyBatch {
  /** The keys. */
  readonly words: Uint32Array;
  /** The same as bytes. */
  readonly bytes: Uint8Array;
  /** Their hashes, for the table. */
  readonly hashes: Int32Array;
  /** The numbers of their addresses, once they are known. */
  readonly numbers: Uint32Array;
  /** How many there are. */
  count = 0;

  /** Has room for `most` keys. */
  constructor(most: number) {
    this.words = new Uint32Array(most * MAX_KEY_WORDS);
    this.bytes = new Uint8Array(this.words.buffer);
    this.hashes = new Int32Array(most);
    this.numbers = new Uint32Array(most);
  }

  /** Size of the key at the index `i`, in words. */
  size(i: number): number {
    return keySize(this.bytes, i * MAX_KEY_SIZE) / WORD;
  }
}
