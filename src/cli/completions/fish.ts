/**
 * Completions for fish.
 *
 * @module
 */

import { type Completion, COMPLETIONS, type CompletionValue, PROGRAM } from "./completion.ts";

/** The script. */
export function fishCompletions(): string {
  return `# ${PROGRAM} completions for fish. Save them where fish finds them:
#   ${PROGRAM} --completions fish > ~/.config/fish/completions/${PROGRAM}.fish

complete -c ${PROGRAM} -f
${COMPLETIONS.map(optionLine).join("\n")}`;
}

function optionLine({ long, short, help, value, joined }: Completion): string {
  const names = `${short === undefined ? "" : ` -s ${short}`} -l ${long}`;
  return `complete -c ${PROGRAM}${names}${value === null ? "" : valueFlags(value, joined)} -d ${quoted(help)}`;
}

/** `-r` requires a value, `-x` one that is not a file. */
function valueFlags({ kind, words }: CompletionValue, optional: boolean): string {
  const flag = optional ? "" : kind === "file" ? " -r -F" : " -x";
  const list = quoted(words.join(" "));
  return `${flag}${
    words.length === 0 ? "" : ` -a ${kind === "list" ? quoted(`(__fish_append , ${words.join(" ")})`) : list}`
  }`;
}

/** A text in single quotes, in which only quotes and backslashes are escaped. */
function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}
