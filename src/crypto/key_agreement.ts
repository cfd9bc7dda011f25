/**
 * X-only key agreement on secp256k1: each end of a connection makes a secret key, sends the ElligatorSwift encoding of
 * its public key, and derives the shared secret from what the other end sent.
 *
 * Source: BIP 324, `ellswift_create`, `ellswift_ecdh_xonly` and `v2_ecdh`.
 *
 * @module
 */

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type KeyObject,
  type PrivateKeyInput,
  type PublicKeyInput,
} from "node:crypto";
import { decodeEllSwift, encodeEllSwift, type RandomBytes } from "./ellswift.ts";

const SECRET_KEY_SIZE = 32;
const COORDINATE_SIZE = 32;

/** What precedes a secp256k1 secret key in PKCS #8 (RFC 5208, RFC 5915). */
const PKCS8_PREFIX = Uint8Array.fromHex("303e020100301006072a8648ce3d020106052b8104000a042730250201010420");

/** What precedes the X coordinate in a SubjectPublicKeyInfo (RFC 5480) of a compressed point with even Y. */
const EVEN_POINT_PREFIX = Uint8Array.fromHex("3036301006072a8648ce3d020106052b8104000a03220002");

/** Offset of the X coordinate in a SubjectPublicKeyInfo of an uncompressed point. */
const X_OFFSET = 24;

const TAG_HASH = createHash("sha256").update("bip324_ellswift_xonly_ecdh").digest();

/**
 * An ephemeral secret key, with the encoding to send. Our copy of the secret is overwritten as soon as the runtime has
 * its own; that cannot be overwritten, and is released once the key has been used.
 */
export class EllSwiftKey implements Disposable {
  /** The public key, as 64 bytes that are indistinguishable from random. */
  readonly encoding: Uint8Array<ArrayBuffer>;
  #secret: KeyObject | null;

  /**
   * Creates a key: *ellswift_create*.
   *
   * @throws {TypeError} when the first 32 random bytes are not a valid secret key, with a probability of 2^-128.
   */
  constructor(randomBytes: RandomBytes) {
    this.#secret = importSecretKey(randomBytes(SECRET_KEY_SIZE));
    const point = createPublicKey(this.#secret).export({ format: "der", type: "spki" });
    this.encoding = encodeEllSwift(point.subarray(X_OFFSET, X_OFFSET + COORDINATE_SIZE), randomBytes);
  }

  /**
   * Computes the shared secret, 32 bytes: *v2_ecdh*. Can be called only once.
   *
   * @param theirs The other end's encoding: 64 bytes of any value.
   * @param initiating Whether this end opened the connection.
   * @throws {TypeError} when called a second time.
   */
  agree(theirs: Uint8Array, initiating: boolean): Uint8Array {
    if (this.#secret === null) throw new TypeError("Cannot agree on a secret: the key has already been used");
    // bytes(x(priv⋅lift_x(XSwiftEC(u, t)))): either of lift_x's points gives it. The runtime's ECDH class would compute
    // the public key again for each secret, which takes twice as long.
    const privateKey = this.#secret;
    const publicKey = importPoint(decodeEllSwift(theirs));
    const x = diffieHellman({ privateKey, publicKey });
    this[Symbol.dispose]();
    // sha256_tagged("bip324_ellswift_xonly_ecdh", ellswift_initiator + ellswift_responder + ecdh_point_x32).
    const hash = createHash("sha256").update(TAG_HASH).update(TAG_HASH);
    for (const part of initiating ? [this.encoding, theirs, x] : [theirs, this.encoding, x]) hash.update(part);
    x.fill(0);
    return hash.digest();
  }

  /** Releases the secret. */
  [Symbol.dispose](): void {
    this.#secret = null;
  }
}

/** Imports a 32-byte secret key, and overwrites the bytes. */
function importSecretKey(bytes: Uint8Array): KeyObject {
  const der = withPrefix(PKCS8_PREFIX, bytes);
  bytes.fill(0);
  try {
    // Node accepts any view of bytes, although its types only allow Buffer.
    return createPrivateKey({ key: der as PrivateKeyInput["key"], format: "der", type: "pkcs8" });
  } finally {
    der.fill(0);
  }
}

/** Imports the public key with a valid X coordinate and an even Y. */
function importPoint(x: Uint8Array): KeyObject {
  const key = withPrefix(EVEN_POINT_PREFIX, x) as PublicKeyInput["key"];
  return createPublicKey({ key, format: "der", type: "spki" });
}

function withPrefix(prefix: Uint8Array, bytes: Uint8Array): Uint8Array {
  const joined = new Uint8Array(prefix.length + bytes.length);
  joined.set(prefix);
  joined.set(bytes, prefix.length);
  return joined;
}
