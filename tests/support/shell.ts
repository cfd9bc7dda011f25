/**
 * Commands in a text, as a shell would take them apart.
 *
 * @module
 */

/** A command. */
export interface ShellCommand {
  /** Its words, without quotes. */
  readonly words: readonly string[];
  /** Those of them that a shell takes for a pattern or a comment: zsh refuses a pattern that no file fits. */
  readonly patterns: readonly string[];
  /** The command that gets its output by a pipe; `null` without one. */
  readonly next: ShellCommand | null;
}

/** How the commands begin that are looked for: Deno, our binary, and what takes our output apart. */
const BEGINNING = /(?<![\w./-])(?:npx -y deno|deno|dist\/bitcoin-p2p-handshake|jq)(?= )/g;

/** What ends a command, with what is redirected, or a word. */
const TOKEN = /[^\S\n]*(?:(\n|\d*[<>]|[|&;()])|((?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\|&;<>()])+))/y;

const QUOTED = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/g;

/** The commands in a text, wherever they stand in it. */
export function commandsIn(text: string): ShellCommand[] {
  // A line that ends in a pipe or a backslash goes on in the next.
  const lines = text.replaceAll(/\|\n\s*/g, "| ").replaceAll(/\\\n\s*/g, " ");
  return Array.from(lines.matchAll(BEGINNING), ({ index }) => commandAt(lines, index));
}

function commandAt(text: string, start: number): ShellCommand {
  const words: string[] = [];
  const patterns: string[] = [];
  TOKEN.lastIndex = start;
  for (;;) {
    const [, end, word] = TOKEN.exec(text) ?? [];
    if (word === undefined) {
      return { words, patterns, next: end === "|" ? commandAt(text, TOKEN.lastIndex) : null };
    }
    words.push(word.replaceAll(QUOTED, (_, single, double, escaped) => single ?? double ?? escaped));
    if (/[[\]*?{}]|^[#~]/.test(word.replaceAll(QUOTED, ""))) patterns.push(word);
  }
}
