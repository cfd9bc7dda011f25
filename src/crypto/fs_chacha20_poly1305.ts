/**
 * FSChaCha20Poly1305: the authenticated encryption of the packets, with a new key every 224 of them.
 *
 * Source: BIP 324, "Rekeying wrappers: FSChaCha20Poly1305 and FSChaCha20"; RFC 8439 (AEAD_CHACHA20_POLY1305).
 *
 * @module
 */

import { createCipheriv, createDecipheriv, type DecipherGCM } from "node:crypto";
import { REKEY_INTERVAL } from "./fs_chacha20.ts";

/** How many bytes the tag has that authenticates a packet. */
export const TAG_SIZE = 16;

const ALGORITHM = "chacha20-poly1305";
const KEY_SIZE = 32;
const OPTIONS = { authTagLength: TAG_SIZE } as const;

/** Encrypts or decrypts the packets of one direction, in order. */
export class FSChaCha20Poly1305 implements Disposable {
  readonly #key: Uint8Array;
  #packetCounter = 0;

  /** Takes a key of 32 bytes, and overwrites it in time. */
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
   * Begins to decrypt the next packet, however it comes in pieces.
   *
   * @param associated Bytes that the tag must authenticate as well.
   * @param length How many bytes the ciphertext has, without the tag.
   */
  decrypt(associated: Uint8Array, length: number): PacketDecryption {
    const decipher = createDecipheriv(ALGORITHM, this.#key, this.#nonce(), OPTIONS);
    this.#advance();
    decipher.setAAD(associated, { plaintextLength: length });
    return new PacketDecryption(decipher);
  }

  /** Overwrites what is secret. */
  [Symbol.dispose](): void {
    this.#key.fill(0);
  }

  /** The packets with this key so far, as 32 bits, and the number of rekeyings, as 64. */
  #nonce(packets = this.#packetCounter % REKEY_INTERVAL): Uint8Array {
    const nonce = new Uint8Array(12);
    const view = new DataView(nonce.buffer);
    view.setUint32(0, packets, true);
    view.setBigUint64(4, BigInt(Math.floor(this.#packetCounter / REKEY_INTERVAL)), true);
    return nonce;
  }

  /** Counts a packet whose cipher has got the key; behind the last with this key comes the next one. */
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

/** A packet that is being decrypted. */
export class PacketDecryption implements Disposable {
  readonly #decipher: DecipherGCM;
  #finished = false;

  /** Continues what {@linkcode FSChaCha20Poly1305.decrypt} has begun. */
  constructor(decipher: DecipherGCM) {
    this.#decipher = decipher;
  }

  /** Decrypts the next bytes. Who wrote them is not known before {@linkcode PacketDecryption.finish}. */
  update(ciphertext: Uint8Array): Uint8Array {
    return this.#decipher.update(ciphertext);
  }

  /** Whether the tag, 16 bytes, is that of all bytes before. */
  finish(tag: Uint8Array): boolean {
    this.#decipher.setAuthTag(tag);
    return this.#finalise();
  }

  /** Ends it without the rest: the runtime keeps a cipher until it is finalised. */
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
