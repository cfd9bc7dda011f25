/**
 * Stands in for `@std/cli/parse-args`, for arguments in one form: `--name=value`, `--flag`, `-` and operands, and `--`
 * before operands that look like options. Supports the options `string`, `boolean`, `collect` and `unknown`.
 *
 * @module
 */

/** Options of {@linkcode parseArgs}. */
export interface ParseOptions<
  TBooleans extends string = string,
  TStrings extends string = string,
  TCollectable extends string = string,
> {
  /** Names that take no value: `true` if given, otherwise `false`. */
  boolean?: TBooleans | readonly TBooleans[];
  /** Names whose value stays a string, even if it looks like a number; `_` for the operands. */
  string?: TStrings | readonly TStrings[];
  /** Names that may be given more than once: all their values in a list. */
  collect?: TCollectable | readonly TCollectable[];
  /** Called for each operand, and for each option not named above; returning `false` leaves it out of the result. */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** The operands, in order. */
interface Operands {
  /** A number if the operand looks like one, unless `_` is in `string`. */
  _: (string | number)[];
}

/**
 * A value for each name, and the operands. Names known only at run time have no type; if `_` is in `string`, its type
 * is that of a string too. The original's type is just as odd in both cases: read such a result as a `Record<string,
 * unknown>`.
 */
export type Args<TBooleans extends string, TStrings extends string, TCollectable extends string> =
  & Record<string, unknown>
  & Operands
  & (string extends TBooleans | TStrings | TCollectable ? unknown
    :
      & { [Name in Exclude<TBooleans, TCollectable>]: boolean }
      & { [Name in TBooleans & TCollectable]: boolean[] }
      & { [Name in Exclude<TStrings, TCollectable>]?: string }
      & { [Name in TStrings & TCollectable]: string[] }
      & { [Name in Exclude<TCollectable, TBooleans | TStrings>]: unknown[] });

/** Reads arguments into a record. */
export function parseArgs<
  TBooleans extends string = never,
  TStrings extends string = never,
  TCollectable extends string = never,
>(
  args: readonly string[],
  options: ParseOptions<TBooleans, TStrings, TCollectable> = {},
): Args<TBooleans, TStrings, TCollectable> {
  const parser = new Parser(options);
  parser.parse(args);
  // The record is filled by name: the compiler cannot know that its types follow from the names.
  return parser.result as Args<TBooleans, TStrings, TCollectable>;
}

class Parser {
  readonly result: Record<string, unknown> & Operands = { _: [] };
  readonly #booleans: ReadonlySet<string>;
  readonly #strings: ReadonlySet<string>;
  readonly #collected: ReadonlySet<string>;
  readonly #unknown: ParseOptions["unknown"];

  constructor(options: ParseOptions) {
    this.#booleans = new Set([options.boolean ?? []].flat());
    this.#strings = new Set([options.string ?? []].flat());
    this.#collected = new Set([options.collect ?? []].flat());
    this.#unknown = options.unknown;
  }

  parse(args: readonly string[]): void {
    const end = args.indexOf("--");
    const queue = end < 0 ? [...args] : args.slice(0, end);
    for (let arg = queue.shift(); arg !== undefined; arg = queue.shift()) {
      if (arg.startsWith("--")) this.#long(arg, queue);
      else if (arg.startsWith("-") && arg !== "-") this.#short(arg, queue);
      else if (this.#unknown?.(arg) !== false) this.result._.push(this.#typed("_", arg));
    }
    if (end >= 0) this.result._.push(...args.slice(end + 1));
    for (const name of [...this.#booleans, ...this.#strings]) {
      if (Object.hasOwn(this.result, name)) continue;
      if (this.#collected.has(name)) this.result[name] = [];
      else if (this.#booleans.has(name)) this.result[name] = false;
    }
  }

  /** `--name=value` or `--name`. As in the original, `--no-name=value` counts as the former too. */
  #long(arg: string, queue: string[]): void {
    const start = arg.startsWith("--no-") ? 5 : 2;
    const equals = arg.indexOf("=", start + 1);
    if (equals < 0) return this.#set(arg.slice(2), this.#next(arg.slice(2), queue), arg);
    const name = arg.slice(start, equals);
    const value = arg.slice(equals + 1);
    this.#set(name, this.#booleans.has(name) ? value !== "false" : value, arg);
  }

  /** `-x`, or letters that stand for one each. */
  #short(arg: string, queue: string[]): void {
    const last = arg.slice(-1);
    for (const letter of arg.slice(1, -1)) this.#set(letter, this.#valueless(letter), arg);
    const takesDash = queue[0] === "-" && !this.#booleans.has(last);
    this.#set(last, takesDash ? queue.shift() ?? "" : this.#next(last, queue), arg);
  }

  /** The value of an option without `=`: the next argument, if it can be one. */
  #next(name: string, queue: string[]): string | boolean {
    const [next = ""] = queue;
    const isFlag = this.#booleans.has(name);
    const fits = isFlag ? next === "true" || next === "false" : next !== "" && !next.startsWith("-");
    if (!fits) return this.#valueless(name);
    queue.shift();
    return isFlag ? next === "true" : next;
  }

  #valueless(name: string): string | boolean {
    return this.#strings.has(name) ? "" : true;
  }

  #set(name: string, value: string | boolean, arg: string): void {
    const isKnown = [this.#booleans, this.#strings, this.#collected].some((names) => names.has(name));
    if (!isKnown && this.#unknown?.(arg, name, value) === false) return;
    if (name === "__proto__" || name === "constructor") return;
    const typed = typeof value === "string" ? this.#typed(name, value) : value;
    const before = this.result[name];
    this.result[name] = this.#collected.has(name) ? [...Array.isArray(before) ? before : [], typed] : typed;
  }

  /** A number if the text looks like one, unless the name is in `string`. */
  #typed(name: string, text: string): string | number {
    const isNumber = text.trim() !== "" && Number.isFinite(Number(text));
    return isNumber && !this.#strings.has(name) ? Number(text) : text;
  }
}
