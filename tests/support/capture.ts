/**
 * Simulated peers that record what the program sends them.
 *
 * @module
 */

import type { IpAddress } from "../../src/address/address.ts";
import { systemClock } from "../../src/net/io.ts";
import type { PeerLink } from "../../src/sim/link.ts";
import { SimulatedPeer, type SimulatedPeerOptions } from "../../src/sim/peer.ts";
import type { Frame } from "../../src/transport/transport.ts";
import { V1Transport } from "../../src/transport/v1.ts";
import { type Chain, MAINNET } from "../../src/wire/chains.ts";
import { decodeVersion, type VersionMessage } from "../../src/wire/version.ts";
import { concat } from "./bytes.ts";
import { frame, nodeVersion } from "./raw.ts";
import { answerTo, newSession } from "./session.ts";
import { framesOf } from "./v1.ts";

/** What a peer answers to received bytes; `null` to close. */
export type Answer = (bytes: Uint8Array) => Uint8Array | null | Promise<Uint8Array | null>;

/** A connection that a {@linkcode CapturingPeer} accepted, and what it received. */
export class CapturedConnection {
  /** The program's end of it. */
  readonly remote: IpAddress;
  #bytes: Uint8Array = new Uint8Array();

  /** Starts with nothing received. */
  constructor(remote: IpAddress) {
    this.remote = remote;
  }

  /** Everything that came. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Records more. */
  add(bytes: Uint8Array): void {
    this.#bytes = concat(this.#bytes, bytes);
  }

  /** The received messages of a chain. */
  frames(chain: Chain = MAINNET): readonly Frame[] {
    return [...framesOf(new V1Transport(chain), this.#bytes)];
  }

  /** The types of the messages that came. */
  messageTypes(chain: Chain = MAINNET): readonly string[] {
    return this.frames(chain).map(({ messageType }) => messageType);
  }

  /** The `version` that came first. */
  version(chain: Chain = MAINNET): VersionMessage {
    const [first] = this.frames(chain);
    if (first?.messageType !== "version" || first.payload === null) throw new Error("Expected a version to come first");
    return decodeVersion(first.payload);
  }
}

/** A peer that answers, by default as a node, and records what it receives. */
export class CapturingPeer implements AsyncDisposable {
  readonly #peer: SimulatedPeer;
  readonly #connections: CapturedConnection[] = [];
  readonly #running: Promise<void>[] = [];
  readonly #heard = Promise.withResolvers<void>();

  /** Starts to listen; `startAnswering` is called for each connection. */
  constructor(startAnswering: () => Answer = () => answerAsNode(), options: SimulatedPeerOptions = {}) {
    this.#peer = new SimulatedPeer((link) => {
      const running = this.#serve(link, startAnswering());
      this.#running.push(running.catch(() => {}));
      return running;
    }, options);
  }

  /** Where it listens. */
  get address(): IpAddress {
    return this.#peer.address;
  }

  /** Its address as a target to scan. */
  get target(): string {
    return this.#peer.target;
  }

  /** The connections so far. */
  get connections(): readonly CapturedConnection[] {
    return this.#connections;
  }

  /** The only connection, once it is over. */
  async connection(): Promise<CapturedConnection> {
    await Promise.all(this.#running);
    const [connection, ...more] = this.#connections;
    if (connection === undefined || more.length > 0) {
      throw new Error(`Expected one connection to ${this.target}, got ${this.#connections.length}`);
    }
    return connection;
  }

  /** Resolves when something has been received. */
  get heard(): Promise<void> {
    return this.#heard.promise;
  }

  /** Closes it. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#peer.close();
  }

  async #serve(link: PeerLink, answer: Answer): Promise<void> {
    const connection = new CapturedConnection(link.remote);
    this.#connections.push(connection);
    for await (const bytes of link.bytes()) {
      connection.add(bytes);
      this.#heard.resolve();
      const reply = await answer(bytes);
      if (reply === null) return;
      await link.sendBytes(reply);
    }
  }
}

/** Answers like a node: with `version` and `verack`, and another message after the handshake. */
export function answerAsNode(chain: Chain = MAINNET, changes: Partial<VersionMessage> = {}): Answer {
  const session = newSession({ role: "responder", version: nodeVersion(changes), transport: new V1Transport(chain) });
  return async (bytes) => {
    const reply = await answerTo(session, bytes, systemClock.unixTime());
    return session.handshake.state === "complete" ? concat(reply, await frame("getaddr", undefined, { chain })) : reply;
  };
}

/** Answers the first bytes with the first part, the next bytes with the next part, and so on, then nothing. */
export function answerWithParts(...parts: readonly Uint8Array[]): Answer {
  const rest = [...parts];
  return () => rest.shift() ?? new Uint8Array();
}

/** Receives everything and never answers. */
export function neverAnswer(): Answer {
  return () => new Uint8Array();
}
