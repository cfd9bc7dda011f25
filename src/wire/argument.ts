/**
 * Checks of arguments that come from other people's code.
 *
 * @module
 */

/** A rule for an argument. */
export interface Rule {
  /** The allowed values, as the words after "expected". */
  readonly allowed: string;
  /**
   * Checks the argument called `name`.
   *
   * @throws {TypeError} when it has the wrong type.
   * @throws {RangeError} when it has the right type and is not allowed.
   */
  readonly check: (name: string, value: unknown) => void;
}

/** A rule for an argument of type `T`. */
export interface ValueRule<T> extends Rule {
  /** Whether a value of the right type is allowed. */
  readonly allows: (value: T) => boolean;
}

/** How many characters of a value an error shows. */
const MAX_SHOWN = 64;

/** A rule for values of the type that `isType` checks; `allows`, if given, narrows it down. */
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

/** A signed 32-bit integer. */
export const INT32: ValueRule<number> = integer(-0x8000_0000, 0x7fff_ffff);

/** A count: an integer from 0. */
export const COUNT: ValueRule<number> = integer(0, Number.MAX_SAFE_INTEGER);

/** A rule for one of a few words. */
export interface WordRule<W extends string> extends ValueRule<string> {
  /** The words that are allowed. */
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

/** An object whose properties each have a rule; other properties do not matter. */
export function objectWith(allowed: string, properties: { readonly [name: string]: Rule }): Rule {
  const rules = Object.entries(properties);
  const check = (name: string, value: unknown): void => {
    if (!isObject(value)) throw new TypeError(invalid(name, allowed, value));
    for (const [key, { check }] of rules) check(`${name}.${key}`, value[key]);
  };
  return { allowed, check };
}

/** `undefined`, or what another rule allows. */
export function optional({ allowed, check }: Rule): Rule {
  return { allowed, check: (name, value) => value === undefined ? undefined : check(name, value) };
}

/** An array, empty or not, whose items follow a rule. */
export function arrayOf(item: Rule, { empty }: { readonly empty: boolean }): Rule {
  const allowed = `${empty ? "an array" : "a non-empty array"}, each item ${item.allowed}`;
  const array = rule(allowed, Array.isArray, ({ length }) => empty || length > 0);
  const check = (name: string, value: unknown): void => {
    array.check(name, value);
    if (Array.isArray(value)) value.forEach((each, i) => item.check(`${name}[${i}]`, each));
  };
  return { allowed, check };
}

/** An iterable other than a string. */
export const ITERABLE: Rule = rule(
  "an iterable, such as an array",
  (value) => isObject(value) && Symbol.iterator in value,
);

/** The error message for an argument that is not allowed. */
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

/** Whether a value is a `Uint8Array`, be it of another realm: a test environment such as jsdom has a class of its own. */
export function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array || Object.prototype.toString.call(value) === "[object Uint8Array]";
}

/** A payload or a part of one. */
export const BYTES: Rule = rule("bytes, as a Uint8Array", isBytes);

/** Whether a value is an object and not a function. */
export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null;
}

/** A value as source text, shortened if it is long. */
function shown(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (isObject(value)) return Array.isArray(value) ? `an array of ${value.length}` : "an object";
  if (isString(value)) return JSON.stringify(value.slice(0, MAX_SHOWN)) + lengthNote(value);
  const text = isBigint(value) ? `${value}n` : String(value);
  return text.slice(0, MAX_SHOWN) + lengthNote(text);
}

function lengthNote({ length }: string): string {
  return length > MAX_SHOWN ? `… (${length} characters)` : "";
}
