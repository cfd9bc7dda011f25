/**
 * The names of onion services: a public key, a checksum and a version in base32.
 *
 * Source: Tor's rendezvous specification, version 3, section 6 (`ONIONADDRESS`), and Bitcoin Core `netaddress.cpp`
 * (`CNetAddr::SetTor`, `OnionToString`).
 *
 * @module
 */

import { isEd25519PublicKey } from "../crypto/ed25519.ts";
import { sha3_256 } from "../crypto/sha3.ts";
import { decodeBase32, encodeBase32 } from "./base32.ts";
import { AddressError } from "./errors.ts";

const SUFFIX = ".onion";

/** Characters before the suffix: 35 bytes. */
const LENGTH = 56;

/** Those of the versions before: Tor serves none of them any more. */
const LENGTH_V2 = 16;

const KEY_SIZE = 32;

const VERSION = 3;

const CHECKSUM_PREFIX = new TextEncoder().encode(".onion checksum");

/** Whether the text is meant as the name of an onion service. */
export function isOnionName(text: string): boolean {
  return text.toLowerCase().endsWith(SUFFIX);
}

/**
 * The public key in the name of an onion service, 32 bytes.
 *
 * @throws {AddressError} saying what is wrong with the name, or that the key is none.
 */
export function parseOnion(text: string): Uint8Array<ArrayBuffer> {
  const key = onionKey(text);
  if (!isEd25519PublicKey(key)) throw new AddressError("the onion name stands for no public key");
  return key;
}

/** The same, without a look at the key, which takes longer than the rest. */
export function onionKey(text: string): Uint8Array<ArrayBuffer> {
  const name = text.toLowerCase().slice(0, -SUFFIX.length);
  if (name.length !== LENGTH) {
    const what = name.length === LENGTH_V2 ? "is of version 2, which Tor has given up" : `has ${name.length}`;
    throw new AddressError(`an onion name has ${LENGTH} characters before ${SUFFIX}, this one ${what}`);
  }
  const bytes = decodeBase32(name);
  if (bytes === undefined) throw new AddressError("an onion name has the letters a to z and the digits 2 to 7");
  const key = bytes.slice(0, KEY_SIZE);
  if (bytes.at(-1) !== VERSION) throw new AddressError(`an onion name is of version 3, this one of ${bytes.at(-1)}`);
  const [first, second] = checksum(key);
  if (bytes[KEY_SIZE] !== first || bytes[KEY_SIZE + 1] !== second) {
    throw new AddressError("the checksum of the onion name does not match: look for a mistyped character");
  }
  return key;
}

/** The name of the service with a public key. */
export function formatOnion(key: Uint8Array): string {
  const [first = 0, second = 0] = checksum(key);
  return encodeBase32(Uint8Array.of(...key, first, second, VERSION)) + SUFFIX;
}

/** Of the digest, the first two bytes count. */
function checksum(key: Uint8Array): Uint8Array {
  return sha3_256(Uint8Array.of(...CHECKSUM_PREFIX, ...key, VERSION));
}
