/**
 * Base32 as in onion and I2P names: lower case, without padding.
 *
 * `@std/encoding/base32` resizes its buffers with `ArrayBuffer.prototype.transfer()`, which Node 20 does not have.
 *
 * Source: RFC 4648, section 6.
 *
 * @module
 */

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** The bytes as text. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let pending = 0;
  for (const byte of bytes) {
    pending = (pending << 8 | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += ALPHABET[pending >> (bits - 5) & 31];
  }
  return bits === 0 ? text : text + ALPHABET[pending << (5 - bits) & 31];
}

/** The decoded bytes; `undefined` for any text that {@linkcode encodeBase32} cannot produce. */
export function decodeBase32(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(Math.floor(text.length * 5 / 8));
  let bits = 0;
  let pending = 0;
  let length = 0;
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value === -1) return undefined;
    pending = (pending << 5 | value) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = pending >> bits;
  }
  // The leftover bits must be fewer than a character's, and zero.
  return bits < 5 && (pending & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}
