/**
 * Completions for zsh.
 *
 * @module
 */

import { type Completion, COMPLETIONS, type CompletionValue, PROGRAM } from "./completion.ts";

/** The script. */
export function zshCompletions(): string {
  return `#compdef ${PROGRAM}
# ${PROGRAM} completions for zsh. Save them in a directory in $fpath, and open a new shell:
#   ${PROGRAM} --completions zsh > ~/.zfunc/_${PROGRAM}
# Or add this to ~/.zshrc, after compinit:
#   source <(${PROGRAM} --completions zsh)

_${PROGRAM}() {
  _arguments -s -S : \\
${[...COMPLETIONS.map(optionSpec), "'*:DNS_SEED: '"].map((spec) => `    ${spec}`).join(" \\\n")}
}

if [[ $funcstack[1] == _${PROGRAM} ]]; then
  _${PROGRAM} "$@"
else
  compdef _${PROGRAM} ${PROGRAM}
fi`;
}

/** The option as a spec for `_arguments`: `+` and `=` say how a value can be joined to it. */
function optionSpec({ long, short, help, value, joined, repeatable }: Completion): string {
  const text = `[${help.replace(/[\\\]:[]/g, "\\$&")}]${value === null ? "" : valueSpec(value, joined)}`;
  const longForm = `--${long}${value === null ? "" : joined ? "=-" : "="}`;
  if (short === undefined) return quoted(`${repeatable ? "*" : ""}${longForm}${text}`);
  const shortForm = `-${short}${value === null ? "" : "+"}`;
  return `'(-${short} --${long})'{${shortForm},${longForm}}${quoted(text)}`;
}

function valueSpec({ placeholder, kind, words }: CompletionValue, optional: boolean): string {
  const message = `${optional ? "::" : ":"}${placeholder.replaceAll(":", "\\:")}`;
  const action = {
    word: `(${words.join(" ")})`,
    list: `_sequence compadd - ${words.join(" ")}`,
    file: "_files",
    any: " ",
  };
  return `${message}:${action[kind]}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
