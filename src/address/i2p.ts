/**
 * The names of I2P destinations: the SHA-256 of the destination in base32.
 *
 * Source: I2P's naming specification (Base 32 Names), and Bitcoin Core `netaddress.cpp` (`CNetAddr::SetI2P`).
 *
 * @module
 */

import { decodeBase32, encodeBase32 } from "./base32.ts";
import { AddressError } from "./errors.ts";

const SUFFIX = ".b32.i2p";

/** Characters before the suffix: 32 bytes. */
const LENGTH = 52;

/** The port of every I2P address: SAM 3.1 has no ports (Bitcoin Core's `I2P_SAM31_PORT`). */
export const I2P_PORT = 0;

/** Whether the text is meant to be a destination's base32 name, rather than one from an address book. */
export function isI2pName(text: string): boolean {
  return text.toLowerCase().endsWith(SUFFIX);
}

/**
 * The hash in the name of a destination, 32 bytes.
 *
 * @throws {AddressError} when the name is invalid.
 */
export function parseI2p(text: string): Uint8Array<ArrayBuffer> {
  const name = text.toLowerCase().slice(0, -SUFFIX.length);
  if (name.length !== LENGTH) {
    const hint = name.length > LENGTH ? "; longer ones, of encrypted lease sets, are not supported" : "";
    throw new AddressError(
      `an I2P name has ${LENGTH} characters before ${SUFFIX}, this one has ${name.length}${hint}`,
    );
  }
  const hash = decodeBase32(name);
  if (hash !== undefined) return hash;
  const reason = /^[a-z2-7]*$/.test(name)
    ? "the last character of an I2P name is a or q: check for a typo"
    : "an I2P name consists of the letters a to z and the digits 2 to 7";
  throw new AddressError(reason);
}

/** The name of the destination with a hash. */
export function formatI2p(hash: Uint8Array): string {
  return encodeBase32(hash) + SUFFIX;
}
