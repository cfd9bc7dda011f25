/**
 * What an option is.
 *
 * @module
 */

import type { Values } from "./values.ts";

/** The groups of the help, in its order, with their headings. */
export const GROUPS = {
  target: "Targets",
  announce: "What we announce",
  how: "How to connect",
  output: "Output",
  mode: "Modes",
  help: "Help",
} as const;

/** An option that chooses what to do in place of a scan. */
export type Mode = "audit" | "demo";

/** An option that is given or not. */
export interface FlagOption {
  /** Where the help has it. */
  readonly group: keyof typeof GROUPS;
  /** The letter of its short form. */
  readonly short?: string;
  /** What it is for. */
  readonly help: string;
  /** The mode without which it makes no sense. */
  readonly needs?: Mode;
  /** The modes that do not take it. */
  readonly excludes?: readonly Mode[];
}

/** An option that takes a value of type `T`. */
export interface ValueOption<T> extends FlagOption, Values<T> {
  /** What stands for its value in the help. */
  readonly placeholder: string;
  /** The value when it is not given, as one would write it. */
  readonly default?: string;
  /** The value under `--demo` when it is not given, where that is another one. */
  readonly demoDefault?: string;
  /** What holds when it is not given and has no `default`, in words for the help. */
  readonly otherwise?: string;
  /** The value when it is given without one, which then can only be joined to it by `=`. */
  readonly bare?: string;
  /** Whether it can be given more than once, each time for one more value; else the last one counts. */
  readonly repeatable?: boolean;
  /** Whether its value is the name of a file. */
  readonly file?: boolean;
  /** Words of which its value can be a list, with commas between them. */
  readonly words?: readonly string[];
}

/** Whether an option takes a value. */
export function takesValue(option: ValueOption<unknown> | FlagOption): option is ValueOption<unknown> {
  return "placeholder" in option;
}
