/**
 * The program's own command line, as a user would type it.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { takesValue } from "./option.ts";
import { type CommandLine, OPTION_LIST } from "./options.ts";

/** How the program was started. */
export interface Start {
  /** Whether it is a compiled binary. */
  readonly standalone: boolean;
  /** The path of Deno itself. */
  readonly execPath: string;
  /** The working directory. */
  readonly cwd: string;
  /** The URL of `main.ts`. */
  readonly mainModule: string;
  /** The URL of the import map that replaces its own; `null` if there is none. */
  readonly importMap: string | null;
  /** Its arguments. */
  readonly args: readonly string[];
}

/** How this program was started. */
export function thisStart(): Start {
  const { build: { standalone }, mainModule, args } = Deno;
  // Without JSR the packages come from a directory of the checkout; a binary contains them.
  const hasPackages = standalone || import.meta.resolve("@std/log/levels").startsWith("jsr:");
  const importMap = hasPackages ? null : new URL("../../offline/deno.json", import.meta.url).href;
  return { standalone, execPath: Deno.execPath(), cwd: Deno.cwd(), mainModule, importMap, args };
}

/**
 * The full command that does the same with the permissions it needs. A binary has its permissions built in: for one, it
 * is the command that compiles it with them.
 */
export function commandLine(options: Partial<CommandLine>, start: Start): string {
  const { standalone, importMap, mainModule, args } = start;
  const permissions = [
    "--allow-net",
    ...permission("--allow-read", filesOf(options, "read")),
    ...permission("--allow-write", filesOf(options, "write")),
  ];
  const words = standalone ? ["compile", ...permissions, "--output", "bitcoin-p2p-handshake", "main.ts"] : [
    "run",
    ...importMap === null ? [] : ["--import-map", shownPath(importMap, start)],
    ...permissions,
    shownPath(mainModule, start),
    ...args,
  ];
  return `${denoCommand(start)} ${words.map(shellWord).join(" ")}`;
}

/** The command that runs the program with this checkout's stand-in for the packages from JSR. */
export function offlineCommand(start: Omit<Start, "importMap">): string {
  const importMap = new URL("../../offline/deno.json", import.meta.url).href;
  return commandLine({}, { ...start, importMap });
}

/** The command for a task of this checkout, such as `deno task demo`; for a binary, its options. */
export function taskCommand(name: "demo" | "handshake", args: readonly string[], start: Start): string {
  const words = start.standalone
    ? ["bitcoin-p2p-handshake", ...name === "demo" ? ["--demo"] : [], ...args]
    : [denoCommand(start), "task", name, ...args];
  return words.join(" ");
}

/** The command for Deno, which may be in the cache of `npx` only. */
function denoCommand({ execPath }: Start): string {
  return /[\\/]_npx[\\/]/.test(execPath) ? "npx -y deno" : "deno";
}

/** The files named by options that need this permission. */
function filesOf(options: Partial<CommandLine>, permission: "read" | "write"): string[] {
  return OPTION_LIST.filter(([, option]) =>
    takesValue(option) && (option.file === permission || option.file === "both")
  )
    .flatMap(([name]) => [options[name] ?? []].flat()).map(String).filter((name) => name !== "-");
}

/**
 * The flag that allows these files, if any. A path with a comma cannot be expressed in Deno: then it allows all files.
 */
function permission(flag: string, files: readonly string[]): string[] {
  if (files.length === 0) return [];
  return files.some((name) => name.includes(",")) ? [flag] : [`${flag}=${files.join(",")}`];
}

/** The path of a file, relative to the working directory if it is within; any other URL unchanged. */
function shownPath(url: string, { cwd }: Start): string {
  if (!url.startsWith("file:")) return url;
  const path = fileURLToPath(url);
  return path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path;
}

/** A word quoted for shells. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
