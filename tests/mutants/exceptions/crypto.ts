import type { Exception } from "../exception.ts";

/** The mutants of `src/crypto/` that may survive. */
export const CRYPTO: readonly Exception[] = [
  {
    file: "src/crypto/ed25519.ts",
    place: "SMALL_ORDER",
    changes: ["1n -> 0n", "1n -> 2n", "P - 1n -> P + 1n"],
    reason: "the x of these two points is 0, which Euler's criterion refuses too",
  },
  {
    file: "src/crypto/ed25519.ts",
    place: "readLittleEndian",
    changes: ["0n -> 1n"],
    reason: "the bit is above those that are kept",
  },
  {
    file: "src/crypto/ed25519.ts",
    place: "isSquare",
    changes: ["1n -> 0n"],
    reason: "p is odd, so the quotient is the same",
  },
  {
    file: "src/crypto/ellswift.ts",
    place: "HALF",
    changes: ["1n -> 2n"],
    reason: "p is odd, so the quotient is the same",
  },
  {
    file: "src/crypto/ellswift.ts",
    place: "xSwiftECInv",
    changes: ["!isSquare(-cubic * denominator) -> false", "!isSquare(s) -> false", "isSquare(radicand) -> true"],
    reason: "sqrt() finds the same out, it only takes longer",
  },
  {
    file: "src/crypto/field.ts",
    place: "isSquare",
    changes: ["n >>= BigInt(twos) -> n <<= BigInt(twos)"],
    reason: "a factor that is a square changes no Jacobi symbol, it only takes longer",
  },
  {
    file: "src/crypto/key_schedule.ts",
    place: "deriveSessionKeys",
    changes: ["4 -> 5"],
    reason: "HMAC puts zeros after its key anyway",
  },
  {
    file: "src/crypto/sha3.ts",
    place: "sha3_256",
    changes: ["50 -> 51"],
    reason: "no word after the 50th is used",
  },
  {
    file: "src/crypto/sha3.ts",
    place: "permute",
    changes: ["10 -> 11", "50 -> 51", "50 -> 49", "y < 50 -> y <= 50", "x < 10 -> x <= 10"],
    reason: "the last row begins at 40, and a write after the end of an array does nothing",
  },
  {
    file: "src/crypto/sha3.ts",
    place: "mixColumns",
    changes: ["10 -> 11", "10 -> 9", "50 -> 51", "50 -> 49", "y < 50 -> y <= 50", "x < 10 -> x <= 10"],
    reason: "the last column begins at 8 and the last row at 40, and a write after the end of an array does nothing",
  },
  {
    file: "src/crypto/sha3.ts",
    place: "moveLanes",
    changes: ["32 -> 33", "32 -> 31", "bits >= 32 -> bits > 32"],
    reason: "no lane is rotated by 31 or 32 bits",
  },
];
