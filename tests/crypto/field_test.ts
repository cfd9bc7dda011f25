import { assert, assertEquals } from "@std/assert";
import { inverse, isSquare, mod, P, sqrt } from "../../src/crypto/field.ts";
import { Random } from "../support/random.ts";

/** A number to a power, bit by bit. */
function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, mod(base)];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = result * square % P;
    square = square * square % P;
  }
  return result;
}

/** Small and large numbers, powers of two and their neighbours, long runs of bits: where carries and shifts go wrong. */
function* numbers(): Generator<bigint> {
  for (let i = 0n; i <= 20n; i++) yield* [i, P - 1n - i];
  for (let bits = 5n; bits <= 256n; bits++) {
    for (const near of [-1n, 0n, 1n]) yield mod(2n ** bits + near);
    yield mod(P - 2n ** bits);
    yield mod(P >> bits);
    yield mod((2n ** bits - 1n) << (256n - bits));
  }
  yield* [(P - 1n) / 2n, (P + 1n) / 2n, (P + 1n) / 4n, (P - 1n) / 3n, 2n ** 32n + 977n];
  // Numbers that are 5 or 3 modulo 8 and leave many zero bits when p is divided by them.
  for (let bits = 20n; bits <= 90n; bits++) {
    for (const divisor of [3n, 5n]) {
      for (const m of [1n, 3n, 5n, 7n, 9n]) if ((P - (m << bits)) % divisor === 0n) yield (P - (m << bits)) / divisor;
    }
  }
  const random = new Random(324);
  for (let i = 0; i < 300; i++) yield mod(BigInt(`0x${random.bytes(32).toHex()}`));
}

Deno.test("mod() gives the representative from 0 to p - 1 of any integer", () => {
  const cases: readonly (readonly [bigint, bigint])[] = [
    [0n, 0n],
    [P, 0n],
    [-P, 0n],
    [P - 1n, P - 1n],
    [-1n, P - 1n],
    [P + 1n, 1n],
    [2n ** 256n - 1n, 2n ** 32n + 976n],
    [-(2n ** 256n), P - 2n ** 32n - 977n],
  ];
  for (const [integer, representative] of cases) assertEquals(mod(integer), representative, `${integer}`);
});

Deno.test("P is the field of secp256k1: its generator is on the curve", () => {
  const x = 0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798n;
  const y = 0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8n;
  assertEquals(mod(y * y), mod(x * x * x + 7n));
});

Deno.test("A number times its inverse is 1, and the inverse of 0 is 0", () => {
  assertEquals([inverse(0n), inverse(P)], [0n, 0n]);
  for (const a of numbers()) {
    const inverted = inverse(a);
    assert(inverted >= 0n && inverted < P, `${a}`);
    assertEquals(mod(a * inverted), a === 0n ? 0n : 1n, `${a}`);
    assertEquals(inverse(a - P), inverted, `${a} - p`);
  }
});

Deno.test("isSquare() says what Euler's criterion says", () => {
  let squares = 0;
  for (const a of numbers()) {
    const square = power(a, (P - 1n) / 2n) !== P - 1n;
    assertEquals(isSquare(a), square, `${a}`);
    assertEquals(isSquare(a - P), square, `${a} - p`);
    if (square) squares++;
  }
  assert(squares > 500);
});

Deno.test("sqrt() gives the root that is a square itself, of squares alone", () => {
  for (const a of numbers()) {
    const root = sqrt(a);
    assertEquals(root === null, !isSquare(a), `${a}`);
    assertEquals(sqrt(a * a), isSquare(a) ? a : P - a, `${a}²`);
    if (root === null) continue;
    assertEquals([mod(root * root), isSquare(root)], [a, true], `${a}`);
    assertEquals(root, power(a, (P + 1n) / 4n), `${a}`);
  }
});
