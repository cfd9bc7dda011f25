/**
 * Runs the program as a child process: its output, and how it ended.
 *
 * @module
 */

import type { AnyRecord } from "../../src/report/records.ts";
import type { AuditRecord } from "../../src/report/records/audit.ts";
import type { PeerRecord } from "../../src/report/records/peer.ts";
import type { ScanRecord } from "../../src/report/records.ts";
import type { SeedRecord } from "../../src/report/records/seed.ts";
import type { SummaryRecord } from "../../src/report/records/summary.ts";

const MAIN = new URL("../../main.ts", import.meta.url).href;

/** A program that runs this long, in milliseconds, counts as hanging: it is killed, and its test fails. */
const MAX_LIFE = 60_000;

/** How many children run at once; more wait for their turn. */
const MAX_CHILDREN = 4;

/** How to run the program. */
export interface ProgramOptions {
  /** What it reads from standard input, at once or as it comes; nothing by default. */
  readonly stdin?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;
  /** The permissions, as flags of `deno run`; `--allow-net` by default. */
  readonly permissions?: readonly string[];
  /** Environment variables, in addition to those of the tests. */
  readonly env?: Readonly<Record<string, string>>;
  /** Sends a signal once standard output matches, or a promise is resolved. */
  readonly signalAfter?: { readonly signal: Deno.Signal; readonly event: RegExp | Promise<unknown> };
  /** Stops reading standard output once it matches, as `head` does. */
  readonly closeStdoutAfter?: RegExp;
  /** Called when standard output has been closed because of that. */
  readonly onStdoutClosed?: () => void;
}

/** The result of running the program. */
export class ProgramResult {
  /** The exit status. */
  readonly code: number;
  /** All of standard output. */
  readonly stdout: string;
  /** All of standard error. */
  readonly stderr: string;

