import type { Exception } from "../exception.ts";

/** The mutants of `src/audit/` that may survive. */
export const AUDIT: readonly Exception[] = [
  {
    file: "src/audit/api.ts",
    place: "ownSeeds",
    changes: ["0 -> 1"],
    reason: "no chain has a single seed",
  },
];
