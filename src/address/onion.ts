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

/** Length of version 2 names, which Tor no longer supports. */
const LENGTH_V2 = 16;

const KEY_SIZE = 32;

const CHECKSUM_SIZE = 2;

const VERSION = 3;

const CHECKSUM_PREFIX = new TextEncoder().encode(".onion checksum");

/** Whether the text is meant to be the name of an onion service. */
export function isOnionName(text: string): boolean {
  return text.toLowerCase().endsWith(SUFFIX);
}

/**
 * The public key in the name of an onion service, 32 bytes.
 *
 * @throws {AddressError} when the name or the key is invalid.
 */
export function parseOnion(text: string): Uint8Array<ArrayBuffer> {
  const key = onionKey(text);
  if (!isEd25519PublicKey(key)) throw new AddressError("the onion name does not contain a valid public key");
  return key;
}

/** The same without validating the key, which takes longer than the rest. */
export function onionKey(text: string): Uint8Array<ArrayBuffer> {
  const name = text.toLowerCase().slice(0, -SUFFIX.length);
  if (name.length !== LENGTH) {
    const what = name.length === LENGTH_V2 ? "is of version 2, which Tor no longer supports" : `has ${name.length}`;
    throw new AddressError(`an onion name has ${LENGTH} characters before ${SUFFIX}, this one ${what}`);
  }
  const bytes = decodeBase32(name);
  if (bytes === undefined) throw new AddressError("an onion name consists of the letters a to z and the digits 2 to 7");
  const key = bytes.slice(0, KEY_SIZE);
  if (bytes.at(-1) !== VERSION) {
    throw new AddressError(`expected an onion name of version 3, got version ${bytes.at(-1)}`);
  }
  const [first, second] = checksum(key);
  if (bytes[KEY_SIZE] !== first || bytes[KEY_SIZE + 1] !== second) {
    throw new AddressError("the checksum of the onion name does not match: check for a typo");
  }
  return key;
}

/** The name of the service with a public key. */
export function formatOnion(key: Uint8Array): string {
  return encodeBase32(Uint8Array.of(...key, ...checksum(key), VERSION)) + SUFFIX;
}

function checksum(key: Uint8Array): Uint8Array {
  return sha3_256(Uint8Array.of(...CHECKSUM_PREFIX, ...key, VERSION)).subarray(0, CHECKSUM_SIZE);
}
