/**
 * The command lines of the tools in this directory.
 *
 * @module
 */

/** A wrong command line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The arguments of a tool, from which options are taken one by one. */
export class Options {
  readonly #args: string[];

  /** Takes nothing yet. */
  constructor(args: readonly string[]) {
    this.#args = [...args];
  }

  /** The remaining arguments. */
  get rest(): readonly string[] {
    return this.#args;
  }

  /** Whether the option `name` was given; it takes no value. */
  flag(name: string): boolean {
    const at = this.#args.indexOf(name);
    if (at !== -1) this.#args.splice(at, 1);
    return at !== -1;
  }

  /**
   * The value after the option `name`; `undefined` if it was not given.
   *
   * @throws {UsageError} when it has no value.
   */
  text(name: string): string | undefined {
    const at = this.#args.indexOf(name);
    if (at === -1) return undefined;
    const [, value] = this.#args.splice(at, 2);
    if (value === undefined) throw new UsageError(`${name}: expected a value`);
    return value;
  }

  /**
   * The value of the option `name`, an integer from `least` to 1,000,000; `missing` if it was not given.
   *
   * @throws {UsageError} when it has another value.
   */
  integer(name: string, missing: number, least = 0): number {
    const text = this.text(name);
    if (text === undefined) return missing;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= 1_000_000) return value;
    throw new UsageError(`${name}: expected an integer from ${least} to 1,000,000, got ${text}`);
  }
}

/**
 * Runs a tool with the arguments of this process; with `--help` it prints how it is called instead. For a wrong command
 * line it prints one line and exits with status 2.
 */
export async function runTool(usage: string, tool: (options: Options) => Promise<void>): Promise<void> {
  const options = new Options(Deno.args);
  if (options.flag("--help") || options.flag("-h")) return console.log(`Usage: ${usage}`);
  try {
    await tool(options);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    Deno.exit(2);
  }
}
