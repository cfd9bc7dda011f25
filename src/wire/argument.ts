/**
 * Arguments that come from somebody else's code, checked before anything is done with them.
 *
 * @module
 */

/** What an argument can be. */
export interface Rule {
  /** Which values are allowed, as the end of "expected …". */
  readonly allowed: string;
  /**
   * Checks the argument of that name.
   *
   * @throws {TypeError} when it has the wrong type.
   * @throws {RangeError} when it has the right type and is not allowed.
   */
  readonly check: (name: string, value: unknown) => void;
}

/** What an argument of type `T` can be. */
export interface ValueRule<T> extends Rule {
  /** Whether a value of the right type is allowed. */
  readonly allows: (value: T) => boolean;
}

/** How many characters of a value an error shows. */
const MAX_SHOWN = 64;

/** A rule for values that `isType`; all of them are allowed unless `allows` says otherwise. */
export function rule<T>(
  allowed: string,
  isType: (value: unknown) => value is T,
  allows: (value: T) => boolean = () => true,
): ValueRule<T> {
  const check = (name: string, value: unknown): void => {
    if (!isType(value)) throw new TypeError(invalid(name, allowed, value));
    if (!allows(value)) throw new RangeError(invalid(name, allowed, value));
  };
  return { allowed, allows, check };
}

/** An integer from `min` to `max`. */
export function integer(min: number, max: number): ValueRule<number> {
  const allows = (value: number) => Number.isInteger(value) && value >= min && value <= max;
  return rule(`an integer from ${min} to ${max}`, isNumber, allows);
}

/** A signed integer of 32 bits. */
export const INT32: ValueRule<number> = integer(-0x8000_0000, 0x7fff_ffff);

/** How many of something there can be. */
export const COUNT: ValueRule<number> = integer(0, Number.MAX_SAFE_INTEGER);

/** What a word can be. */
export interface WordRule<W extends string> extends ValueRule<string> {
  /** Those that are allowed. */
  readonly choices: readonly W[];
}

/** One of a few words. */
export function oneOf<W extends string>(...words: readonly W[]): WordRule<W> {
  const allows = (value: string) => words.some((word) => word === value);
  return { ...rule(`one of ${words.join(", ")}`, isString, allows), choices: words };
}

/** Any string. */
export const STRING: Rule = rule("a string", isString);

/** A boolean. */
export const BOOLEAN: Rule = rule("true or false", (value) => typeof value === "boolean");

/** A function. */
export const FUNCTION: Rule = rule("a function", (value) => typeof value === "function");

/** An object with properties of which each has a rule; others do not matter. */
export function objectWith(allowed: string, properties: { readonly [name: string]: Rule }): Rule {
  const rules = Object.entries(properties);
  const check = (name: string, value: unknown): void => {
    if (!isObject(value)) throw new TypeError(invalid(name, allowed, value));
    for (const [key, { check }] of rules) check(`${name}.${key}`, value[key]);
  };
  return { allowed, check };
}

/** Nothing, or what another rule allows. */
export function optional({ allowed, check }: Rule): Rule {
  return { allowed, check: (name, value) => value === undefined ? undefined : check(name, value) };
}

/** An array of items that each have a rule, empty or not. */
export function arrayOf(item: Rule, { empty }: { readonly empty: boolean }): Rule {
  const allowed = `an array${empty ? "" : ", not empty"}, each item ${item.allowed}`;
  const array = rule(allowed, Array.isArray, ({ length }) => empty || length > 0);
  const check = (name: string, value: unknown): void => {
    array.check(name, value);
    if (Array.isArray(value)) value.forEach((each, i) => item.check(`${name}[${i}]`, each));
  };
  return { allowed, check };
}

/** Something to iterate over, other than the characters of a string. */
export const ITERABLE: Rule = rule(
  "an iterable, such as an array",
  (value) => isObject(value) && Symbol.iterator in value,
);

/** What an error says of an argument that is not allowed. */
export function invalid(name: string, allowed: string, value: unknown): string {
  return `Invalid ${name}: expected ${allowed}, got ${shown(value)}`;
}

/** Whether a value is a number. */
export function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

/** Whether a value is a string. */
export function isString(value: unknown): value is string {
  return typeof value === "string";
}

/** Whether a value is a bigint. */
export function isBigint(value: unknown): value is bigint {
  return typeof value === "bigint";
}

/** Whether a value is an object, and no function. */
export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null;
}

/** A value as one would write it in source text, as far as it is short. */
function shown(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (isObject(value)) return Array.isArray(value) ? `an array of ${value.length}` : "an object";
  const text = isString(value) ? JSON.stringify(value) : isBigint(value) ? `${value}n` : String(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}… (${text.length} characters)` : text;
}
