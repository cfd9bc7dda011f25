/**
 * The field over which secp256k1 is defined: the integers modulo p = 2^256 - 2^32 - 977. Nothing here is constant-time,
 * so it must not be used with secrets; what BIP 324 encodes and decodes with it is public.
 *
 * Source: SEC 2, section 2.4.1; the addition chain is libsecp256k1's (`field_impl.h`, `secp256k1_fe_sqrt`).
 *
 * @module
 */

/** The prime p. */
export const P: bigint = 2n ** 256n - 2n ** 32n - 977n;

/** An integer's representative from 0 to p - 1. */
export function mod(a: bigint): bigint {
  const remainder = a % P;
  return remainder < 0n ? remainder + P : remainder;
}

/** The inverse of `a`, by Euclid's extended algorithm; 0 for 0, which has none. */
export function inverse(a: bigint): bigint {
  let [r, nextR] = [P, mod(a)];
  let [t, nextT] = [0n, 1n];
  while (nextR !== 0n) {
    const quotient = r / nextR;
    [r, nextR] = [nextR, r - quotient * nextR];
    [t, nextT] = [nextT, t - quotient * nextT];
  }
  return mod(t);
}

/**
 * Whether `a` is a square, by the Jacobi symbol, which takes a third of the time of finding the root. 0 is a square.
 */
export function isSquare(a: bigint): boolean {
  let [n, k] = [mod(a), P];
  let lowK = Number(P & 7n);
  let result = true;
  while (n !== 0n) {
    const low = Number(n & 0xffff_ffffn);
    if ((low & 0xfff_ffff) === 0) {
      // An even number of twos does not change the symbol; the bits that remain of `low` below are the ones that
      // matter.
      n >>= 28n;
      continue;
    }
    const twos = 31 - Math.clz32(low & -low);
    const lowN = (low >> twos) & 7;
    n >>= BigInt(twos);
    // (2/k) is -1 for k = 3 or 5 modulo 8; (n/k) is -(k/n) if both are 3 modulo 4.
    if (twos % 2 === 1 && (lowK === 3 || lowK === 5)) result = !result;
    if ((lowN & lowK & 3) === 3) result = !result;
    [n, k, lowK] = [k % n, n, lowN];
  }
  return result;
}

/** The square root as in BIP 324, the one that is itself a square: a^((p + 1) / 4); `null` if `a` has none. */
export function sqrt(a: bigint): bigint | null {
  const x1 = mod(a);
  // In binary, (p + 1) / 4 is 223 ones, 0, 22 ones, 0000, 11, 00; xN is a to the power of N ones.
  const x2 = square(x1, 1) * x1 % P;
  const x3 = square(x2, 1) * x1 % P;
  const x6 = square(x3, 3) * x3 % P;
  const x9 = square(x6, 3) * x3 % P;
  const x11 = square(x9, 2) * x2 % P;
  const x22 = square(x11, 11) * x11 % P;
  const x44 = square(x22, 22) * x22 % P;
  const x88 = square(x44, 44) * x44 % P;
  const x176 = square(x88, 88) * x88 % P;
  const x220 = square(x176, 44) * x44 % P;
  const x223 = square(x220, 3) * x3 % P;
  const root = square(square(square(x223, 23) * x22 % P, 6) * x2 % P, 2);
  return root * root % P === x1 ? root : null;
}

/** `a`, from 0 to p - 1, squared `times` times. */
function square(a: bigint, times: number): bigint {
  let power = a;
  for (let i = 0; i < times; i++) power = power * power % P;
  return power;
}
