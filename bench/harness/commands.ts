/**
 * The commands to measure.
 *
 * @module
 */

import { peerAddress } from "../addresses.ts";

const ROOT = new URL("../../", import.meta.url);
const MAIN = new URL("main.ts", ROOT).href;
const BARE = new URL("bench/bare.ts", ROOT).href;
const FRONTIER = new URL("bench/frontier.ts", ROOT).href;

/** Builds commands, whose files are in a temporary directory that is removed at the end. */
export class Commands implements Disposable {
  readonly #flags: readonly string[];
  readonly #folder = Deno.makeTempDirSync({ prefix: "bench-" });

  /** `flags` are for the `deno run` of the program: how it finds `@std`. */
  constructor(flags: readonly string[]) {
    this.#flags = flags;
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.#folder, { recursive: true });
  }

  /** The program with some arguments. */
  program(...args: readonly string[]): string[] {
    return [...this.#deno(...this.#flags, "--allow-net", "--allow-read"), MAIN, ...args];
  }

  /** The program, scanning the first `peers` peers of the fleet on `port`. */
  scan(port: number, peers: number, ...args: readonly string[]): string[] {
    return this.program("--targets", this.targets(port, peers), ...args);
  }

  /** The bare loop over the same peers. */
  bare(port: number, peers: number, concurrency: number, ...args: readonly string[]): string[] {
    return [...this.#deno("--allow-net"), BARE, String(port), String(peers), String(concurrency), ...args];
  }

  /** The frontier of a crawl alone, or a plain `Map` in its place. */
  frontier(...args: readonly string[]): string[] {
    return [...this.#deno(), FRONTIER, ...args];
  }

  /** Deno with nothing to do. */
  empty(): string[] {
    return [...this.#deno(), this.#write("empty.ts", "")];
  }

  /** A file with the addresses of the first `peers` peers of the fleet on `port`, one per line. */
  targets(port: number, peers: number): string {
    return this.list(`targets-${port}-${peers}`, Array.from({ length: peers }, (_, i) => `${peerAddress(i)}:${port}`));
  }

  /** A file with some lines. */
  list(name: string, lines: readonly string[]): string {
    return this.#write(name, lines.map((line) => `${line}\n`).join(""));
  }

  #deno(...flags: readonly string[]): string[] {
    return [Deno.execPath(), "run", "--quiet", ...flags];
  }

  #write(name: string, text: string): string {
    const path = `${this.#folder}/${name}`;
    Deno.writeTextFileSync(path, text);
    return path;
  }
}
