/**
 * Deriving all keys of a connection from the shared secret.
 *
 * Source: BIP 324, "Keys and session ID derivation"; RFC 5869 (HKDF).
 *
 * @module
 */

import { hkdfSync } from "node:crypto";

const KEY_SIZE = 32;

/** Size of a garbage terminator, in bytes. */
export const GARBAGE_TERMINATOR_SIZE = 16;

/** The keys of one direction of a connection. */
export interface DirectionKeys {
  /** The 32-byte key for packet lengths, for FSChaCha20. */
  readonly lengthKey: Uint8Array<ArrayBuffer>;
  /** The 32-byte key for packet contents, for FSChaCha20Poly1305. */
  readonly packetKey: Uint8Array<ArrayBuffer>;
  /** The 16 bytes that end the garbage. */
  readonly garbageTerminator: Uint8Array<ArrayBuffer>;
}

/** The keys that both ends of a connection derive. */
export interface SessionKeys {
  /** Identifies this connection; 32 bytes, not secret. */
  readonly sessionId: Uint8Array<ArrayBuffer>;
  /** The keys that the initiator sends with. */
  readonly initiator: DirectionKeys;
  /** The keys that the responder sends with. */
  readonly responder: DirectionKeys;
}

/**
 * Derives the keys, *initialize_v2_transport*, and overwrites the secret.
 *
 * @param secret The shared secret, 32 bytes.
 * @param magic The chain's magic, as a number in network byte order: ends on different chains derive different keys.
 */
export function deriveSessionKeys(secret: Uint8Array, magic: number): SessionKeys {
  // prk = HKDF_Extract(Hash=sha256, salt=b'bitcoin_v2_shared_secret' + NETWORK_MAGIC, ikm=ecdh_secret)
  const label = new TextEncoder().encode("bitcoin_v2_shared_secret");
  const salt = new Uint8Array(label.length + 4);
  salt.set(label);
  new DataView(salt.buffer).setUint32(label.length, magic);
  // HKDF_Expand(Hash=sha256, PRK=prk, info=b'…', L=32)
  const expand = (info: string): Uint8Array<ArrayBuffer> =>
    new Uint8Array(hkdfSync("sha256", secret, salt, info, KEY_SIZE));
  const terminators = expand("garbage_terminators");
  const keys = {
    sessionId: expand("session_id"),
    initiator: {
      lengthKey: expand("initiator_L"),
      packetKey: expand("initiator_P"),
      garbageTerminator: terminators.subarray(0, GARBAGE_TERMINATOR_SIZE),
    },
    responder: {
      lengthKey: expand("responder_L"),
      packetKey: expand("responder_P"),
      garbageTerminator: terminators.subarray(GARBAGE_TERMINATOR_SIZE),
    },
  };
  secret.fill(0);
  return keys;
}
