/**
 * Opening and closing connections, with what this machine has to open them with.
 *
 * @module
 */

import type { Address } from "../address/address.ts";
import { zoneOf } from "../address/host.ts";
import type { Network } from "../address/network.ts";
import { whyUndialable } from "../address/routability.ts";
import { type Closable, type Deadline, Deadlines } from "./deadline.ts";
import { DialError, osErrorCode, timeoutError, toDialError } from "./errors.ts";
import { Hold } from "./hold.ts";
import type { Connection, Io } from "./io.ts";
import { Linger } from "./linger.ts";
import type { Entry } from "./linked_list.ts";

/** How long to wait before dialling again, where no connection of ours is about to free what is missing, in milliseconds. */
const RETRY_INTERVAL = 100;

/** A connection that a {@linkcode Dialer} has opened, and that counts as one of its open ones until it is closed. */
export class DialledConnection implements Connection {
  /** Until when all must be over: it began with the dialling, and closes the connection when it passes. */
  readonly deadline: Deadline;
  /** When this attempt to connect began, on the clock that counts milliseconds. */
  readonly startedAt: number;
  /** `null` once it is closed: whoever still holds this one does not hold what the connection takes. */
  #connection: Connection | null;
  readonly #onClose: () => void;
  #watch: Entry<Closable>;
  #answerWatch: Entry<Closable> | null = null;

  /** Takes over a connection; `onClose` is called once. */
  constructor(connection: Connection, deadline: Deadline, startedAt: number, onClose: () => void) {
    this.#connection = connection;
    this.deadline = deadline;
    this.startedAt = startedAt;
    this.#onClose = onClose;
    this.#watch = deadline.watch(this);
  }

  read(buffer: Uint8Array): Promise<number | null> {
    return this.#connection?.read(buffer) ?? rejectAsClosed();
  }

  write(bytes: Uint8Array): Promise<number> {
    return this.#connection?.write(bytes) ?? rejectAsClosed();
  }

  /** Closes when another deadline passes too, if the peer is silent then. */
  expectAnswer(deadline: Deadline, isSilent: () => boolean): void {
    this.#answerWatch = deadline.watch({ close: () => isSilent() && this.close() });
  }

  /** Does not close any more when its own deadline passes. */
  release(): void {
    this.#watch.remove();
  }

  /** Closes when another deadline passes, in place of its own. */
  extend(deadline: Deadline): void {
    this.release();
    this.#watch = deadline.watch(this);
  }

  /** Closes at once, and only once. */
  close(): void {
    const connection = this.#connection;
    if (connection === null) return;
    this.#connection = null;
    this.release();
    this.#answerWatch?.remove();
    connection.close();
    this.#onClose();
  }
}

/** The error of a connect, which for a host in a zone may be that of its interface. */
function throughZone(error: unknown, host: string): unknown {
  const zone = zoneOf(host);
  if (zone === undefined || !(error instanceof Error)) return error;
  // Deno leaves it to the system to find the interface; glibc asks a name server for what it does not find.
  if (/failed to lookup address/.test(error.message)) {
    return new DialError("host_unreachable", `this machine has no network interface ${zone}`, { cause: error });
  }
  if (!(error instanceof DialError && ["host_unreachable", "timeout"].includes(error.code))) return error;
  return new DialError(error.code, `${error.message}, through the interface ${zone}`, { cause: error });
}

function rejectAsClosed(): Promise<never> {
  return Promise.reject(new Deno.errors.BadResource("the connection is closed"));
}

/** How to dial. */
export interface DialerOptions {
  /** Most time from the dialling to the end, in milliseconds. */
  readonly timeout: number;
  /** As many connections are held open for their peers to react. */
  readonly lingering: number;
  /** How long the connections are kept open that are to be held, in milliseconds. */
  readonly hold?: number;
  /** Ends all dialling when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** Told, once, when something runs out and dialling has to wait for it. */
  readonly onScarcity?: ((message: string) => void) | undefined;
}

/** Opens and closes connections for many handshakes at once. */
export class Dialer implements Disposable {
  readonly #io: Io;
  readonly #options: DialerOptions;
  readonly #deadlines: Deadlines;
  readonly #halves: Deadlines;
  readonly #linger: Linger<DialledConnection>;
  readonly #hold: Hold;
  readonly #waiting = new Set<() => void>();
  #open = 0;
  #ipv6Works = false;
  #warned = false;

