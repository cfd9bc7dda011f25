/**
 * Completions for bash 3.2 and later, which do not need the bash-completion package.
 *
 * @module
 */

import { type Completion, COMPLETIONS, PROGRAM } from "./completion.ts";

/** The script. */
export function bashCompletions(): string {
  const names = COMPLETIONS.flatMap(({ long, short }) => [...short === undefined ? [] : [`-${short}`], `--${long}`]);
  return `# ${PROGRAM} completions for bash. Save them where bash finds them, and open a new shell:
#   ${PROGRAM} --completions bash > ~/.local/share/bash-completion/completions/${PROGRAM}
# Without the bash-completion package, add this to ~/.bashrc:
#   source <(${PROGRAM} --completions bash)

_bitcoin_p2p_handshake() {
  local word=\${COMP_WORDS[COMP_CWORD]} option=\${COMP_WORDS[COMP_CWORD-1]} before="" kind="" words="" i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    [[ \${COMP_WORDS[i]} == -- ]] && return
  done

  # --option=value: three words if bash breaks words at =, otherwise one. Only the value is completed in both.
  if [[ $word == = ]]; then
    option+="=" word=""
  elif [[ $option == = ]]; then
    option=\${COMP_WORDS[COMP_CWORD-2]}=
  elif [[ $word == --*=* ]]; then
    option=\${word%%=*}= before=\${word%%=*}= word=\${word#*=}
  elif [[ $option == -[!-]* ]]; then
    option=-\${option: -1}
  fi

  case $option in
${COMPLETIONS.flatMap(valueCase).join("\n")}
  *=) return ;;
  *)
    if [[ $word == -* ]]; then kind=word words="${names.join(" ")}"; fi
    ;;
  esac

  case $kind in
  word) ;;
  list)
    before+=\${word%"\${word##*,}"} word=\${word##*,}
    compopt -o nospace 2>/dev/null
    ;;
  file)
    local IFS=$'\\n'
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -P "$before" -- "$word"))
    return
    ;;
  *) return ;;
  esac
  COMPREPLY=($(compgen -W "$words" -P "$before" -- "$word"))
}

complete -F _bitcoin_p2p_handshake ${PROGRAM}`;
}

/** The case for an option with a value; no lines for one without. */
function valueCase({ long, short, value, joined }: Completion): string[] {
  if (value === null) return [];
  const apart = joined ? [] : [...short === undefined ? [] : [`-${short}`], `--${long}`];
  const words = value.words.length === 0 ? "" : ` words="${value.words.join(" ")}"`;
  return [`  ${[...apart, `--${long}=`].join(" | ")}) kind=${value.kind}${words} ;;`];
}
