/**
 * Opening and closing connections within this machine's limits.
 *
 * @module
 */

import type { Address } from "../address/address.ts";
import { zoneOf } from "../address/host.ts";
import type { Network } from "../address/network.ts";
import { whyUndialable } from "../address/routability.ts";
import { type Deadline, Deadlines } from "./deadline.ts";
import { DialledConnection } from "./dialled_connection.ts";
import { DialError, osErrorCode, timeoutError, toDialError } from "./errors.ts";
import { Hold } from "./hold.ts";
import type { Clock } from "./io.ts";
import { Linger } from "./linger.ts";
import type { OptionNames } from "./option_names.ts";
import type { Routes } from "./route.ts";

/** How long to wait before dialling again when none of our connections frees what is missing, in milliseconds. */
const RETRY_INTERVAL = 100;

/** The error of a connect, naming the interface when the host has a zone. */
function throughZone(error: unknown, host: string): unknown {
  const zone = zoneOf(host);
  if (zone === undefined || !(error instanceof Error)) return error;
  // Deno lets the system look up the interface; glibc asks a name server if it finds none.
  if (/failed to lookup address/.test(error.message)) {
    return new DialError("host_unreachable", `this machine has no network interface ${zone}`, { cause: error });
  }
  if (!(error instanceof DialError && ["host_unreachable", "timeout"].includes(error.code))) return error;
  return new DialError(error.code, `${error.message} (through interface ${zone})`, { cause: error });
}

/** How to dial. */
export interface DialerOptions {
  /** How to reach the peers of each network. */
  readonly routes: Routes;
  /** Maximum time from dialling to the end, in milliseconds. */
  readonly timeout: number;
  /** Maximum number of connections kept open for their peers to react. */
  readonly lingering: number;
  /** How long held connections are kept open, in milliseconds. */
  readonly hold?: number;
  /** What messages call the options. */
  readonly optionNames: OptionNames;
  /** Ends all dialling when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** Called once when something runs out and dialling has to wait for it. */
  readonly onScarcity?: ((message: string) => void) | undefined;
}

/** Opens and closes connections for many handshakes at once. */
export class Dialer implements Disposable {
  readonly #clock: Clock;
  readonly #options: DialerOptions;
  readonly #deadlines: Deadlines;
  readonly #halves: Deadlines;
  readonly #linger: Linger<DialledConnection>;
  readonly #hold: Hold;
  readonly #waiting = new Set<() => void>();
  #open = 0;
  #ipv6Works = false;
  #warned = false;

  /** Starts with no connection open. */
  constructor(clock: Clock, options: DialerOptions) {
    this.#clock = clock;
    this.#options = options;
    this.#deadlines = new Deadlines(clock, options.timeout, options.signal);
    this.#halves = new Deadlines(clock, options.timeout / 2, options.signal);
    this.#linger = new Linger(clock, options.lingering);
    this.#hold = new Hold(clock, options.hold ?? 0, options.signal);
    options.signal?.addEventListener("abort", this.#stop);
  }

  /**
   * Connects; a second connection to a peer gets the first one's deadline as `begun`. When no file descriptor is left
   * it waits for one and restarts the timeout (half of it for a second connection); when no local port is left it waits
   * within the timeout.
   *
   * @throws {DialError} `host_unreachable` for an address that no node can have; otherwise the operating system's
   * error.
   * @throws the signal's reason when it aborts.
   */
  async dial(address: Address, begun?: Deadline): Promise<DialledConnection> {
    const { network, host } = address;
    const undialable = whyUndialable(address);
    if (undialable !== undefined) {
      throw new DialError("host_unreachable", `not dialled: ${host} is ${undialable}`);
    }
    const route = this.#options.routes[network];
    if (route === undefined) {
      throw new DialError(
        "host_unreachable",
        `not dialled: ${host} is on ${network}, which cannot be reached from here`,
      );
    }
    for (let deadline = begun ?? this.#deadlines.begin();;) {
      const startedAt = this.#clock.now();
      try {
        const connection = await route(address, deadline.signal);
        this.#open++;
        if (network === "ipv6") this.#ipv6Works = true;
        return new DialledConnection(connection, deadline, startedAt, this.#onClose);
      } catch (error) {
        if (deadline.expired) throw throughZone(timeoutError("connection", this.#options.timeout), host);
        const missing = this.#whatIsMissing(error, network);
        if (missing === null || deadline.signal.aborted) throw throughZone(toDialError(error), host);
        this.#warn(missing);
        // If none of our connections will free a descriptor, only the deadline can end the wait.
        const beginAnew = missing === "file descriptor" && this.#open > 0;
        await this.#untilClose();
        if (beginAnew) deadline = (begun === undefined ? this.#deadlines : this.#halves).begin();
      }
    }
  }

  /** Closes a connection after half of the timeout if the peer is silent until then; returns that deadline. */
  closeAfterHalf(connection: DialledConnection, isSilent: () => boolean): Deadline {
    const half = this.#halves.begin();
    connection.expectAnswer(half, isSilent);
    return half;
  }

  /** Closes once the peer has seen everything we sent, regardless of the connection's deadline. */
  closeGently(connection: DialledConnection): void {
    connection.release();
    this.#linger.add(connection);
  }

  /** Keeps a connection open for `hold` milliseconds, or until `use` ends. */
  hold(connection: DialledConnection, use: Promise<void>): Promise<void> {
    return this.#hold.keep(connection, use);
  }

  /** How many connections are held. */
  get held(): number {
    return this.#hold.size;
  }

  /** Resolves when all connections being closed gently or held are closed. */
  async lingered(): Promise<void> {
    await this.#linger.drained();
    await this.#hold.drained();
  }

  /** Closes at once all connections being closed gently or held, and cancels all timers. */
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
        // A machine without IPv6 reports the same for every IPv6 address, and waiting does not help.
        return network === "ipv4" || this.#ipv6Works ? "local port" : null;
      default:
        return null;
    }
  }

  /** Resolves when a connection is closed (first come, first served), after a while, or when everything ends. */
  async #untilClose(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#clock.schedule(resolve, RETRY_INTERVAL);
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
    const { hold, optionNames: names } = this.#options;
    const options = hold ? `${names.concurrency} or ${names.hold}` : names.concurrency;
    this.#options.onScarcity?.(`out of ${missing}s: dialling waits until one is free; ${remedy} ${options}`);
  }
}
