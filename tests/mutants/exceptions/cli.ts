import type { Exception } from "../exception.ts";

/** The mutants of `src/cli/` that may survive. */
export const CLI: readonly Exception[] = [
  {
    file: "src/cli/",
    changes: ["EXIT_SUCCESS -> Promise.resolve(0)"],
    reason: "the status of success is 0",
  },
  {
    file: "src/cli/decode.ts",
    place: "HEAD_SIZE",
    changes: ["4 -> 5"],
    reason: "an encoding that four bytes tell, five tell too",
  },
  {
    file: "src/cli/decode.ts",
    place: "decodedLines",
    changes: [
      "last.length > MAX_LINE_LENGTH -> true",
      "last.length > MAX_LINE_LENGTH -> last.length >= MAX_LINE_LENGTH",
      "1 -> 2",
    ],
    reason: "a line that is short enough is cut to what it is, and a longer one somewhere after the limit",
  },
  {
    file: "src/cli/decode.ts",
    place: "decoded",
    changes: ["decoder !== null -> true"],
    reason: "there is always a first piece, if only an empty one",
  },
  {
    file: "src/cli/decode.ts",
    place: "withWholeHead",
    changes: ["head !== null -> true", "bytes.length < HEAD_SIZE -> bytes.length <= HEAD_SIZE"],
    reason: "in which pieces the bytes come does not matter after the head",
  },
  {
    file: "src/cli/decode.ts",
    place: "Decoder.decode",
    changes: ["2 -> 3"],
    reason: "only whether there is a second part matters",
  },
  {
    file: "src/cli/output.ts",
    place: "GATHERING",
    reason: "how long output is gathered makes a difference to speed alone",
  },
  {
    file: "src/cli/perform.ts",
    place: "report",
    changes: ["results.full -> true"],
    reason: "waiting for every write makes a difference to speed alone",
  },
  {
    file: "src/cli/progress.ts",
    place: "INTERVAL",
    reason: "nobody sees a difference of a hundredth",
  },
  {
    file: "src/cli/remarks.ts",
    place: "failureCounts",
    changes: ["a < b -> a <= b"],
    reason: "no code is there twice",
  },
  {
    file: "src/cli/start.ts",
    place: "isWithoutJsr",
    changes: ['"code" in error -> true'],
    reason: "an error without a code has not that one either",
  },
  {
    file: "src/cli/state_file.ts",
    place: "requireContent",
    changes: ["!(error instanceof Error) -> false"],
    reason: "Deno throws nothing else",
  },
  {
    file: "src/cli/target_file.ts",
    place: "fileTargets",
    changes: ["!(error instanceof TargetError) -> false"],
    reason: "reading a target throws nothing else",
  },
  {
    file: "src/cli/target_file.ts",
    place: "isPipe",
    changes: ['throw readError("targets", name, error)'],
    reason: "what cannot be looked at cannot be opened either, which says so",
  },
  {
    file: "src/cli/targets.ts",
    place: "MAX_AHEAD",
    reason: "how far reading may be ahead bounds the memory, to within one target",
  },
  {
    file: "src/cli/targets.ts",
    place: "collectTargets",
    changes: ["full !== undefined -> true"],
    reason: "waiting for nothing makes a difference to speed alone",
  },
  {
    file: "src/cli/trace.ts",
    place: "tracer",
    changes: ["undefined -> Promise.resolve(undefined)"],
    reason: "an asynchronous function makes a promise of either",
  },
];
