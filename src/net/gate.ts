/**
 * Connections to a proxy or bridge, and the meaning of their failures.
 *
 * @module
 */

import { escapeText } from "../wire/escape.ts";
import type { Deadline } from "./deadline.ts";
import { type Endpoint, formatEndpoint, socketPath } from "./endpoint.ts";
import { DialError, osErrorCode, timeoutError, WayLostError } from "./errors.ts";
import type { Connection, Io } from "./io.ts";
import { negotiate, type Negotiation, unreachable } from "./negotiation.ts";

/** The errors when no descriptor is left or, after a first connection, no local port. */
const SCARCITY: readonly string[] = ["EMFILE", "ENFILE"];
const SCARCITY_LATER: readonly string[] = [...SCARCITY, "EADDRNOTAVAIL"];

/** What is behind a gate. */
export interface GateKind {
  /** What messages call it. */
  readonly name: string;
  /** What to check when nothing listens there. */
  readonly advice: string;
}

/** Called once when no more connections are possible; unprintable characters of the message are escaped. */
export type OnLost = (message: string) => void;

/** Connects to one proxy. Once that is known to be dead, everything fails at once. */
export class Gate {
  readonly #kind: GateKind;
  readonly #name: string;
  readonly #endpoint: Endpoint;
  readonly #io: Pick<Io, "clock" | "connect">;
  readonly #onLost: OnLost;
  #worked = false;
  /** When it last showed that it is alive. */
  #aliveAt = -Infinity;
  #lost: DialError | null = null;

  /** For what is at an endpoint. */
  constructor(kind: GateKind, endpoint: Endpoint, io: Pick<Io, "clock" | "connect">, onLost: OnLost) {
    this.#kind = kind;
    this.#name = `${kind.name} ${formatEndpoint(endpoint)}`;
    this.#endpoint = endpoint;
    this.#io = io;
    this.#onLost = onLost;
  }

  /** Whether it is known to be dead. */
  get isLost(): boolean {
    return this.#lost !== null;
  }

  /**
   * Connects, and negotiates.
   *
   * @throws {DialError} whose message names the proxy.
   * @throws the operating system's error when something has run out.
   * @throws the deadline's reason when it is aborted.
   */
  async enter(negotiation: Negotiation, deadline: Deadline): Promise<Connection> {
    if (this.#lost !== null) throw this.#lost;
    deadline.signal.throwIfAborted();
    const startedAt = this.#io.clock.now();
    const connection = await this.#connect(deadline, startedAt);
    const watch = deadline.watch(connection);
    try {
      deadline.signal.throwIfAborted();
      const negotiated = await negotiate(connection, negotiation);
      // The deadline can close the connection when the last reply has been read but not yet understood.
      if (!watch.remove()) throw deadline.signal.reason;
      this.#aliveAt = this.#io.clock.now();
      return negotiated;
    } catch (error) {
      if (watch.remove()) connection.close();
      if (negotiation.awaitsPeer) this.#aliveAt = this.#io.clock.now();
      if (!deadline.expired) throw this.#named(error);
      if (!negotiation.awaitsPeer) throw this.#silent(deadline, startedAt);
      throw this.#named(timeoutError("connection to the peer", deadline.milliseconds));
    }
  }

  /** Makes every further attempt fail at once with `error`; `advice` is added to the warning. */
  close(error: DialError, advice = ""): void {
    if (this.#lost !== null) return;
    this.#lost = error;
    this.#onLost(escapeText(`${error.message}; peers waiting for it fail${advice}`));
  }

  async #connect(deadline: Deadline, startedAt: number): Promise<Connection> {
    try {
      const connection = await this.#io.connect(this.#endpoint, deadline.signal);
      this.#worked = true;
      return connection;
    } catch (error) {
      if (deadline.expired) throw this.#silent(deadline, startedAt);
      const scarcity = this.#worked ? SCARCITY_LATER : SCARCITY;
      if (deadline.signal.aborted || scarcity.includes(osErrorCode(error))) throw error;
      if (error instanceof Deno.errors.NotCapable) throw this.#lose("permission_denied", this.#whyDenied(error), error);
      const reason = unreachable(error);
      throw this.#lose("proxy_unreachable", reason instanceof Error ? reason.message : String(reason), error);
    }
  }

  /** The proxy has been silent since then; it counts as dead after a good part of the timeout, unless it let others in. */
  #silent({ milliseconds }: Deadline, startedAt: number): DialError {
    const error = this.#named(new DialError("proxy_unreachable", `no answer within ${milliseconds / 1000} s`));
    const isLong = this.#io.clock.now() - startedAt >= milliseconds / 4;
    if (isLong && this.#aliveAt < startedAt) this.close(error);
    return error;
  }

  #lose(code: "proxy_unreachable" | "permission_denied", reason: string, cause: unknown): DialError {
    const error = this.#named(new DialError(code, reason, { cause }));
    const neverListened = !this.#worked && osErrorCode(cause) === "ECONNREFUSED";
    this.close(error, neverListened ? `; ${this.#kind.advice}` : "");
    return error;
  }

  /** The error with the proxy's name before its message. */
  #named(error: DialError): DialError;
  #named(error: unknown): unknown;
  #named(error: unknown): unknown {
    if (!(error instanceof DialError)) return error;
    const Same = error instanceof WayLostError ? WayLostError : DialError;
    return new Same(error.code, `${this.#name}: ${error.message}`, { cause: error });
  }

  #whyDenied(error: Deno.errors.NotCapable): string {
    const path = socketPath(this.#endpoint);
    const flags = path === undefined
      ? `--allow-net=${formatEndpoint(this.#endpoint)}`
      : `--allow-read=${path} --allow-write=${path} --allow-net=unix:${path}`;
    return `${error.message.split(",")[0]}: run again with ${flags}`;
  }
}
