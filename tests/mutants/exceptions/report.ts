import type { Exception } from "../exception.ts";

/** The mutants of `src/report/` that may survive. */
export const REPORT: readonly Exception[] = [
  {
    file: "src/report/check/scan.ts",
    place: "clockProblem",
    changes: ["timeoffset > 0 -> timeoffset >= 0", "0 -> 1"],
    reason: "the offset is more than 70 minutes there",
  },
  {
    file: "src/report/html/histogram.ts",
    place: "column",
    changes: ["1.5 -> 3"],
    reason: "any height that can be seen will do",
  },
  {
    file: "src/report/html/histogram.ts",
    place: "timeMark",
    changes: ["x > RIGHT - 1 -> x >= RIGHT - 1", "1 -> 2"],
    reason: "the last mark is at the right end, but for rounding, and the others are far from it",
  },
  {
    file: "src/report/html/histogram.ts",
    place: "medianMark",
    changes: ["x > (LEFT + RIGHT) / 2 -> x >= (LEFT + RIGHT) / 2"],
    reason: "in the middle there is as much room on either side",
  },
  {
    file: "src/report/html/lines.ts",
    place: "plot",
    changes: ["0 -> 1 #1", "0 -> 1 #2"],
    reason: "a chart has a time; the compiler does not know",
  },
  {
    file: "src/report/html/peers.ts",
    place: "MAX_ROWS_SIZE",
    reason: "a character more or less in 5 MB",
  },
  {
    file: "src/report/html/stats.ts",
    place: "LEAST_TIME",
    reason: "it only needs to be in the decade from 0.1 on",
  },
  {
    file: "src/report/html/stats.ts",
    place: "heightClasses",
    changes: ["0 -> 1 #1"],
    reason: "without a median there is no height to compare with it",
  },
  {
    file: "src/report/html/stats.ts",
    place: "ticks",
    changes: ["1 -> 2 #1", "4 -> 5", "4 -> 3"],
    reason: "where the search for the step begins: the step that is found is the same",
  },
  {
    file: "src/report/html/stats.ts",
    place: "round",
    changes: ["value < 100 -> value <= 100", "100 -> 101"],
    reason: "from 100 to 101 three digits are all before the point",
  },
  {
    file: "src/report/records/audit.ts",
    place: "worstFirst",
    changes: ["1 -> 2"],
    reason: "any rate below 0 comes before all others",
  },
];