  /** The result of a child. */
  constructor(code: number, stdout: string, stderr: string) {
    this.code = code;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /** The lines of standard output. */
  get lines(): string[] {
    return linesOf(this.stdout);
  }

  /** The lines of standard error. */
  get errorLines(): string[] {
    return linesOf(this.stderr);
  }

  /** The records on standard output, which must be ndjson. */
  get records(): ScanRecord[] {
    return ndjson(this.stdout);
  }

  /** The `seed` records, by target. */
  get seeds(): ReadonlyMap<string, SeedRecord> {
    return new Map(this.records.filter((record) => record.type === "seed").map((seed) => [seed.target, seed]));
  }

  /** The `peer` records, in the order they were printed. */
  get peers(): readonly PeerRecord[] {
    return this.records.filter((record) => record.type === "peer");
  }

  /** The `audit` records, in the order they were printed. */
  get audits(): readonly AuditRecord[] {
    return ndjson<AnyRecord>(this.stdout).filter((record) => record.type === "audit");
  }

  /** The one `peer` record of an address. */
  peer(addr: string): PeerRecord {
    const [peer, ...more] = this.peers.filter((record) => record.addr === addr);
    if (peer === undefined || more.length > 0) throw new Error(`Expected one record of ${addr}, got:\n${this.stdout}`);
    return peer;
  }

  /** The `summary`, which must be the last record and the only one of its kind. */
  get summary(): SummaryRecord {
    const summaries = this.records.filter((record) => record.type === "summary");
    const [summary] = summaries;
    if (summary === undefined || summaries.length > 1 || this.records.at(-1)?.type !== "summary") {
      throw new Error(`Expected one summary, at the end, got:\n${this.stdout}\n${this.stderr}`);
    }
    return summary;
  }
}

/** The records of ndjson: every line is an object, and the last one ends in a newline. */
export function ndjson<R extends AnyRecord = ScanRecord>(text: string): R[] {
  return linesOf(text).map((line): R => JSON.parse(line));
}

/** The command that runs the program, without its own arguments. */
export function programCommand(permissions: readonly string[] = ["--allow-net"]): readonly string[] {
  return [Deno.execPath(), "run", ...Deno.args, "--quiet", ...permissions, MAIN];
}

/** Runs the program to its end. */
export function runProgram(args: readonly string[], options: ProgramOptions = {}): Promise<ProgramResult> {
  return runCommand([...programCommand(options.permissions), ...args], options);
}

const demos = new Map<string, Promise<ProgramResult>>();

/** Runs the demo with a short timeout, once for all tests of a file with the same arguments; its clock waits for it. */
export function runDemo(...args: readonly string[]): Promise<ProgramResult> {
  const key = args.join(" ");
  const running = demos.get(key) ?? runProgram(["--demo", "-t", "0.5", ...args]);
  demos.set(key, running);
  return running;
}

/** Runs any command as {@linkcode runProgram} runs the program. */
export async function runCommand(
  [command = "", ...args]: readonly string[],
  options: Omit<ProgramOptions, "permissions"> = {},
): Promise<ProgramResult> {
  using _turn = await turns.take();
  const child = new Deno.Command(command, {
    args,
    stdin: options.stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
    ...options.env && { env: options.env },
  }).spawn();
  using life = new Life(child);
  const { signalAfter } = options;
  const onText = (text: string) => {
    if (signalAfter?.event instanceof RegExp && signalAfter.event.test(text)) life.signal(signalAfter.signal);
  };
  if (signalAfter?.event instanceof Promise) signalAfter.event.then(() => life.signal(signalAfter.signal));
  const [stdout, stderr, status] = await Promise.all([
    readText(child.stdout, onText, options),
    readText(child.stderr),
    child.status,
    options.stdin === undefined ? undefined : writeStdin(child, options.stdin),
  ]);
  if (life.overdue) throw new Error(`The program did not end: ${args.join(" ")}\n${stdout}\n${stderr}`);
  return new ProgramResult(status.code, stdout, stderr);
}

/** The lines of a text that ends in a newline. */
function linesOf(text: string): string[] {
  if (text === "") return [];
  if (!text.endsWith("\n")) throw new Error(`Expected a newline at the end of ${JSON.stringify(text)}`);
  return text.slice(0, -1).split("\n");
}

async function writeStdin(child: Deno.ChildProcess, input: NonNullable<ProgramOptions["stdin"]>): Promise<void> {
  const ended = new AbortController();
  child.status.then(() => ended.abort());
  try {
    const stream = input instanceof ReadableStream ? input : new Blob([input]).stream();
    await stream.pipeTo(child.stdin, { signal: ended.signal });
  } catch {
    // The program may end without reading what it does not need.
  }
}

async function readText(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  onText: (text: string) => void = () => {},
  { closeStdoutAfter, onStdoutClosed }: ProgramOptions = {},
): Promise<string> {
  let text = "";
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    text += part;
    onText(text);
    if (closeStdoutAfter?.test(text)) break;
  }
  if (closeStdoutAfter !== undefined) onStdoutClosed?.();
  return text;
}

/** The time limit of a child; whatever it leaves running is killed. */
class Life implements Disposable {
  readonly #child: Deno.ChildProcess;
  readonly #timer: ReturnType<typeof setTimeout>;
  #overdue = false;
  #signalled = false;
  #ended = false;

  constructor(child: Deno.ChildProcess) {
    this.#child = child;
    child.status.then(() => this.#ended = true);
    this.#timer = setTimeout(() => {
      this.#overdue = true;
      this.#kill("SIGKILL");
    }, MAX_LIFE);
  }

  get overdue(): boolean {
    return this.#overdue;
  }

  /** Sends a signal the first time it is called. */
  signal(signal: Deno.Signal): void {
    if (!this.#signalled) this.#kill(signal);
    this.#signalled = true;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#kill("SIGKILL");
  }

  #kill(signal: Deno.Signal): void {
    if (!this.#ended) this.#child.kill(signal);
  }
}

/** Limits how many run at once. */
class Turns {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#free = limit;
  }

  async take(): Promise<Disposable> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return { [Symbol.dispose]: () => this.#giveBack() };
  }

  #giveBack(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free++;
    else next();
  }
}

const turns = new Turns(MAX_CHILDREN);
