import type { Exception } from "../exception.ts";

/** The mutants of `src/session/` that may survive. */
export const SESSION: readonly Exception[] = [
  {
    file: "src/session/bounded_input.ts",
    place: "BoundedInput.receive",
    changes: ["bytes.length <= this.#left -> bytes.length < this.#left", "isWithin -> false", "!isWithin -> true"],
    reason: "of bytes within the limit none are beyond it: a shortcut, which also keeps no hold of their buffer",
  },
  {
    file: "src/session/session.ts",
    place: "Session.#now",
    changes: ["0n -> 1n"],
    reason: "the time comes with the first bytes, before it is used",
  },
  {
    file: "src/session/session.ts",
    place: "Session.#enqueue",
    changes: ["this.#queue.length === 0 -> false"],
    reason: "a shortcut: what is put after nothing stays as it is",
  },
  {
    file: "src/session/session.ts",
    place: "Session.#sendNext",
    changes: ["this.#queue.length === 1 -> false", "1 -> 0"],
    reason: "a shortcut: what is left of one message is nothing",
  },
];
