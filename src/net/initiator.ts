/**
 * The initiator of many handshakes, each over one connection, or two when v1 is tried after v2.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";
import type { Transport, TransportType } from "../transport/transport.ts";
import type { AttemptContext, TransportKind } from "./attempt.ts";
import { BufferPool } from "./buffer_pool.ts";
import { Dialer } from "./dial.ts";
import type { Io } from "./io.ts";
import type { HandshakeOutcome } from "./outcome.ts";
import type { Route } from "./route.ts";
import { Routes } from "./routes.ts";
import type { HandshakeSettings } from "./settings.ts";

/** Twice what a current node sends up to its verack; under v2, with room for most of its garbage too. */
const READ_BUFFER_SIZE = { v1: 512, v2: 4096 };

/** What an attempt needs. */
interface Means {
  readonly Attempt: typeof import("./attempt.ts").Attempt;
  readonly v1: TransportKind;
  /** `null` if only v1 is used. */
  readonly v2: TransportKind | null;
}

/** Shakes hands with peers. */
export class Initiator implements Disposable {
  readonly #context: AttemptContext;
  readonly #routes: Routes;
  #means: Means | Promise<Means>;

  /** Does not connect to anything yet. Every handshake ends when `signal` aborts. */
  constructor(settings: HandshakeSettings, io: Io, signal?: AbortSignal) {
    const { concurrency, hold, optionNames, onScarcity, onProxyLost, userAgent } = settings;
    const dialer = new Dialer(io.clock, { lingering: concurrency, hold, optionNames, signal, onScarcity });
    this.#routes = new Routes(settings, io, onProxyLost, signal);
    this.#context = { settings, userAgent: new TextEncoder().encode(userAgent), io, dialer, signal };
    this.#means = load(settings, io);
  }

  /**
   * Connects to a peer and shakes hands with it. Errors of the peer or the network go into the outcome.
   *
   * @throws the signal's reason when it aborts.
   */
  shakeHands(address: PeerAddress): Promise<HandshakeOutcome> {
    return this.#routes.lead(address, (route) => this.#shakeHandsOver(route));
  }

  /** The ways to the peers. */
  get routes(): Pick<Routes, "to" | "timeout"> {
    return this.#routes;
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
    this.#routes[Symbol.dispose]();
  }

  #shakeHandsOver(route: Route): Promise<HandshakeOutcome> {
    if (!(this.#means instanceof Promise)) return this.#shakeHands(route, this.#means);
    // The first waiter stores it, so that handshakes start in the order in which they were requested.
    return this.#means.then((means) => this.#shakeHands(route, this.#means = means));
  }

  #shakeHands(route: Route, means: Means): Promise<HandshakeOutcome> {
    const { Attempt, v1, v2 } = means;
    return v2 === null ? new Attempt(route, v1, this.#context).run() : this.#shakeHandsInV2(route, v2, means);
  }

  async #shakeHandsInV2(route: Route, v2: TransportKind, { Attempt, v1 }: Means): Promise<HandshakeOutcome> {
    const { transport, onFallback } = this.#context.settings;
    const attempt = new Attempt(route, v2, this.#context);
    const outcome = await attempt.run();
    if (transport === "v2" || outcome.error?.code !== "v2_not_supported") return outcome;
    onFallback?.(route.address, outcome.error);
    const secondOutcome = await new Attempt(route, v1, this.#context).run(attempt.deadline);
    return { ...secondOutcome, v2Fallback: true, handshakeTime: outcome.handshakeTime + secondOutcome.handshakeTime };
  }
}

/** Loads what an attempt needs, so that importing the library does not; v2 only if it is used. */
async function load({ chain, transport, trace }: HandshakeSettings, io: Io): Promise<Means> {
  const [{ Attempt }, { V1Transport }, { payloadLimit, tracedPayloadLimit }] = await Promise.all([
    import("./attempt.ts"),
    import("../transport/v1.ts"),
    import("../wire/messages.ts"),
  ]);
  const limits = trace === undefined ? payloadLimit : tracedPayloadLimit;
  const v1 = kind("v1", () => new V1Transport(chain, limits));
  if (transport === "v1") return { Attempt, v1, v2: null };
  const { V2Transport } = await import("../transport/v2.ts");
  const randomBytes = (length: number) => io.randomBytes(length);
  const v2 = kind("v2", () => new V2Transport({ chain, initiating: true, randomBytes, limits }));
  return { Attempt, v1, v2 };
}

function kind(type: TransportType, make: () => Transport): TransportKind {
  return { type, make, buffers: new BufferPool(READ_BUFFER_SIZE[type]) };
}
