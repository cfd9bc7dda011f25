/**
 * FSChaCha20Poly1305: the authenticated encryption of packets, rekeyed every 224 packets.
 *
 * Source: BIP 324, "Rekeying wrappers: FSChaCha20Poly1305 and FSChaCha20"; RFC 8439 (AEAD_CHACHA20_POLY1305).
 *
 * @module
 */

import { createCipheriv, createDecipheriv, type DecipherGCM } from "node:crypto";
import { REKEY_INTERVAL } from "./fs_chacha20.ts";

/** Size of the tag that authenticates a packet, in bytes. */
export const TAG_SIZE = 16;

const ALGORITHM = "chacha20-poly1305";
const KEY_SIZE = 32;
const OPTIONS = { authTagLength: TAG_SIZE } as const;

/** Encrypts or decrypts the packets of one direction, in order. */
export class FSChaCha20Poly1305 implements Disposable {
  readonly #key: Uint8Array;
  #packetCounter = 0;

  /** Takes ownership of a 32-byte key, which it overwrites when it is no longer needed. */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /**
   * Encrypts the next packet: the ciphertext, as long as the plaintext, and its tag.
   *
   * @param associated Bytes that the tag authenticates as well.
   */
  encrypt(associated: Uint8Array, plaintext: Uint8Array): { ciphertext: Uint8Array; tag: Uint8Array } {
    const cipher = createCipheriv(ALGORITHM, this.#key, this.#nonce(), OPTIONS);
    this.#advance();
    cipher.setAAD(associated, { plaintextLength: plaintext.length });
    const ciphertext = cipher.update(plaintext);
    cipher.final();
    return { ciphertext, tag: cipher.getAuthTag() };
  }

  /**
   * Begins to decrypt the next packet, which may come in pieces.
   *
   * @param associated Bytes that the tag must authenticate as well.
   * @param length The size of the ciphertext without the tag, in bytes.
   */
  decrypt(associated: Uint8Array, length: number): PacketDecryption {
    const decipher = createDecipheriv(ALGORITHM, this.#key, this.#nonce(), OPTIONS);
    this.#advance();
    decipher.setAAD(associated, { plaintextLength: length });
    return new PacketDecryption(decipher);
  }

  /** Overwrites the secrets. */
  [Symbol.dispose](): void {
    this.#key.fill(0);
  }

  /** The nonce: 32 bits of the number of packets with this key so far, and 64 bits of the number of rekeyings. */
  #nonce(packets = this.#packetCounter % REKEY_INTERVAL): Uint8Array {
    const nonce = new Uint8Array(12);
    const view = new DataView(nonce.buffer);
    view.setUint32(0, packets, true);
    view.setBigUint64(4, BigInt(Math.floor(this.#packetCounter / REKEY_INTERVAL)), true);
    return nonce;
  }

  /** Counts a packet whose cipher has been created; after the last one with this key, rekeys. */
  #advance(): void {
    if ((this.#packetCounter + 1) % REKEY_INTERVAL === 0) {
      // self.key = aead_chacha20_poly1305_encrypt(self.key, b"\xFF\xFF\xFF\xFF" + nonce[4:], b"", b"\x00" * 32)[:32]
      const cipher = createCipheriv(ALGORITHM, this.#key, this.#nonce(0xffff_ffff), OPTIONS);
      this.#key.set(cipher.update(new Uint8Array(KEY_SIZE)));
      cipher.final();
    }
    this.#packetCounter++;
  }
}

/** A packet being decrypted. */
export class PacketDecryption implements Disposable {
  readonly #decipher: DecipherGCM;
  #finished = false;

  /** Called by {@linkcode FSChaCha20Poly1305.decrypt}. */
  constructor(decipher: DecipherGCM) {
    this.#decipher = decipher;
  }

  /** Decrypts the next bytes, which are not authenticated until {@linkcode PacketDecryption.finish}. */
  update(ciphertext: Uint8Array): Uint8Array {
    return this.#decipher.update(ciphertext);
  }

  /** Whether the 16-byte tag authenticates all bytes before it. */
  finish(tag: Uint8Array): boolean {
    this.#decipher.setAuthTag(tag);
    return this.#finalise();
  }

  /** Abandons the rest of the packet: the runtime keeps a cipher until it is finalised. */
  [Symbol.dispose](): void {
    if (!this.#finished) this.#finalise();
  }

  #finalise(): boolean {
    this.#finished = true;
    try {
      this.#decipher.final();
      return true;
    } catch {
      return false;
    }
  }
}
