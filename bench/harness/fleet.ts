/**
 * The fleet as a child process of the harness.
 *
 * @module
 */

import type { Behaviour } from "../fleet/behaviour.ts";

const FLEET = new URL("../fleet.ts", import.meta.url).href;

/** A running fleet. */
export class Fleet implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #lines: ReadableStreamDefaultReader<string>;
  #ended: Promise<number> | undefined;
  /** The port, on which every address of 127.0.0.0/8 answers. */
  readonly port: number;

  private constructor(child: Deno.ChildProcess, lines: ReadableStreamDefaultReader<string>, port: number) {
    this.#child = child;
    this.#lines = lines;
    this.port = port;
  }

  /** Starts a fleet of nodes that by default answer at once; `flags` are added to its command line. */
  static async start(
    { roundTrip = 0, silent = false, universe = null }: Partial<Behaviour> = {},
    ...flags: string[]
  ): Promise<Fleet> {
    const args = ["run", "--quiet", "--allow-net", "--allow-ffi", FLEET, "--round-trip", String(roundTrip), ...flags];
    if (silent) args.push("--silent");
    if (universe !== null) args.push("--live", String(universe.live), "--dead", String(universe.dead));
    const child = new Deno.Command(Deno.execPath(), { args, stdin: "piped", stdout: "piped" }).spawn();
    const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    return new Fleet(child, lines, Number((await lines.read()).value));
  }

  /** Ends it; resolves to the maximum number of connections it had at once. */
  end(): Promise<number> {
    return this.#ended ??= this.#end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
  }

  async #end(): Promise<number> {
    await this.#child.stdin.close();
    const { value } = await this.#lines.read();
    await this.#child.status;
    return Number(value);
  }
}
