import type { Exception } from "../exception.ts";

/** The mutants of `src/handshake/` that may survive. */
export const HANDSHAKE: readonly Exception[] = [
  {
    file: "src/handshake/handshake.ts",
    place: "Handshake.#receiveVersion",
    changes: ["version.timestamp > 0n -> version.timestamp >= 0n"],
    reason: "0 stays 0",
  },
  {
    file: "src/handshake/handshake.ts",
    place: "Handshake.#completeWithVerack",
    operator: "result",
    changes: ["NOTHING -> []"],
    reason: "an empty array is like another",
  },
];
