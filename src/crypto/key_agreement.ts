/**
 * X-only key agreement on secp256k1: each end of a connection makes a secret key, sends its ElligatorSwift encoding, and
 * gets the same secret from what the other sent.
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

/** What stands before a secret key in PKCS #8 (RFC 5208, RFC 5915) when the curve is secp256k1. */
const PKCS8_PREFIX = Uint8Array.fromHex("303e020100301006072a8648ce3d020106052b8104000a042730250201010420");

/** What stands before an X coordinate in a SubjectPublicKeyInfo (RFC 5480) whose point is compressed, its Y even. */
const EVEN_POINT_PREFIX = Uint8Array.fromHex("3036301006072a8648ce3d020106052b8104000a03220002");

/** Where the X coordinate is in a SubjectPublicKeyInfo whose point is not compressed. */
const X_OFFSET = 24;

const TAG_HASH = createHash("sha256").update("bip324_ellswift_xonly_ecdh").digest();

/**
 * A secret key that serves one connection, with the encoding to send. Our copy of what is secret is overwritten as soon
 * as the runtime has its own, which is out of reach: it is let go when the key has been used.
 */
export class EllSwiftKey implements Disposable {
  /** The public key, as 64 bytes that cannot be told from random ones. */
  readonly encoding: Uint8Array<ArrayBuffer>;
  #secret: KeyObject | null;

  /**
   * Makes a key: *ellswift_create*.
   *
   * @throws {TypeError} when the first 32 random bytes are no secret key, with a chance of 2^-128.
   */
  constructor(randomBytes: RandomBytes) {
    this.#secret = importSecretKey(randomBytes(SECRET_KEY_SIZE));
    const point = createPublicKey(this.#secret).export({ format: "der", type: "spki" });
    this.encoding = encodeEllSwift(point.subarray(X_OFFSET, X_OFFSET + COORDINATE_SIZE), randomBytes);
  }

  /**
   * The 32 bytes that both ends get and nobody else: *v2_ecdh*. To be called once.
   *
   * @param theirs What the other end sent as its encoding: 64 bytes, of any value.
   * @param initiating Whether this end opened the connection.
   * @throws {TypeError} when it was called before.
   */
  agree(theirs: Uint8Array, initiating: boolean): Uint8Array {
    if (this.#secret === null) throw new TypeError("Cannot agree on a secret: expected a key that was not used yet");
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

  /** Forgets what is secret. */
  [Symbol.dispose](): void {
    this.#secret = null;
  }
}

/** The secret key of 32 bytes, which are overwritten. */
function importSecretKey(bytes: Uint8Array): KeyObject {
  const der = withPrefix(PKCS8_PREFIX, bytes);
  bytes.fill(0);
  try {
    // Node takes any view of bytes; its types know of Buffer alone.
    return createPrivateKey({ key: der as PrivateKeyInput["key"], format: "der", type: "pkcs8" });
  } finally {
    der.fill(0);
  }
}

/** The public key with that X coordinate, which is one of the curve's, and an even Y. */
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
