import type { Connection, Io } from "../../src/net/io.ts";
import { Random } from "./random.ts";
import { VirtualClock } from "./virtual_clock.ts";

/** What a read of a {@linkcode ScriptedConnection} gives: bytes, the end of the stream, or a failure. */
export type ReadStep = Uint8Array | "end" | Error;

/** A connection whose reads come from a list; when that is used up they wait until the connection is closed. */
export class ScriptedConnection implements Connection {
  /** All bytes written. */
  readonly written: number[] = [];
  /** How often it was closed. */
  closed = 0;
  /** What writes reject with, if they do. */
  writeError: Error | null = null;
  readonly #steps: ReadStep[];
  readonly #closing = Promise.withResolvers<never>();

  constructor(...steps: ReadStep[]) {
    this.#steps = steps;
    this.#closing.promise.catch(() => {});
  }

  /** Whether all that there is to read was read. */
  get used(): boolean {
    return this.#steps.length === 0;
  }

  read(buffer: Uint8Array): Promise<number | null> {
    const step = this.#steps.shift();
    if (step === undefined) return this.#closing.promise;
    if (step === "end") return Promise.resolve(null);
    if (step instanceof Error) return Promise.reject(step);
    const part = step.subarray(0, buffer.length);
    buffer.set(part);
    if (part.length < step.length) this.#steps.unshift(step.subarray(part.length));
    return Promise.resolve(part.length);
  }

  write(bytes: Uint8Array): Promise<number> {
    if (this.writeError !== null) return Promise.reject(this.writeError);
    this.written.push(...bytes);
    return Promise.resolve(bytes.length);
  }

  close(): void {
    this.closed++;
    this.#closing.reject(new Deno.errors.Interrupted("operation canceled"));
  }
}

/** An error as the operating system's come: with a code. */
export function osError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** An {@linkcode Io} in virtual time that connects and resolves as told; what is not told never comes. */
export function scriptedIo(
  { clock = new VirtualClock(), connect, resolve }: Partial<Pick<Io, "connect" | "resolve">> & { clock?: VirtualClock },
): Io & { readonly clock: VirtualClock } {
  const random = new Random(1);
  return {
    clock,
    randomNonce: () => 0x0123_4567_89ab_cdefn,
    randomBytes: (length) => random.bytes(length),
    connect: connect ?? ((_address, signal) => untilAborted(signal)),
    resolve: resolve ?? ((_name, _type, { signal }) => untilAborted(signal)),
  };
}

/** Rejects with the reason of the signal, once that aborts. */
export function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal?.addEventListener("abort", () => reject(signal.reason));
  return promise;
}

/** Lets what needs no time go on, turn by turn of the event loop, until `condition` holds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 0));
}
