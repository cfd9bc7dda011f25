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
  {
    file: "src/audit/name_criteria.ts",
    place: "uselessness",
    changes: ["name === undefined -> false"],
    reason: "there is a reason to give only if there is such a name",
  },
  {
    file: "src/audit/routes.ts",
    place: "hasRoute",
    changes: ["peer.network === null -> false"],
    reason: "null is none of the networks without a route",
  },
];
