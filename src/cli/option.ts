/**
 * The definition of an option.
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
  crawl: "Crawl",
  mode: "Modes",
  help: "Help",
} as const;

/** A flag that varies a mode: `demo` runs it on a simulated network, `check` prints a line for a monitoring system. */
export type Variant = "demo" | "check";

/** A flag with which an option can have another default. */
export type DefaultFlag = Variant | Exclude<Mode, "scan">;

/** An option without a value. */
export interface FlagOption {
  /** Its group in the help. */
  readonly group: keyof typeof GROUPS;
  /** The letter of its short form. */
  readonly short?: string;
  /** Its description in the help. */
  readonly help: string;
  /** The modes that take it; all by default. */
  readonly modes?: readonly Mode[];
  /** The variants that do not take it. */
  readonly excludes?: readonly Variant[];
}

/** An option that takes a value of type `T`. */
export interface ValueOption<T> extends FlagOption, Values<T> {
  /** The placeholder of its value in the help. */
  readonly placeholder: string;
  /** The default value, as a user would write it. */
  readonly default?: string;
  /** Other defaults, by the flag with which they apply. */
  readonly defaultWith?: { readonly [F in DefaultFlag]?: string };
  /** The default in words for the help, if there is no `default`. */
  readonly otherwise?: string;
  /** The value if it is given without one; a value must then be joined to it by `=`. */
  readonly bare?: string;
  /** Whether it can be given more than once, each time with another value; otherwise the last one counts. */
  readonly repeatable?: boolean;
  /** The permissions it needs if its value is a file name; `-` needs none. */
  readonly file?: "read" | "write" | "both";
  /** Words that its value can be a comma-separated list of. */
  readonly words?: readonly string[];
}

/** Any option. */
export type Option = FlagOption | ValueOption<unknown>;

/** Whether an option takes a value. */
export function takesValue(option: Option): option is ValueOption<unknown> {
  return "placeholder" in option;
}
