/**
 * Connections to one proxy, or to one bridge, and what it means when they fail.
 *
 * @module
 */

import type { Deadline } from "./deadline.ts";
import { type Endpoint, formatEndpoint, socketPath } from "./endpoint.ts";
import { DialError, osErrorCode, timeoutError, toDialError, WayLostError } from "./errors.ts";
import type { Connection, Io } from "./io.ts";
import { negotiate, type Negotiation } from "./negotiation.ts";

/** No descriptor is left; no local port is, if there has been one before. */
const SCARCITY: readonly string[] = ["EMFILE", "ENFILE"];
const SCARCITY_LATER: readonly string[] = [...SCARCITY, "EADDRNOTAVAIL"];

/** Told, once, that no connection can be made any more. */
export type OnLost = (message: string) => void;

/** The way into one proxy. Nobody waits for it again once it is known to be dead. */
export class Gate {
  readonly #name: string;
  readonly #endpoint: Endpoint;
  readonly #io: Pick<Io, "clock" | "connect">;
  readonly #onLost: OnLost;
  #worked = false;
  /** When it last showed that it is alive. */
  #aliveAt = -Infinity;
  #lost: DialError | null = null;

  /** The way into `kind`, as `proxy`, at an endpoint. */
  constructor(kind: string, endpoint: Endpoint, io: Pick<Io, "clock" | "connect">, onLost: OnLost) {
    this.#name = `${kind} ${formatEndpoint(endpoint)}`;
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
   * @throws what the operating system says, when something has run out.
   * @throws the reason of the deadline, when that is aborted.
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
      watch.remove();
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

  /** From now on every attempt fails with an error, at once. */
  close(error: DialError): void {
    if (this.#lost !== null) return;
    this.#lost = error;
    this.#onLost(`${error.message}; what waits for it fails`);
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
      const reason = toDialError(error);
      throw this.#lose("proxy_unreachable", reason instanceof Error ? reason.message : String(reason), error);
    }
  }

  /** It is silent since then. It is dead if that is a good part of the time, and nobody else was let in meanwhile. */
  #silent({ milliseconds }: Deadline, startedAt: number): DialError {
    const error = this.#named(new DialError("proxy_unreachable", `no answer within ${milliseconds / 1000} s`));
    const isLong = this.#io.clock.now() - startedAt >= milliseconds / 4;
    if (isLong && this.#aliveAt < startedAt) this.close(error);
    return error;
  }

  #lose(code: "proxy_unreachable" | "permission_denied", reason: string, cause: unknown): DialError {
    const error = this.#named(new DialError(code, reason, { cause }));
    this.close(error);
    return error;
  }

  /** The error with the name of the proxy before its message. */
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
