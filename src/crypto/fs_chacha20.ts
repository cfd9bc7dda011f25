/**
 * FSChaCha20: the stream cipher for packet lengths, rekeyed every 224 packets.
 *
 * Source: BIP 324, "Rekeying wrappers: FSChaCha20Poly1305 and FSChaCha20"; RFC 8439 (ChaCha20).
 *
 * @module
 */

import { createCipheriv } from "node:crypto";

/** How many packets are encrypted with one key. */
export const REKEY_INTERVAL = 224;

/** Size of a packet's length field, in bytes. */
export const LENGTH_SIZE = 3;

const KEY_SIZE = 32;
const EPOCH_SIZE = REKEY_INTERVAL * LENGTH_SIZE;
const ZEROS = new Uint8Array(EPOCH_SIZE + KEY_SIZE);

/** Encrypts or decrypts the lengths of one direction, in order. */
export class FSChaCha20 implements Disposable {
  readonly #key: Uint8Array;
  /** Keystream for 224 lengths and the next key. */
  #keystream: Uint8Array = new Uint8Array();
  #chunkCounter = 0;

  /** Takes ownership of a 32-byte key, which it overwrites when it is no longer needed. */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** Encrypts or decrypts the 3 bytes of the next length in place. */
  crypt(chunk: Uint8Array): void {
    const position = this.#chunkCounter % REKEY_INTERVAL;
    if (position === 0) this.#startEpoch();
    this.#chunkCounter++;
    const hidden = this.#keystream.subarray(position * LENGTH_SIZE);
    for (let i = 0; i < LENGTH_SIZE; i++) chunk[i] = (chunk[i] ?? 0) ^ (hidden[i] ?? 0);
  }

  /** Overwrites the secrets. */
  [Symbol.dispose](): void {
    this.#key.fill(0);
    this.#keystream.fill(0);
  }

  /** Generates the whole keystream of a key at once: the runtime leaks a cipher until it is finalised. */
  #startEpoch(): void {
    // The runtime expects the 4-byte block counter before the nonce, which is 4 zero bytes and the number of rekeyings.
    const iv = new Uint8Array(16);
    new DataView(iv.buffer).setBigUint64(8, BigInt(this.#chunkCounter / REKEY_INTERVAL), true);
    const cipher = createCipheriv("chacha20", this.#key, iv);
    this.#keystream.fill(0);
    this.#keystream = cipher.update(ZEROS);
    cipher.final();
    this.#key.set(this.#keystream.subarray(EPOCH_SIZE));
  }
}
