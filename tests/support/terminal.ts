/**
 * Running the program on a pseudo-terminal.
 *
 * @module
 */

import { programCommand, runCommand } from "./program.ts";

/** How to run the program on a terminal. */
export interface TerminalOptions {
  /** Variables of its environment, as `env` takes them; without colours switched off by default. */
  readonly env?: string;
  /** The width of the terminal; unknown by default. */
  readonly columns?: number | undefined;
  /** What follows the command on the shell's line. */
  readonly after?: string;
  /** The permissions, as flags of `deno run`; `--allow-net` by default. */
  readonly permissions?: readonly string[];
}

/** Whether the `script` of util-linux is available, which runs a command on a pseudo-terminal. */
export const HAS_TERMINAL = Deno.build.os === "linux" && await hasScript();

async function hasScript(): Promise<boolean> {
  try {
    const { stdout } = await new Deno.Command("script", { args: ["--version"], stderr: "null" }).output();
    return new TextDecoder().decode(stdout).includes("util-linux");
  } catch {
    return false;
  }
}

/** Gives `script` an input that never ends: at its end it would send a ^D, and might exit before the program. */
const ON_TERMINAL =
  'pipe=$(mktemp -u) && mkfifo "$pipe" && exec 3<>"$pipe" && rm "$pipe" && script -qec "$1" /dev/null <&3';

/** What the program shows on a terminal. */
export async function onTerminal(args: readonly string[], options: TerminalOptions = {}): Promise<string> {
  const { env = "-u NO_COLOR", columns, after = "", permissions = ["--allow-net"] } = options;
  // On a terminal Deno reports when it cannot open its code cache, which another process may have locked.
  const command = [...programCommand(["--no-code-cache", ...permissions]), ...args].map(quoted).join(" ");
  const size = columns === undefined ? "" : `stty cols ${columns};`;
  const { stdout } = await runCommand(["sh", "-c", ON_TERMINAL, "sh", `${size} env ${env} ${command} ${after}`]);
  return stdout;
}

/** A shell's word. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
