/**
 * Running a program and measuring it from outside, as a whole process including start-up and end.
 *
 * @module
 */

/** How often memory and processor time of a child are read, in milliseconds; Linux keeps the peak. */
const WATCH_INTERVAL = 200;

/** How many files a process has open besides its connections, with a margin. */
export const OTHER_FILES = 100;

/** A child that ended as expected. */
export interface Run {
  /** From before its start to after its end, in seconds. */
  readonly seconds: number;
  /** Its peak memory (`VmHWM`), in megabytes; `null` if the system does not say. */
  readonly peakMemory: number | null;
  /** Its processor time, user and system, over all threads, up to shortly before its end; `null` as above. */
  readonly processor: number | null;
  /** Everything it wrote to standard output, a pipe that is read continuously. */
  readonly stdout: string;
  /** Everything it wrote to standard error. */
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
  using watch = new Watch(child.pid);
  const { code, stdout, stderr } = await child.output();
  const seconds = (performance.now() - begin) / 1000;
  const texts = { stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
  if (code !== expectedCode) throw new Error(`${command} ${args.join(" ")}: exit ${code}\n${texts.stderr}`);
  return { seconds, peakMemory: watch.peak, processor: watch.processor, ...texts };
}

/** The last line of a shell's `times`: user and system time of the children it has waited for. */
const TIMES = /^(\d+)m([\d.]+)s (\d+)m([\d.]+)s\s*$/;

/**
 * Runs a command to its end; resolves to its processor time in seconds, over all threads.
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

/** Clock ticks per second in `/proc/PID/stat`, the same on all machines. */
const TICKS = 100;

/** Watches the memory and the processor time of a process until disposed of. */
class Watch implements Disposable {
  readonly #files: readonly string[];
  readonly #timer: ReturnType<typeof setInterval> | undefined;
  #peak: number | null = null;
  #processor: number | null = null;

  constructor(pid: number) {
    this.#files = [`/proc/${pid}/status`, `/proc/${pid}/stat`];
    if (Deno.build.os === "linux") this.#timer = setInterval(() => this.#look(), WATCH_INTERVAL);
  }

  get peak(): number | null {
    return this.#peak;
  }

  get processor(): number | null {
    return this.#processor;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  /** Deno allows reading /proc only with all permissions, so another program does it. */
  async #look(): Promise<void> {
    const { stdout } = await new Deno.Command("cat", { args: [...this.#files], stderr: "null" }).output();
    const text = new TextDecoder().decode(stdout);
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(text)?.[1];
    // The name in brackets is field 2, user and system time are 14 and 15.
    const [, user, system] = /\) (?:\S+ ){11}(\d+) (\d+) /.exec(text) ?? [];
    if (system !== undefined) this.#processor = (Number(user) + Number(system)) / TICKS;
    if (kibibytes !== undefined) this.#peak = Number(kibibytes) * 1024 / 1e6;
  }
}

/** Maximum number of open files of a process; `Infinity` if unknown. */
export async function fileLimit(): Promise<number> {
  if (Deno.build.os === "windows") return Infinity;
  const { stdout } = await run(["sh", "-c", "ulimit -Hn"]);
  return Number(stdout.replace("unlimited", "Infinity"));
}
