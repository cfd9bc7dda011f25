/**
 * The initiator of many handshakes, each over one connection, or over two where v1 is tried behind v2.
 *
 * @module
 */

import { V1Transport } from "../transport/v1.ts";
import type { Chain } from "../wire/chains.ts";
import type { SocketAddress } from "./address.ts";
import { Attempt, type MakeTransport } from "./attempt.ts";
import type { Deadline } from "./deadline.ts";
import { Dialer } from "./dial.ts";
import type { Io } from "./io.ts";
import type { HandshakeOutcome, HandshakeSettings } from "./settings.ts";

/** Shakes hands with peers. */
export class Initiator implements Disposable {
  readonly #settings: HandshakeSettings;
  readonly #io: Io;
  readonly #signal: AbortSignal | undefined;
  readonly #dialer: Dialer;
  readonly #userAgent: Uint8Array;
  readonly #makeV1: MakeTransport;
  /** Loaded on demand, once: where only v1 is spoken nobody should wait for it. */
  readonly #makeV2: Promise<MakeTransport> | null;

  /** Has not dialled anyone yet. All ends when `signal` aborts. */
  constructor(settings: HandshakeSettings, io: Io, signal?: AbortSignal) {
    const { chain, transport, timeout, concurrency, onScarcity, userAgent, trace } = settings;
    const keepsAll = trace !== undefined;
    this.#settings = settings;
    this.#io = io;
    this.#signal = signal;
    this.#dialer = new Dialer(io, { timeout, lingering: concurrency, signal, onScarcity });
    this.#userAgent = new TextEncoder().encode(userAgent);
    this.#makeV1 = () => new V1Transport(chain, keepsAll);
    this.#makeV2 = transport === "v1" ? null : loadV2(chain, io, keepsAll);
  }

  /**
   * Connects to a peer and shakes hands with it. Whatever the peer or the network does is in the outcome.
   *
   * @throws the reason of the signal, when that aborts.
   */
  shakeHands(address: SocketAddress): Promise<HandshakeOutcome> {
    return this.#makeV2 === null
      ? this.#run(new Attempt(address, "v1", this.#settings, this.#io), this.#makeV1)
      : this.#shakeHandsInV2(address, this.#makeV2);
  }

  /** Resolves when the connections of all handshakes that are over are closed. */
  closed(): Promise<void> {
    return this.#dialer.lingered();
  }

  /** Closes what is open, and leaves no timer behind. */
  [Symbol.dispose](): void {
    this.#dialer[Symbol.dispose]();
  }

  async #shakeHandsInV2(address: SocketAddress, makeV2: Promise<MakeTransport>): Promise<HandshakeOutcome> {
    const { transport, onFallback } = this.#settings;
    const makeTransport = await makeV2;
    const attempt = new Attempt(address, "v2", this.#settings, this.#io);
    const outcome = await this.#run(attempt, makeTransport);
    if (transport === "v2" || outcome.error?.code !== "v2_not_supported") return outcome;
    onFallback?.(address, outcome.error);
    const second = new Attempt(address, "v1", this.#settings, this.#io);
    const secondOutcome = await this.#run(second, this.#makeV1, attempt.deadline);
    return { ...secondOutcome, v2Fallback: true, handshakeTime: outcome.handshakeTime + secondOutcome.handshakeTime };
  }

  #run(attempt: Attempt, makeTransport: MakeTransport, begun?: Deadline): Promise<HandshakeOutcome> {
    return attempt.run(makeTransport, this.#dialer, this.#userAgent, this.#signal, begun);
  }
}

async function loadV2(chain: Chain, io: Io, keepsAll: boolean): Promise<MakeTransport> {
  const { V2Transport } = await import("../transport/v2.ts");
  const randomBytes = (length: number) => io.randomBytes(length);
  return () => new V2Transport({ chain, initiating: true, randomBytes, keepsAll });
}
