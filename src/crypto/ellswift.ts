/**
 * ElligatorSwift: encoding X coordinates of secp256k1 as 64 bytes that look random. Any 64 bytes are an encoding.
 *
 * Source: BIP 324, "ElligatorSwift encoding of curve X coordinates".
 *
 * @module
 */

import { inverse, isSquare, mod, P, sqrt } from "./field.ts";

/** Returns `length` cryptographically secure random bytes. */
export type RandomBytes = (length: number) => Uint8Array<ArrayBuffer>;

/** Size of an encoding, in bytes. */
export const ELLSWIFT_SIZE = 64;

const COORDINATE_SIZE = 32;

/** The square root of -3 that is itself a square. */
const C = 0xa2d2ba93507f1df233770c2a797962cc61f6d15da14ecd47d8d27ae1cd5f852n;
const HALF = (P + 1n) / 2n;

/** Whether `lift_x(x)` of BIP 340 succeeds: x³ + 7 is a square, so x is the X coordinate of a point. */
export function isValidX(x: bigint): boolean {
  return isSquare(x * x % P * x + 7n);
}

/**
 * *XSwiftEC(u, t)*: the X coordinate that `u` and `t` encode, which may be any non-negative integers.
 *
 * The divisions of the BIP share one inversion: with M = u³ + 7 + t², Y is M / 2tcu, and X/Y is (u³ + 7 - t²)cu / M.
 */
export function xSwiftEC(u: bigint, t: bigint): bigint {
  // If u mod p = 0, let u = 1 instead. If t mod p = 0, let t = 1 instead.
  u = mod(u) || 1n;
  t = mod(t) || 1n;
  const cubic = u * u % P * u + 7n;
  // If (u³ + t² + 7) mod p = 0, let t = 2t (mod p) instead.
  if (mod(cubic + t * t) === 0n) t = mod(2n * t);
  const m = mod(cubic + t * t);
  const cu = C * u % P;
  const tcu = cu * t % P;
  const inverted = inverse(tcu * m);
  const twoY = m * inverted % P * m % P;
  // For every x in {u + 4Y², (-X/Y - u)/2, (X/Y - u)/2}: if lift_x(x) succeeds, return x.
  const x1 = mod(u + twoY * twoY);
  if (isValidX(x1)) return x1;
  const quotient = mod(cubic - t * t) * cu % P * tcu % P * inverted;
  const x2 = mod((-quotient - u) * HALF);
  // There is at least one such x.
  return isValidX(x2) ? x2 : mod((quotient - u) * HALF);
}

/**
 * *XSwiftECInv(x, u, case)*: a `t` with which `u` encodes `x`, or `null` if there is none; the case, from 0 to 7,
 * selects which.
 */
export function xSwiftECInv(x: bigint, u: bigint, which: number): bigint | null {
  const cubic = u * u % P * u + 7n;
  let s: bigint, v: bigint;
  if ((which & 2) === 0) {
    // If lift_x(-x - u) succeeds, return None. Let v = x. Let s = -(u³ + 7)/(u² + uv + v²) (mod p).
    if (isValidX(mod(-x - u))) return null;
    v = x;
    const denominator = mod(u * u + u * v + v * v);
    if (!isSquare(-cubic * denominator)) return null;
    s = mod(-cubic * inverse(denominator));
  } else {
    // Let s = x - u (mod p). If s = 0, return None.
    s = mod(x - u);
    if (s === 0n || !isSquare(s)) return null;
    // Let r be the square root of -s(4(u³ + 7) + 3u²s) (mod p). Return None if it does not exist.
    const radicand = mod(-s * mod(4n * cubic + 3n * u * u % P * s));
    const r = isSquare(radicand) ? sqrt(radicand) : null;
    // If case & 1 = 1 and r = 0, return None. Let v = (r/s - u)/2.
    if (r === null || ((which & 1) === 1 && r === 0n)) return null;
    v = mod((r * inverse(s) - u) * HALF);
  }
  // Let w be the square root of s (mod p). Return None if it does not exist.
  const w = sqrt(s);
  if (w === null) return null;
  // Case & 5 = 0: -w(u(1 - c)/2 + v); 1: w(u(1 + c)/2 + v); 4: w(u(1 - c)/2 + v); 5: -w(u(1 + c)/2 + v).
  const sum = mod(u * ((which & 1) === 0 ? 1n - C : 1n + C) % P * HALF + v);
  return mod((which & 5) === 0 || (which & 5) === 5 ? -w * sum : w * sum);
}

/** *XElligatorSwift(x)*, as bytes: a random encoding of a valid X coordinate, uniformly distributed. */
export function encodeEllSwift(x: Uint8Array, randomBytes: RandomBytes): Uint8Array<ArrayBuffer> {
  const coordinate = toInteger(x);
  for (;;) {
    // Let u be a random integer in range 1..p-1. Let case be a random integer in range 0..7.
    const random = randomBytes(COORDINATE_SIZE + 1);
    const u = toInteger(random.subarray(0, COORDINATE_SIZE));
    const t = u === 0n || u >= P ? null : xSwiftECInv(coordinate, u, (random[COORDINATE_SIZE] ?? 0) & 7);
    if (t !== null) return Uint8Array.fromHex(toHex(u) + toHex(t));
  }
}

/** Decodes 64 bytes to an X coordinate of 32 bytes. */
export function decodeEllSwift(encoding: Uint8Array): Uint8Array<ArrayBuffer> {
  const u = toInteger(encoding.subarray(0, COORDINATE_SIZE));
  const t = toInteger(encoding.subarray(COORDINATE_SIZE));
  return Uint8Array.fromHex(toHex(xSwiftEC(u, t)));
}

/** Bytes in big-endian order as an integer. */
function toInteger(bytes: Uint8Array): bigint {
  return BigInt(`0x${bytes.toHex()}`);
}

/** An integer as 32 bytes in big-endian order, in hex. */
function toHex(integer: bigint): string {
  return integer.toString(16).padStart(2 * COORDINATE_SIZE, "0");
}
