import type { Exception } from "../exception.ts";

/** The mutants of `src/audit/` that may survive. */
export const AUDIT: readonly Exception[] = [
  {
    file: "src/audit/api.ts",
    place: "ownSeeds",
    changes: ["0 -> 1"],
    reason: "no chain has a single seed",
  },
  {
    file: "src/audit/findings.ts",
    place: "examine",
    changes: ["0 -> 1 #2"],
    reason: "if no peer has a height, none is compared",
  },
  {
    file: "src/audit/findings.ts",
    place: "addressesOf",
    changes: ["0 -> 1 #1"],
    reason: "the addresses are told apart by their hosts alone, so any port will do",
  },
];
