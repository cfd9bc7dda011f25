/**
 * The command line, from raw arguments to checked values.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import type { Network } from "../address/network.ts";
import { parseTarget, type Target, TargetError } from "../scan/target.ts";
import { SIGNET } from "../wire/chains.ts";
import { UsageError } from "./errors.ts";
import { isLongOption, optionHint, targetHint, valueHint } from "./hints.ts";
import type { ValueOption } from "./option.ts";
import { OPTION_NAMES } from "./option_names.ts";
import {
  type CommandLine,
  FLAG_NAMES,
  type FlagName,
  OPTION_LIST,
  OPTIONS,
  VALUE_NAMES,
  type ValueName,
} from "./options.ts";

const LONG_NAMES: ReadonlyMap<string | undefined, string> = new Map(
  OPTION_LIST.map(([name, { short }]) => [short, name]),
);

/**
 * Parses the arguments.
 *
 * @throws {UsageError} naming the option, the value and what is allowed.
 */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const parsed: Record<string, unknown> = parseArgs(spellOut(args), {
    string: [...VALUE_NAMES, "_"],
    boolean: FLAG_NAMES,
    collect: VALUE_NAMES,
  });
  const given = new Set(
    [...VALUE_NAMES, ...FLAG_NAMES].filter((name) => parsed[name] === true || textsOf(parsed[name]).length > 0),
  );
  // A challenge implies signet instead of the default; it then conflicts with any other chain given.
  if (given.has("signet-challenge")) parsed.chain = [SIGNET.name, ...textsOf(parsed.chain)];
  const values = VALUE_NAMES.map((name) => [name, readValue(name, textsOf(parsed[name]), given)]);
  const flags = FLAG_NAMES.map((name) => [name, given.has(name)]);
  // One entry for each option, as CommandLine requires.
  return { ...Object.fromEntries([...values, ...flags]), seeds: parsed._, given } as CommandLine;
}

/**
 * Parses the targets among the arguments, so that a typo is noticed before anything is sent.
 *
 * @throws {UsageError} when one is invalid.
 */
export function parseTargets(seeds: readonly string[], networks: readonly Network[]): Target[] {
  return seeds.map((seed) => {
    try {
      return parseTarget(seed, { networks, optionNames: OPTION_NAMES });
    } catch (error) {
      if (error instanceof TargetError) throw new UsageError(error.message + targetHint(seed));
      throw error;
    }
  });
}

/** The value of an option, from the last text or from its default; a repeatable one has a list of values. */
function readValue(name: ValueName, texts: readonly string[], given: ReadonlySet<string>): unknown {
  const option: ValueOption<unknown> = OPTIONS[name];
  if (option.repeatable) return texts.map((text) => readText(name, option, text));
  const [, usual = option.default] = Object.entries(option.defaultWith ?? {}).find(([flag]) => given.has(flag)) ?? [];
  const text = texts.at(-1) ?? usual;
  return text === undefined ? undefined : readText(name, option, text);
}

/** All values given for an option, in order. */
function textsOf(given: unknown): readonly string[] {
  return Array.isArray(given) ? given : [];
}

function readText(name: ValueName, option: ValueOption<unknown>, text: string): unknown {
  const value = option.parse(text);
  if (value === undefined) {
    throw new UsageError(
      `invalid value ${quote(text)} for --${name} <${option.placeholder}>: expected ${option.allowed}` +
        valueHint(name, option, text),
    );
  }
  return value;
}

/**
 * The arguments with every option in its long form, values joined (`-qt 20` becomes `--quiet --timeout=20`), and
 * targets after `--`: parseArgs would guess where a short form ends and whether `-` or `-5` is a value.
 */
function spellOut(args: readonly string[]): string[] {
  const rest = [...args];
  const options: string[] = [];
  const targets: string[] = [];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === "--") targets.push(...rest.splice(0));
    else if (arg.startsWith("--")) options.push(spellLong(arg, rest));
    else if (arg.startsWith("-") && arg !== "-") options.push(...spellShort(arg, rest));
    else targets.push(arg);
  }
  return [...options, "--", ...targets];
}

/** `--name` or `--name=value`; takes the value from `rest` if it is missing. */
function spellLong(arg: string, rest: string[]): string {
  const [, name = "", value] = /^--([^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
  if (isFlag(name)) {
    if (value !== undefined) throw new UsageError(`--${name} takes no value, got ${quote(value)}`);
    return arg;
  }
  if (!isValue(name)) throw unknownOption(arg);
  const { bare }: ValueOption<unknown> = OPTIONS[name];
  return `--${name}=${value ?? bare ?? takeValue(name, rest)}`;
}

/** `-abc`: flags, and possibly an option at the end, with its value joined or in `rest`. */
function spellShort(arg: string, rest: string[]): string[] {
  if (isLongOption(arg)) throw unknownOption(arg);
  const spelled: string[] = [];
  for (let i = 1; i < arg.length; i++) {
    const name = LONG_NAMES.get(arg.charAt(i));
    if (name === undefined) throw unknownOption(`-${arg.charAt(i)}`, arg.length === 2 ? "" : ` in ${quote(arg)}`);
    if (isValue(name)) {
      const joined = arg.slice(i + 1).replace(/^=/, "");
      return [...spelled, `--${name}=${joined === "" ? takeValue(name, rest) : joined}`];
    }
    spelled.push(`--${name}`);
  }
  return spelled;
}

function takeValue(name: ValueName, rest: string[]): string {
  const value = rest.shift();
  if (value === undefined) {
    const { placeholder, allowed } = OPTIONS[name];
    throw new UsageError(`--${name} <${placeholder}> needs a value: expected ${allowed}`);
  }
  return value;
}

function unknownOption(option: string, within = ""): UsageError {
  const [name = ""] = option.split("=", 1);
  return new UsageError(`unknown option ${quote(name)}${within}: ${optionHint(option)}`);
}

function isFlag(name: string): name is FlagName {
  return FLAG_NAMES.some((flag) => flag === name);
}

function isValue(name: string): name is ValueName {
  return VALUE_NAMES.some((value) => value === name);
}

function quote(text: string): string {
  return `'${text}'`;
}
