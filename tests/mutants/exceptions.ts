import type { Exception } from "./exception.ts";

/** The mutants that may survive. An exception that fits no mutant any more is reported. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    file: "src/audit/statistics.ts",
    place: "frequencies",
    change: "a < b -> a <= b",
    reason: "no value is there twice",
  },
  {
    file: "src/crypto/ellswift.ts",
    place: "HALF",
    change: "1n -> 2n",
    reason: "p is odd, so the quotient is the same",
  },
  {
    file: "src/crypto/ellswift.ts",
    place: "xSwiftECInv",
    change: "!isSquare(-cubic * denominator) -> false",
    reason: "sqrt() finds the same out, it only takes longer",
  },
  {
    file: "src/crypto/ellswift.ts",
    place: "xSwiftECInv",
    change: "!isSquare(s) -> false",
    reason: "sqrt() finds the same out, it only takes longer",
  },
  {
    file: "src/crypto/ellswift.ts",
    place: "xSwiftECInv",
    change: "isSquare(radicand) -> true",
    reason: "sqrt() finds the same out, it only takes longer",
  },
  {
    file: "src/crypto/field.ts",
    place: "isSquare",
    change: "n >>= BigInt(twos) -> n <<= BigInt(twos)",
    reason: "a factor that is a square changes no Jacobi symbol, it only takes longer",
  },
  {
    file: "src/crypto/key_schedule.ts",
    place: "deriveSessionKeys",
    change: "4 -> 5",
    reason: "HMAC puts zeros after its key anyway",
  },
];
