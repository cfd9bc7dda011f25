/**
 * A copy of the project in which tests are run, and mutants put.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { copyProject } from "./project.ts";

/** What became of some tests. */
export interface Outcome {
  /** The test file that failed, relative to the root; `null` when none did. */
  readonly failed: string | null;
  /** Whether they were stopped since they took too long. */
  readonly overdue: boolean;
  /** How long they took, in milliseconds. */
  readonly time: number;
}

/** What a command left behind. */
interface Ended {
  readonly success: boolean;
  readonly overdue: boolean;
  readonly output: string;
  readonly time: number;
}

const PERMISSIONS = ["--allow-net", "--allow-read", "--allow-write", "--allow-run"] as const;

/** Far longer than any command takes, in milliseconds. */
export const MAX_TIME = 600_000;

/** A copy of the project. */
export class Copy implements AsyncDisposable {
  readonly #root: URL;
  readonly #temporary: URL;
  readonly #flags: readonly string[];
  readonly #signal: AbortSignal;

  private constructor(root: URL, flags: readonly string[], signal: AbortSignal) {
    this.#root = root;
    this.#temporary = new URL(".temporary/", root);
    this.#flags = flags;
    this.#signal = signal;
  }

  /**
   * Copies the project to a new folder; `flags` are those with which `deno` finds its packages, and what runs ends with
   * `signal`.
   */
  static async of(
    project: URL,
    flags: readonly string[],
    signal: AbortSignal,
    options?: Deno.MakeTempOptions,
  ): Promise<Copy> {
    return new Copy(await copyProject(project, options), flags, signal);
  }

  /** Does something while a file has another text. */
  async with<T>(file: string, text: string, action: () => Promise<T>): Promise<T> {
    const url = new URL(file, this.#root);
    const before = await Deno.readTextFile(url);
    await Deno.writeTextFile(url, text);
    try {
      return await action();
    } finally {
      await Deno.writeTextFile(url, before);
    }
  }

  /** Runs test files in the order given until one fails, or until `limit` milliseconds are over. */
  async test(files: readonly string[], limit: number): Promise<Outcome> {
    const { success, overdue, output, time } = await this.#run(this.#testCommand(files), limit);
    if (success || overdue) return { failed: null, overdue, time };
    // What crashes tells no name.
    return { failed: failedFile(output, files) ?? files[0] ?? null, overdue, time };
  }

  /** Runs a test file, and says as LCOV which lines it reaches, those of the programs that it runs included. */
  async cover(file: string): Promise<Outcome & { readonly lcov: string }> {
    const folder = await Deno.makeTempDir({ prefix: "mutants-coverage-" });
    try {
      const flags = [`--coverage=${folder}`, "--coverage-raw-data-only"];
      const { success, overdue, time } = await this.#run(this.#testCommand([file], flags), MAX_TIME);
      const { output } = await this.#run(["coverage", "--lcov", folder], MAX_TIME);
      return {
        failed: success ? null : file,
        overdue,
        time,
        lcov: output.replaceAll(`SF:${fileURLToPath(this.#root)}`, "SF:"),
      };
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }

  /** Whether the types in a file are right. */
  async check(file: string): Promise<boolean> {
    return (await this.#run(["check", "--quiet", ...this.#flags, file], MAX_TIME)).success;
  }

  /** Deletes it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#root, { recursive: true });
  }

  #testCommand(files: readonly string[], flags: readonly string[] = []): string[] {
    return [
      "test",
      "--no-check",
      "--fail-fast",
      ...this.#flags,
      ...flags,
      ...PERMISSIONS,
      ...files,
      "--",
      ...this.#flags,
    ];
  }

  async #run(args: readonly string[], limit: number): Promise<Ended> {
    this.#signal.throwIfAborted();
    await Deno.mkdir(this.#temporary, { recursive: true });
    const start = performance.now();
    const child = new Deno.Command(Deno.execPath(), {
      args: [...args],
      cwd: this.#root,
      // Colours where there should be none are a fault that tests must see.
      env: { NO_COLOR: "", DENO_NO_UPDATE_CHECK: "1", TMPDIR: fileURLToPath(this.#temporary) },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      // A group of its own, which ends as a whole.
      detached: true,
    }).spawn();
    let overdue = false;
    const timer = setTimeout(() => {
      overdue = true;
      killGroup(child.pid);
    }, limit);
    const onAbort = () => killGroup(child.pid);
    this.#signal.addEventListener("abort", onAbort);
    const { success, stdout, stderr } = await child.output();
    const time = performance.now() - start;
    clearTimeout(timer);
    this.#signal.removeEventListener("abort", onAbort);
    this.#signal.throwIfAborted();
    killGroup(child.pid);
    await Deno.remove(this.#temporary, { recursive: true });
    const decoder = new TextDecoder();
    return { success, overdue, output: decoder.decode(stdout) + decoder.decode(stderr), time };
  }
}

/** The first of the test files that the output of `deno test` says has failed. */
function failedFile(output: string, files: readonly string[]): string | undefined {
  const text = stripVTControlCharacters(output);
  const name = / => \.\/(.+?):\d+:\d+$/m.exec(text)?.[1] ?? /^\.\/(.+?) \(uncaught error\)/m.exec(text)?.[1];
  return files.find((file) => file === name);
}

/** Kills a process and all that it has started and left behind. */
function killGroup(pid: number): void {
  try {
    Deno.kill(-pid, "SIGKILL");
  } catch {
    // Nothing is left of it.
  }
}
