/**
 * FSChaCha20: the stream cipher of the packets' lengths, with a new key every 224 of them.
 *
 * Source: BIP 324, "Rekeying wrappers: FSChaCha20Poly1305 and FSChaCha20"; RFC 8439 (ChaCha20).
 *
 * @module
 */

import { createCipheriv } from "node:crypto";

/** As many packets are encrypted with one key. */
export const REKEY_INTERVAL = 224;

/** How many bytes a length has on the wire. */
export const LENGTH_SIZE = 3;

const KEY_SIZE = 32;
const EPOCH_SIZE = REKEY_INTERVAL * LENGTH_SIZE;
const ZEROS = new Uint8Array(EPOCH_SIZE + KEY_SIZE);

/** Encrypts or decrypts the lengths of one direction, in order. */
export class FSChaCha20 implements Disposable {
  readonly #key: Uint8Array;
  /** The bytes that hide 224 lengths, and the next key. */
  #keystream: Uint8Array = new Uint8Array();
  #chunkCounter = 0;

  /** Takes a key of 32 bytes, and overwrites it in time. */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** Encrypts or decrypts the next length, 3 bytes, in their place. */
  crypt(chunk: Uint8Array): void {
    const position = this.#chunkCounter % REKEY_INTERVAL;
    if (position === 0) this.#startEpoch();
    this.#chunkCounter++;
    const hidden = this.#keystream.subarray(position * LENGTH_SIZE);
    for (let i = 0; i < LENGTH_SIZE; i++) chunk[i] = (chunk[i] ?? 0) ^ (hidden[i] ?? 0);
  }

  /** Overwrites what is secret. */
  [Symbol.dispose](): void {
    this.#key.fill(0);
    this.#keystream.fill(0);
  }

  /** Gets all that the key gives at once: a cipher that is kept for later leaks until it is finalised. */
  #startEpoch(): void {
    // The runtime takes the block counter, 4 bytes, in front of the nonce, 4 zero bytes and the number of rekeyings.
    const iv = new Uint8Array(16);
    new DataView(iv.buffer).setBigUint64(8, BigInt(this.#chunkCounter / REKEY_INTERVAL), true);
    const cipher = createCipheriv("chacha20", this.#key, iv);
    this.#keystream.fill(0);
    this.#keystream = cipher.update(ZEROS);
    cipher.final();
    this.#key.set(this.#keystream.subarray(EPOCH_SIZE));
  }
}
