/**
 * Checks the properties on many more cases than the tests do:
 *
 * ```sh
 * deno task fuzz [--seed N] [--cases N] [--property NAME]
 * deno task fuzz --seed N --property NAME --case N   # one case again
 * ```
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { PROPERTIES } from "./properties.ts";
import { checkCase, freshSeed, type Properties, PropertyFailure, shares } from "./property.ts";

const MAX_UINT32 = 0xffff_ffff;

const NAMES = ["seed", "cases", "property", "case"] as const;

type Options = { readonly [N in typeof NAMES[number]]?: string | undefined };

/** The options given. */
function readOptions(args: readonly string[]): Options {
  const unknown = (arg: string) => {
    throw new RangeError(`Expected one of --${NAMES.join(", --")}, got ${arg}`);
  };
  const options = parseArgs(args, { string: NAMES, unknown });
  return options;
}

/** The value of an option: a 32-bit integer, or `missing` if it is not given. */
function integer(options: Options, name: keyof Options, missing: number): number {
  const text = options[name];
  if (text === undefined) return missing;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (value <= MAX_UINT32) return value;
  throw new RangeError(`--${name}: expected an integer from 0 to ${MAX_UINT32}, got ${text}`);
}

/** The property with the given name; all of them without one. */
function select(name: string | undefined): Properties {
  if (name === undefined) return PROPERTIES;
  const property = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name] : undefined;
  if (property !== undefined) return { [name]: property };
  throw new RangeError(`--property: expected one of ${Object.keys(PROPERTIES).join(", ")}, got ${name}`);
}

/** Checks what the options ask for, and reports progress. */
async function run(options: Options): Promise<void> {
  const seed = integer(options, "seed", freshSeed());
  const first = integer(options, "case", 0);
  const properties = select(options.property);
  const counts = shares(properties, options.case !== undefined ? 1 : integer(options, "cases", 1_000_000));
  const width = Math.max(...Object.keys(properties).map((name) => name.length));
  console.log(`seed ${seed}`);
  const start = performance.now();
  let total = 0;
  for (const [name, property] of Object.entries(properties)) {
    const count = counts.get(name) ?? 0;
    const begin = performance.now();
    for (let index = first; index < first + count; index++) await checkCase(name, property, seed, index);
    const seconds = (performance.now() - begin) / 1000;
    total += count;
    console.log(`${name.padEnd(width)} ${String(count).padStart(8)} cases ${seconds.toFixed(1).padStart(6)} s`);
  }
  console.log(
    `${total} cases in ${((performance.now() - start) / 1000).toFixed(1)} s, seed ${seed}: all properties hold`,
  );
}

try {
  await run(readOptions(Deno.args));
} catch (error) {
  if (error instanceof PropertyFailure) {
    console.error(error.message);
    Deno.exit(1);
  }
  if (!(error instanceof RangeError)) throw error;
  console.error(error.message);
  Deno.exit(2);
}
