/**
 * What a shell needs to know of an option to complete it.
 *
 * @module
 */

import { takesValue } from "../option.ts";
import { OPTION_LIST } from "../options.ts";

/** The name of the program that is completed. */
export const PROGRAM = "bitcoin-p2p-handshake";

/** An option as a shell sees it. */
export interface Completion {
  /** Its long form, without the hyphens. */
  readonly long: string;
  /** The letter of its short form. */
  readonly short?: string;
  /** What it is for. */
  readonly help: string;
  /** What is completed after it; `null` when it takes no value. */
  readonly value: CompletionValue | null;
  /** Whether a value can only be joined to it by `=`. */
  readonly joined: boolean;
  /** Whether it can be given more than once. */
  readonly repeatable: boolean;
}

/** The value of an option. */
export interface CompletionValue {
  /** What stands for it in the help. */
  readonly placeholder: string;
  /** Whether it is one of `words`, a list of them, the name of a file, or anything. */
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
