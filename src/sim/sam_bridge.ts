/**
 * A simulated SAM 3.1 bridge on loopback, like that of an I2P router.
 *
 * @module
 */

import type { Address, IpAddress } from "../address/address.ts";
import { SimulatedPeer, type SimulatedPeerOptions } from "./peer.ts";
import { destinationOf, type SamAnswer, type SamAnswers, samScript, sendLine } from "./proxies/sam_script.ts";
import { type ParsedTargets, parseTargets, type ProxyTargets, relay } from "./proxies/targets.ts";

/** How to start a {@linkcode SimulatedSamBridge}. */
export interface SimulatedSamBridgeOptions extends SimulatedPeerOptions {
  /** What it connects to; the port of an I2P name is 0. Looking up a name that is not listed fails with `INVALID_KEY`, as
   * in i2pd. */
  readonly targets: ProxyTargets;
  /** How long it takes to create a session, in milliseconds; 0 by default. */
  readonly sessionDelay?: number;
}

/** A request for a stream. */
export interface SamStreamRequest {
  /** The session's ID. */
  readonly session: string;
  /** The name whose destination was requested; `null` for a destination that the bridge has not given out. */
  readonly name: string | null;
}

/** A SAM bridge that connects to loopback addresses only, and records every request. */
export class SimulatedSamBridge implements AsyncDisposable {
  readonly #targets: ParsedTargets;
  readonly #names = new Map<string, string>();
  readonly #sessionDelay: number;
  readonly #sessions = new Map<string, () => void>();
  readonly #sessionsMade: string[] = [];
  readonly #lookups: string[] = [];
  readonly #streams: SamStreamRequest[] = [];
  readonly #server: SimulatedPeer;

  /**
   * Starts to listen.
   *
   * @throws {RangeError} if a target is not a name and a port with an IP address and a port.
   */
  constructor({ targets, sessionDelay = 0, ...options }: SimulatedSamBridgeOptions) {
    this.#targets = parseTargets(targets);
    this.#sessionDelay = sessionDelay;
    const answers: SamAnswers = {
      "HELLO VERSION": (_, talk) => sendLine(talk, "HELLO REPLY RESULT=OK VERSION=3.1"),
      "SESSION CREATE": this.#createSession,
      "NAMING LOOKUP": this.#lookUp,
      "STREAM CONNECT": this.#connect,
    };
    this.#server = new SimulatedPeer(samScript(answers), options);
  }

  /** Where it listens. */
  get address(): IpAddress {
    return this.#server.address;
  }

  /** The IDs of all sessions created, in order, including those that have ended. */
  get sessions(): readonly string[] {
    return this.#sessionsMade;
  }

  /** The names that were looked up, in order. */
  get lookups(): readonly string[] {
    return this.#lookups;
  }

  /** The streams that were requested, in order. */
  get streams(): readonly SamStreamRequest[] {
    return this.#streams;
  }

  /** Ends all sessions by closing their connections, as a router that restarts; open streams stay open. */
  endSessions(): void {
    for (const end of this.#sessions.values()) end();
  }

  /** Stops listening and closes all connections. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
  }

  readonly #createSession: SamAnswer = async ({ values }, talk) => {
    const id = values.get("ID") ?? "";
    if (this.#sessionDelay > 0) await talk.link.wait(this.#sessionDelay);
    if (this.#sessions.has(id)) return await sendLine(talk, "SESSION STATUS RESULT=DUPLICATED_ID");
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    this.#sessions.set(id, end);
    this.#sessionsMade.push(id);
    try {
      await sendLine(talk, `SESSION STATUS RESULT=OK DESTINATION=${destinationOf(id)}`);
      await Promise.race([ended, talk.link.waitForClose()]);
    } finally {
      this.#sessions.delete(id);
    }
    throw new Deno.errors.ConnectionAborted("the session has ended");
  };

  readonly #lookUp: SamAnswer = async ({ values }, talk) => {
    const name = values.get("NAME") ?? "";
    this.#lookups.push(name);
    if (this.#targetOf(name) === undefined) {
      return await sendLine(talk, `NAMING REPLY RESULT=INVALID_KEY NAME=${name}`);
    }
    const destination = destinationOf(name);
    this.#names.set(destination, name);
    await sendLine(talk, `NAMING REPLY RESULT=OK NAME=${name} VALUE=${destination}`);
  };

  readonly #connect: SamAnswer = async ({ values }, talk) => {
    const session = values.get("ID") ?? "";
    const name = this.#names.get(values.get("DESTINATION") ?? "") ?? null;
    this.#streams.push({ session, name });
    if (!this.#sessions.has(session)) return await sendLine(talk, "STREAM STATUS RESULT=INVALID_ID");
    const target = name === null ? undefined : this.#targetOf(name);
    if (target === undefined) return await sendLine(talk, "STREAM STATUS RESULT=INVALID_KEY");
    let connection: Deno.TcpConn;
    try {
      connection = await Deno.connect({ hostname: target.host, port: target.port });
    } catch {
      return await sendLine(talk, "STREAM STATUS RESULT=CANT_REACH_PEER");
    }
    using peer = connection;
    await sendLine(talk, "STREAM STATUS RESULT=OK");
    await relay(talk.link, talk.reader, peer);
  };

  #targetOf(name: string): Address | undefined {
    return this.#targets.get(`${name}:0`);
  }
}
