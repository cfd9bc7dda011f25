/**
 * Validating Ed25519 public keys, which onion names contain. These keys are public, so nothing here needs to be
 * constant-time.
 *
 * Source: RFC 8032, section 5.1.3.
 *
 * @module
 */

const P = (1n << 255n) - 19n;

/** The curve's constant: -121665/121666. */
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;

/** The y coordinate of the points of order 8. */
const Y_OF_ORDER_8 = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;

/** The y coordinates of the eight points whose order divides 8, none of which is the public key of a secret key. */
const SMALL_ORDER: readonly bigint[] = [0n, 1n, P - 1n, Y_OF_ORDER_8, P - Y_OF_ORDER_8];

/**
 * Whether the bytes encode a point on the curve other than the eight of small order. About half of all 32-byte strings
 * do.
 *
 * Unlike Tor, it does not check that the point has no component of small order.
 */
export function isEd25519PublicKey(bytes: Uint8Array): boolean {
  const y = readLittleEndian(bytes) & ((1n << 255n) - 1n);
  if (y >= P || SMALL_ORDER.includes(y)) return false;
  // x² = (y² - 1) / (dy² + 1); the quotient is a square if the product is, and the divisor is never 0.
  const square = y * y % P;
  return isSquare((square - 1n) * (D * square + 1n) % P);
}

function readLittleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes.toReversed()) value = value << 8n | BigInt(byte);
  return value;
}

/** Euler's criterion: value^((p - 1) / 2) is 1. */
function isSquare(value: bigint): boolean {
  let power = 1n;
  for (let base = value, exponent = (P - 1n) / 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) power = power * base % P;
    base = base * base % P;
  }
  return power === 1n;
}
