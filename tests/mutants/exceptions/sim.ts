import type { Exception } from "../exception.ts";

/** The mutants of `src/sim/` that may survive. */
export const SIM: readonly Exception[] = [
  {
    file: "src/sim/hostile/",
    operator: "number",
    reason: "the peers are test cases, and one byte or message more or less makes another one of the same kind",
  },
];
