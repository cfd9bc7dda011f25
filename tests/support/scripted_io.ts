import type { Connection, Io } from "../../src/net/io.ts";
import { Random } from "./random.ts";
import { VirtualClock } from "./virtual_clock.ts";

/** The result of a read of a {@linkcode ScriptedConnection}: bytes, the end of the stream, or a failure. */
export type ReadStep = Uint8Array | "end" | Error;

/**
 * A connection whose reads come from a list; once that is used up they wait until the peer says more, or until the
 * connection is closed.
 */
export class ScriptedConnection implements Connection {
  /** All bytes written. */
  readonly written: number[] = [];
  /** How often it was closed. */
  closed = 0;
  /** The error that writes reject with, if any. */
  writeError: Error | null = null;
  readonly #steps: ReadStep[];
  readonly #closing = Promise.withResolvers<never>();
  #isWaiting = false;
  #arrived = Promise.withResolvers<void>();

  constructor(...steps: ReadStep[]) {
    this.#steps = steps;
    this.#closing.promise.catch(() => {});
  }

  /** Whether everything has been read. */
  get used(): boolean {
    return this.#steps.length === 0;
  }

  /** Whether everything has been read, and more is waited for. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** The peer does this next. */
  say(step: ReadStep): void {
    this.#isWaiting = false;
    this.#steps.push(step);
    this.#arrived.resolve();
    this.#arrived = Promise.withResolvers();
  }

  read(buffer: Uint8Array): Promise<number | null> {
    const step = this.#steps.shift();
    if (step === undefined) {
      this.#isWaiting = true;
      return Promise.race([this.#closing.promise, this.#arrived.promise.then(() => this.read(buffer))]);
    }
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

/** An error like those of the operating system, with a code. */
export function osError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** An {@linkcode Io} in virtual time with scripted connections and names; anything not scripted never comes. */
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

/** Rejects with the signal's reason when it aborts. */
export function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal?.addEventListener("abort", () => reject(signal.reason));
  return promise;
}

/** A signal that never aborts, and what listens to it. */
export function watchedSignal(): { readonly signal: AbortSignal; readonly listeners: ReadonlySet<unknown> } {
  const { signal } = new AbortController();
  const listeners = new Set<unknown>();
  signal.addEventListener = (_type: string, listener: unknown) => void listeners.add(listener);
  signal.removeEventListener = (_type: string, listener: unknown) => void listeners.delete(listener);
  return { signal, listeners };
}

/** Runs turns of the event loop until `condition` holds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await turns();
}

/** Runs so many turns of the event loop: time for promises, but not for a digest, a file or a socket. */
export async function turns(count = 1): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setTimeout(resolve, 0));
}
