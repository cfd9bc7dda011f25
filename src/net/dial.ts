/**
 * Opening and closing connections within this machine's limits.
 *
 * @module
 */

import type { Network } from "../address/network.ts";
import { CJDNS, whyUndialable } from "../address/routability.ts";
import { type Deadline, Deadlines } from "./deadline.ts";
import { DialledConnection } from "./dialled_connection.ts";
import { DialError, osErrorCode, timeoutError, toDialError, WayLostError } from "./errors.ts";
import { Hold } from "./hold.ts";
import type { Clock } from "./io.ts";
import { Linger } from "./linger.ts";
import type { OptionNames } from "./option_names.ts";
import type { Route } from "./route.ts";
import { throughZone } from "./zone.ts";

/** How long to wait before dialling again when none of our connections frees what is missing, in milliseconds. */
const RETRY_INTERVAL = 100;

/** How to dial. */
export interface DialerOptions {
  /** Maximum number of connections kept open for their peers to react. */
  readonly lingering: number;
  /** How long held connections are kept open, in milliseconds. */
  readonly hold: number;
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
  /** By timeout, in milliseconds; only a few different ones. */
  readonly #deadlines = new Map<number, Deadlines>();
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
    this.#linger = new Linger(clock, options.lingering);
    this.#hold = new Hold(clock, options.hold, options.signal);
    options.signal?.addEventListener("abort", this.#stop);
  }

  /**
   * Connects; a second connection to a peer gets the first one's deadline as `begun`. The timeout starts when the route is
   * ready. When no file descriptor is left, or the route has to be set up again, it waits for that and restarts the
   * timeout (half of it for a second connection); when no local port is left it waits within the timeout. `onBegin` is
   * called with the time whenever the timeout starts.
   *
   * @throws {DialError} `host_unreachable` for an address that no node can have; otherwise the error of the operating
   * system or the proxy.
   * @throws the signal's reason when it aborts.
   */
  async dial(route: Route, begun?: Deadline, onBegin?: (now: number) => void): Promise<DialledConnection> {
    const { address: { network, host }, timeout } = route;
    const undialable = network === null ? undefined : whyUndialable({ network, host });
    if (undialable !== undefined) {
      const hint = undialable === CJDNS
        ? `; if this machine is on CJDNS, say so with ${this.#options.optionNames.cjdns}`
        : "";
      throw new DialError("host_unreachable", `not dialled: ${host} is ${undialable}${hint}`);
    }
    const begin = () => {
      onBegin?.(this.#clock.now());
      return this.begin(begun === undefined ? timeout : timeout / 2);
    };
    for (let deadline = begun, mayBeLost = true;;) {
      const getsReady = route.ready();
      if (getsReady !== null) await getsReady;
      deadline ??= begin();
      const startedAt = this.#clock.now();
      try {
        const connection = await route.open(deadline);
        this.#open++;
        if (network === "ipv6") this.#ipv6Works = true;
        return new DialledConnection(connection, deadline, startedAt, this.#onClose);
      } catch (error) {
        const isLost = error instanceof WayLostError && mayBeLost;
        if (isLost) mayBeLost = false;
        if (isLost || await this.#waitOut(error, route, deadline)) deadline = undefined;
      }
    }
  }

  /** A deadline for an operation that begins now; to be called with few different times. */
  begin(milliseconds: number): Deadline {
    let deadlines = this.#deadlines.get(milliseconds);
    if (deadlines === undefined) {
      deadlines = new Deadlines(this.#clock, milliseconds, this.#options.signal);
      this.#deadlines.set(milliseconds, deadlines);
    }
    return deadlines.begin();
  }

  /** Closes a connection after half of its timeout if the peer is silent until then. */
  closeAfterHalf(connection: DialledConnection, isSilent: () => boolean): void {
    connection.expectAnswer(this.begin(connection.deadline.milliseconds / 2), isSilent);
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
    for (const deadlines of this.#deadlines.values()) deadlines[Symbol.dispose]();
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

  /**
   * Waits until what has run out may be available again; returns whether to restart the timeout.
   *
   * @throws {DialError} for any other error.
   */
  async #waitOut(error: unknown, { address: { network, host }, timeout }: Route, deadline: Deadline): Promise<boolean> {
    if (deadline.expired) {
      throw error instanceof DialError ? error : throughZone(timeoutError("connection", timeout), host);
    }
    const missing = this.#whatIsMissing(error, network);
    if (missing === null || deadline.signal.aborted) throw throughZone(toDialError(error), host);
    this.#warn(missing);
    // If none of our connections will free a descriptor, only the deadline can end the wait.
    const beginAnew = missing === "file descriptor" && this.#open > 0;
    await this.#untilClose();
    return beginAnew;
  }

  /** What this machine has run out of, if the error says so. */
  #whatIsMissing(error: unknown, network: Network | null): "file descriptor" | "local port" | null {
    switch (osErrorCode(error)) {
      case "EMFILE":
      case "ENFILE":
        return "file descriptor";
      case "EADDRNOTAVAIL":
        // A machine without IPv6 reports the same for every IPv6 address, and waiting does not help.
        return network !== "ipv6" && network !== "cjdns" || this.#ipv6Works ? "local port" : null;
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
