/**
 * Reaching I2P through a SAM bridge: one session, and a stream in it for each peer.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";
import { Deadlines } from "./deadline.ts";
import type { Endpoint } from "./endpoint.ts";
import { DialError, WayLostError } from "./errors.ts";
import { Gate, type OnLost } from "./gate.ts";
import type { Connection, Io } from "./io.ts";
import { type Open, PROXY_LIMIT, type Way } from "./route.ts";
import { Sam } from "./sam.ts";

/** Maximum time to create a session, in milliseconds, as in Bitcoin Core: the router builds tunnels first. */
const SESSION_TIMEOUT = 180_000;

/** The number of random bytes in a session's ID, which is in hex. */
const ID_SIZE = 5;

const KIND = { name: "SAM bridge", advice: "SAM may have to be enabled in the settings of the I2P router" };

/** What comes over a session's connection is ignored. */
const UNREAD = new Uint8Array(512);

/** The connection of a session; the session ends with it. */
interface Session {
  readonly id: string;
  readonly connection: Connection;
}

/** A bridge for many peers. Its session is created when the first peer needs one. */
export class SamBridge implements Way, Disposable {
  readonly isProxy = true;
  readonly limit: number = PROXY_LIMIT;
  readonly #io: Pick<Io, "randomBytes">;
  readonly #signal: AbortSignal | undefined;
  readonly #gate: Gate;
  readonly #deadlines: Deadlines;
  #session: Session | null = null;
  #making: Promise<void> | null = null;

  /** Creates no session yet. Everything ends when `signal` aborts. */
  constructor(
    endpoint: Endpoint,
    io: Pick<Io, "clock" | "connect" | "randomBytes">,
    onLost: OnLost,
    signal?: AbortSignal,
  ) {
    this.#io = io;
    this.#signal = signal;
    this.#gate = new Gate(KIND, endpoint, io, onLost);
    this.#deadlines = new Deadlines(io.clock, SESSION_TIMEOUT, signal);
  }

  get isLost(): boolean {
    return this.#gate.isLost;
  }

  ready(): Promise<void> | null {
    if (this.#session !== null || this.#gate.isLost || this.#signal?.aborted) return null;
    return this.#making ??= this.#makeSession().finally(() => this.#making = null);
  }

  lead({ host }: PeerAddress): Open {
    return async (deadline) => {
      const session = this.#session;
      if (session === null && !this.isLost) {
        throw new WayLostError("proxy_failure", "the SAM bridge ended our session");
      }
      try {
        return await this.#gate.enter(Sam.stream(session?.id ?? "none", host), deadline);
      } catch (error) {
        if (error instanceof WayLostError && session !== null) this.#end(session);
        throw error;
      }
    };
  }

  /** Ends the session. */
  [Symbol.dispose](): void {
    if (this.#session !== null) this.#end(this.#session);
    this.#deadlines[Symbol.dispose]();
  }

  /** Creates a session, or closes the gate. */
  async #makeSession(): Promise<void> {
    const id = this.#io.randomBytes(ID_SIZE).toHex();
    try {
      const deadline = this.#deadlines.begin();
      const connection = await this.#gate.enter(Sam.session(id), deadline);
      const session = this.#session = { id, connection };
      if (this.#signal?.aborted) this.#end(session);
      else this.#watch(session);
    } catch (error) {
      if (this.#signal?.aborted) return;
      const reason = error instanceof DialError ? error : new DialError("proxy_failure", `no I2P session: ${error}`);
      this.#gate.close(reason);
    }
  }

  /** The bridge closes a session's connection to end the session, such as when it restarts. */
  async #watch(session: Session): Promise<void> {
    try {
      while (await session.connection.read(UNREAD) !== null);
    } catch {
      // It does not matter how it ended.
    }
    this.#end(session);
  }

  #end(session: Session): void {
    if (this.#session !== session) return;
    this.#session = null;
    session.connection.close();
  }
}
