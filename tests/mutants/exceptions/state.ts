import type { Exception } from "../exception.ts";

/** The mutants of `src/state/` that may survive. */
export const STATE: readonly Exception[] = [
  {
    file: "src/state/database.ts",
    place: "HEADER_SIZE",
    changes: ["100 -> 101"],
    reason: "a database has a whole page, of 512 bytes or more",
  },
  {
    file: "src/state/database.ts",
    place: "readHeader",
    changes: ["error instanceof Error -> true"],
    reason: "Deno throws nothing else",
  },
  {
    file: "src/state/errors.ts",
    place: "toStateError",
    changes: ["-1 -> 1", "1 -> 2", "1 -> 0"],
    reason: "nothing is known of these codes either",
  },
  {
    file: "src/state/kept_crawl.ts",
    place: "KeptCrawl.#end",
    changes: ["++count % ADDRESSES_AT_ONCE === 0 -> --count % ADDRESSES_AT_ONCE === 0"],
    reason: "a count from 0 down meets the same multiples",
  },
  {
    file: "src/state/pruning.ts",
    place: "dropExcess",
    changes: ["excess <= 0 -> excess < 0"],
    reason: "a shortcut: a limit of 0 rows takes nothing",
  },
  {
    file: "src/state/reading.ts",
    place: "timeIn",
    changes: ["time === null -> false"],
    reason: "null is later than no time, and is given as it is",
  },
  {
    file: "src/state/runs.ts",
    place: "heightsAndV2",
    changes: ["0n -> 1n #1"],
    reason: "the bit is another than the one that is looked at",
  },
  {
    file: "src/state/state.ts",
    place: "State.#startedAt",
    reason: "a run sets it when it begins, and nothing is written before",
  },
  {
    file: "src/state/state.ts",
    place: "State.#write",
    changes: ["!(reason instanceof StateError) -> false"],
    reason: "an open database throws nothing but errors of SQLite",
  },
];
