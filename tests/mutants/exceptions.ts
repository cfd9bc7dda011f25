import type { Exception } from "./exception.ts";

/** The mutants that may survive. An exception that fits no mutant any more is reported. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    file: "src/crypto/ellswift.ts",
    place: "HALF",
    change: "1n -> 2n",
    reason: "p is odd, so the quotient is the same",
  },
  {
    file: "src/crypto/field.ts",
    place: "isSquare",
    change: "n >>= BigInt(twos) -> n <<= BigInt(twos)",
    reason: "a factor that is a square changes no Jacobi symbol, it only takes longer",
  },
];
