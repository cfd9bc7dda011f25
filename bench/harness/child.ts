/**
 * Running a program and measuring it from outside, as a whole process: start-up and end included.
 *
 * @module
 */

/** How often a child is asked how much memory it has used, in milliseconds; Linux remembers the most. */
const MEMORY_INTERVAL = 200;

/** What a process has open besides its connections, and some more. */
export const OTHER_FILES = 100;

/** A child that ended well. */
export interface Run {
  /** From before its start to after its end, in seconds. */
  readonly seconds: number;
  /** The most memory it has had at once (`VmHWM`), in megabytes; `null` where the system does not say. */
  readonly peakMemory: number | null;
  /** All that it wrote to standard output, which was a pipe that is read all the time. */
  readonly stdout: string;
  /** All that it wrote to standard error. */
  readonly stderr: string;
}

/**
 * Runs a command to its end.
 *
 * @throws {Error} when its exit status is not the one expected.
 */
export async function run([command = "", ...args]: readonly string[], expectedCode = 0): Promise<Run> {
  const begin = performance.now();
  const child = new Deno.Command(command, { args, stdin: "null", stdout: "piped", stderr: "piped" }).spawn();
  using memory = new MemoryWatch(child.pid);
  const { code, stdout, stderr } = await child.output();
  const seconds = (performance.now() - begin) / 1000;
  const texts = { stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
  if (code !== expectedCode) throw new Error(`${command} ${args.join(" ")}: exit ${code}\n${texts.stderr}`);
  return { seconds, peakMemory: memory.peak, ...texts };
}

/** As a shell prints the time of the children that it has waited for, last: in user mode and in the kernel. */
const TIMES = /^(\d+)m([\d.]+)s (\d+)m([\d.]+)s\s*$/;

/**
 * Runs a command to its end; resolves to the processor time that it took, in seconds, in all its threads.
 *
 * @throws {Error} when it fails, or the shell does not say.
 */
export async function processorTime(command: readonly string[]): Promise<{ processor: number; stdout: string }> {
  const { stdout, stderr } = await run(["sh", "-c", '"$@" && times >&2', "sh", ...command]);
  const [, ...times] = TIMES.exec(stderr.trimEnd().split("\n").at(-1) ?? "") ?? [];
  const [userMinutes = NaN, userSeconds = NaN, minutes = NaN, seconds = NaN] = times.map(Number);
  const processor = 60 * (userMinutes + minutes) + userSeconds + seconds;
  if (Number.isNaN(processor)) throw new Error(`Expected the times of a child, got ${stderr}`);
  return { processor, stdout };
}

/** Looks at the memory of a process from time to time, until it is disposed of. */
class MemoryWatch implements Disposable {
  readonly #status: string;
  readonly #timer: ReturnType<typeof setInterval> | undefined;
  #peak: number | null = null;

  constructor(pid: number) {
    this.#status = `/proc/${pid}/status`;
    if (Deno.build.os === "linux") this.#timer = setInterval(() => this.#look(), MEMORY_INTERVAL);
  }

  get peak(): number | null {
    return this.#peak;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  /** Deno lets only those read /proc who may do everything, so another program does. */
  async #look(): Promise<void> {
    const { stdout } = await new Deno.Command("cat", { args: [this.#status], stderr: "null" }).output();
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(new TextDecoder().decode(stdout))?.[1];
    if (kibibytes !== undefined) this.#peak = Number(kibibytes) * 1024 / 1e6;
  }
}

/** How many files a process may have open at most; `Infinity` where that cannot be told. */
export async function fileLimit(): Promise<number> {
  if (Deno.build.os === "windows") return Infinity;
  const { stdout } = await run(["sh", "-c", "ulimit -Hn"]);
  return Number(stdout.replace("unlimited", "Infinity"));
}
