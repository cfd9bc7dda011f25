/**
 * What a shell needs to know to complete an option.
 *
 * @module
 */

import { takesValue } from "../option.ts";
import { OPTION_LIST } from "../options.ts";

/** The name of the program. */
export const PROGRAM = "bitcoin-p2p-handshake";

/** An option as a shell sees it. */
export interface Completion {
  /** Its long form, without hyphens. */
  readonly long: string;
  /** The letter of its short form. */
  readonly short?: string;
  /** Its description. */
  readonly help: string;
  /** Its value; `null` if it takes none. */
  readonly value: CompletionValue | null;
  /** Whether a value must be joined to it by `=`. */
  readonly joined: boolean;
  /** Whether it can be given more than once. */
  readonly repeatable: boolean;
}

/** The value of an option. */
export interface CompletionValue {
  /** Its placeholder in the help. */
  readonly placeholder: string;
  /** Whether it is one of `words`, a list of them, a file name, or anything. */
  readonly kind: "word" | "list" | "file" | "any";
  /** The words. */
  readonly words: readonly string[];
}

/** All options. */
export const COMPLETIONS: readonly Completion[] = OPTION_LIST.map(([long, option]) => {
  const { short, help } = option;
  const named = { long, help, ...short === undefined ? {} : { short } };
  if (!takesValue(option)) return { ...named, value: null, joined: false, repeatable: false };
  const { placeholder, choices, words, file, bare, repeatable = false } = option;
  const kind = choices !== undefined ? "word" : words !== undefined ? "list" : file !== undefined ? "file" : "any";
  const value = { placeholder, kind, words: choices ?? words ?? [] } as const;
  return { ...named, value, joined: bare !== undefined, repeatable };
});