  /** Has nothing open yet. */
  constructor(io: Io, options: DialerOptions) {
    this.#io = io;
    this.#options = options;
    this.#deadlines = new Deadlines(io.clock, options.timeout, options.signal);
    this.#halves = new Deadlines(io.clock, options.timeout / 2, options.signal);
    this.#linger = new Linger(io.clock, options.lingering);
    this.#hold = new Hold(io.clock, options.hold ?? 0, options.signal);
    options.signal?.addEventListener("abort", this.#stop);
  }

  /**
   * Connects; for a second time, within what is left of the time that `begun` gives. Without a file descriptor left it
   * waits for one, and the time begins anew, half of it for a second time; without a local port left it waits within the
   * time.
   *
   * @throws {DialError} `host_unreachable` for an address that no node can have; else what the operating system says.
   * @throws the reason of the signal, when that aborts.
   */
  async dial(address: Address, begun?: Deadline): Promise<DialledConnection> {
    const { network, host, port } = address;
    const undialable = whyUndialable(address);
    if (undialable !== undefined) {
      throw new DialError("host_unreachable", `not dialled: ${host} is ${undialable}`);
    }
    // Such a name would be looked up.
    if (network === "onion" || network === "i2p") {
      throw new DialError(
        "host_unreachable",
        `not dialled: ${host} is a name of ${network}, and there is no way there`,
      );
    }
    for (let deadline = begun ?? this.#deadlines.begin();;) {
      const startedAt = this.#io.clock.now();
      try {
        const connection = await this.#io.connect(host, port, deadline.signal);
        this.#open++;
        if (network === "ipv6") this.#ipv6Works = true;
        return new DialledConnection(connection, deadline, startedAt, this.#onClose);
      } catch (error) {
        if (deadline.expired) throw throughZone(timeoutError("connection", this.#options.timeout), host);
        const missing = this.#whatIsMissing(error, network);
        if (missing === null || deadline.signal.aborted) throw throughZone(toDialError(error), host);
        this.#warn(missing);
        // Where no connection of ours will free a descriptor, only the deadline can end this.
        const beginAnew = missing === "file descriptor" && this.#open > 0;
        await this.#untilClose();
        if (beginAnew) deadline = (begun === undefined ? this.#deadlines : this.#halves).begin();
      }
    }
  }

  /** Closes a connection after half of the time from now, at the deadline returned, if the peer is silent then. */
  closeAfterHalf(connection: DialledConnection, isSilent: () => boolean): Deadline {
    const half = this.#halves.begin();
    connection.expectAnswer(half, isSilent);
    return half;
  }

  /** Closes once the peer has seen all that we sent, whatever its deadline. */
  closeGently(connection: DialledConnection): void {
    connection.release();
    this.#linger.add(connection);
  }

  /** Keeps a connection open for the time that the options say, or until `use` of it ends. */
  hold(connection: DialledConnection, use: Promise<void>): Promise<void> {
    return this.#hold.keep(connection, use);
  }

  /** How many connections are held. */
  get held(): number {
    return this.#hold.size;
  }

  /** Resolves when all that was to be closed gently, or to be held, is closed. */
  async lingered(): Promise<void> {
    await this.#linger.drained();
    await this.#hold.drained();
  }

  /** Closes at once what was to be closed gently, or to be held, and leaves no timer behind. */
  [Symbol.dispose](): void {
    this.#stop();
    this.#deadlines[Symbol.dispose]();
    this.#halves[Symbol.dispose]();
    this.#hold[Symbol.dispose]();
    this.#options.signal?.removeEventListener("abort", this.#stop);
  }

  readonly #onClose = (): void => {
    this.#open--;
    this.#waiting.values().next().value?.();
  };

  readonly #stop = (): void => {
    this.#linger.closeAll();
    for (const wake of this.#waiting) wake();
  };

  /** What this machine has run out of, if the error says so. */
  #whatIsMissing(error: unknown, network: Network): "file descriptor" | "local port" | null {
    switch (osErrorCode(error)) {
      case "EMFILE":
      case "ENFILE":
        return "file descriptor";
      case "EADDRNOTAVAIL":
        // A machine without IPv6 says the same to every IPv6 address, and has nothing to wait for.
        return network === "ipv4" || this.#ipv6Works ? "local port" : null;
      default:
        return null;
    }
  }

  /** Resolves when a connection is closed, first come first served, after a while, or when all ends. */
  async #untilClose(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#io.clock.schedule(resolve, RETRY_INTERVAL);
    const wake = () => {
      this.#waiting.delete(wake);
      resolve();
    };
    this.#waiting.add(wake);
    await promise;
    this.#waiting.delete(wake);
    cancel();
  }

  #warn(missing: "file descriptor" | "local port"): void {
    if (this.#warned) return;
    this.#warned = true;
    const remedy = missing === "file descriptor" ? "raise the limit (ulimit -n) or lower" : "lower";
    const options = this.#options.hold ? "--concurrency or --hold" : "--concurrency";
    this.#options.onScarcity?.(`no ${missing} left: dialling waits for one; ${remedy} ${options}`);
  }
}
