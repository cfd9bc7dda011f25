/**
 * The options of the command line. One definition determines an option's parsing, errors, help and completion.
 *
 * @module
 */

import { type Option, takesValue } from "./option.ts";
import { ANNOUNCE_OPTIONS } from "./options/announce.ts";
import { CONNECT_OPTIONS } from "./options/connect.ts";
import { CRAWL_OPTIONS } from "./options/crawl.ts";
import { HELP_OPTIONS } from "./options/help.ts";
import { MODE_OPTIONS } from "./options/mode.ts";
import { OUTPUT_OPTIONS } from "./options/output.ts";
import { TARGET_OPTIONS } from "./options/target.ts";

/** All options, by long name, in the order of the help. */
export const OPTIONS = {
  ...TARGET_OPTIONS,
  ...ANNOUNCE_OPTIONS,
  ...CONNECT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...CRAWL_OPTIONS,
  ...MODE_OPTIONS,
  ...HELP_OPTIONS,
} as const;

type Options = typeof OPTIONS;

/** The long name of an option that takes a value. */
export type ValueName = { [N in keyof Options]: Options[N] extends { placeholder: string } ? N : never }[keyof Options];

/** The long name of an option that takes none. */
export type FlagName = Exclude<keyof Options, ValueName>;

type Parsed<N extends ValueName> = NonNullable<ReturnType<Options[N]["parse"]>>;

type RepeatableName = { [N in ValueName]: Options[N] extends { repeatable: true } ? N : never }[ValueName];

type NameWithDefault = { [N in ValueName]: Options[N] extends { default: string } ? N : never }[ValueName];

/** A parsed and checked command line. */
export type CommandLine =
  & { readonly [N in NameWithDefault]: Parsed<N> }
  & { readonly [N in Exclude<ValueName, NameWithDefault | RepeatableName>]: Parsed<N> | undefined }
  & { readonly [N in RepeatableName]: readonly Parsed<N>[] }
  & { readonly [N in FlagName]: boolean }
  & {
    /** The targets, in order. */
    readonly seeds: readonly string[];
    /** The long names of the options given. */
    readonly given: ReadonlySet<string>;
  };

/** All options with their long names, in the order of the help. */
export const OPTION_LIST: readonly [name: keyof Options, option: Option][] = (Object.keys(OPTIONS) as (keyof Options)[])
  .map((name) => [name, OPTIONS[name]]);

/** The long names of the options that take a value. */
export const VALUE_NAMES = OPTION_LIST.filter(([, option]) => takesValue(option)).map(([name]) => name as ValueName);

/** The long names of the options that take none. */
export const FLAG_NAMES = OPTION_LIST.filter(([, option]) => !takesValue(option)).map(([name]) => name as FlagName);
