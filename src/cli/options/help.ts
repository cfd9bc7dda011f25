/**
 * The options that print information about the program.
 *
 * @module
 */

import { oneOf } from "../../wire/argument.ts";
import type { Option } from "../option.ts";
import { word } from "../values.ts";

/** By long name, in the order of the help. */
export const HELP_OPTIONS = {
  completions: {
    group: "help",
    placeholder: "SHELL",
    help: "Print completions for a shell",
    ...word(oneOf("bash", "zsh", "fish")),
  },
  help: { group: "help", short: "h", help: "Print help" },
  version: { group: "help", short: "V", help: "Print version" },
} as const satisfies Record<string, Option>;
