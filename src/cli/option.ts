/**
 * What the definition of an option says.
 *
 * @module
 */

import type { Mode } from "./modes.ts";
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

/** A flag that varies what a mode does: `demo` has it done on a simulated network. */
export type Variant = "demo";

/** An option that is given or not. */
export interface FlagOption {
  /** Where the help has it. */
  readonly group: keyof typeof GROUPS;
  /** The letter of its short form. */
  readonly short?: string;
  /** What it is for. */
  readonly help: string;
  /** The modes that take it; all of them when not given. */
  readonly modes?: readonly Mode[];
  /** The variants that do not take it. */
  readonly excludes?: readonly Variant[];
}

/** An option that takes a value of type `T`. */
export interface ValueOption<T> extends FlagOption, Values<T> {
  /** What stands for its value in the help. */
  readonly placeholder: string;
  /** The value when it is not given, as one would write it. */
  readonly default?: string;
  /** The same under flags with which it is another one. */
  readonly defaultWith?: { readonly [V in Variant]?: string };
  /** What holds when it is not given and has no `default`, in words for the help. */
  readonly otherwise?: string;
  /** The value when it is given without one, which then can only be joined to it by `=`. */
  readonly bare?: string;
  /** Whether it can be given more than once, each time for one more value; else the last one counts. */
  readonly repeatable?: boolean;
  /** Where its value is the name of a file, the permission that this takes; `-` needs none. */
  readonly file?: "read" | "write";
  /** Words of which its value can be a list, with commas between them. */
  readonly words?: readonly string[];
}

/** Any option. */
export type Option = FlagOption | ValueOption<unknown>;

/** Whether an option takes a value. */
export function takesValue(option: Option): option is ValueOption<unknown> {
  return "placeholder" in option;
}
