/**
 * The initiator of many handshakes, each over one connection, or two when v1 is tried after v2.
 *
 * @module
 */

import type { Address } from "../address/address.ts";
import { V1Transport } from "../transport/v1.ts";
import type { Chain } from "../wire/chains.ts";
import { payloadLimit, type PayloadLimits, tracedPayloadLimit } from "../wire/messages.ts";
import { Attempt, type AttemptContext, type TransportKind } from "./attempt.ts";
import { BufferPool } from "./buffer_pool.ts";
import { Dialer } from "./dial.ts";
import type { Io } from "./io.ts";
import type { HandshakeOutcome } from "./outcome.ts";
import { directRoutes } from "./route.ts";
import type { HandshakeSettings } from "./settings.ts";

/** Twice what a current node sends up to its verack; under v2, with room for most of its garbage too. */
const READ_BUFFER_SIZE = { v1: 512, v2: 4096 };

/** Shakes hands with peers. */
export class Initiator implements Disposable {
  readonly #context: AttemptContext;
  readonly #v1: TransportKind;
  /** Loaded once, and only if needed: v1 alone should not wait for it. */
  readonly #v2: Promise<TransportKind> | null;

  /** Does not connect to anything yet. Every handshake ends when `signal` aborts. */
  constructor(settings: HandshakeSettings, io: Io, signal?: AbortSignal) {
    const { chain, transport, timeout, concurrency, hold, onScarcity, userAgent, trace } = settings;
    const limits = trace === undefined ? payloadLimit : tracedPayloadLimit;
    const dialer = new Dialer(io.clock, {
      routes: directRoutes(io),
      timeout,
      lingering: concurrency,
      hold,
      signal,
      onScarcity,
    });
    this.#context = { settings, userAgent: new TextEncoder().encode(userAgent), io, dialer, signal };
    const makeV1 = () => new V1Transport(chain, limits);
    this.#v1 = { type: "v1", make: makeV1, buffers: new BufferPool(READ_BUFFER_SIZE.v1) };
    this.#v2 = transport === "v1" ? null : loadV2(chain, io, limits);
  }

  /**
   * Connects to a peer and shakes hands with it. Errors of the peer or the network go into the outcome.
   *
   * @throws the signal's reason when it aborts.
   */
  shakeHands(address: Address): Promise<HandshakeOutcome> {
    return this.#v2 === null
      ? new Attempt(address, this.#v1, this.#context).run()
      : this.#shakeHandsInV2(address, this.#v2);
  }

  /** How many connections are held open after their handshake. */
  get held(): number {
    return this.#context.dialer.held;
  }

  /** Resolves when the connections of all finished handshakes are closed. */
  closed(): Promise<void> {
    return this.#context.dialer.lingered();
  }

  /** Closes all connections and cancels all timers. */
  [Symbol.dispose](): void {
    this.#context.dialer[Symbol.dispose]();
  }

  async #shakeHandsInV2(address: Address, v2: Promise<TransportKind>): Promise<HandshakeOutcome> {
    const { transport, onFallback } = this.#context.settings;
    const attempt = new Attempt(address, await v2, this.#context);
    const outcome = await attempt.run();
    if (transport === "v2" || outcome.error?.code !== "v2_not_supported") return outcome;
    onFallback?.(address, outcome.error);
    const secondOutcome = await new Attempt(address, this.#v1, this.#context).run(attempt.deadline);
    return { ...secondOutcome, v2Fallback: true, handshakeTime: outcome.handshakeTime + secondOutcome.handshakeTime };
  }
}

async function loadV2(chain: Chain, io: Io, limits: PayloadLimits): Promise<TransportKind> {
  const { V2Transport } = await import("../transport/v2.ts");
  const randomBytes = (length: number) => io.randomBytes(length);
  const make = () => new V2Transport({ chain, initiating: true, randomBytes, limits });
  return { type: "v2", make, buffers: new BufferPool(READ_BUFFER_SIZE.v2) };
}
