/**
 * The initiator of many handshakes, each over one connection, or two when v1 is tried after v2.
 *
 * @module
 */

import type { PeerAddress } from "../address/address.ts";
import type { AnswerSummary } from "../session/answer.ts";
import type { Transport, TransportType } from "../transport/transport.ts";
import type { AddrMessage } from "../wire/addr.ts";
import type { PayloadLimits } from "../wire/messages.ts";
import type { AddressRequest } from "./address_request.ts";
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

/** Where peers are asked for addresses: a thousand of them in two reads or three. */
const ASKING_READ_BUFFER_SIZE = 16 * 1024;

/** Settings of an {@linkcode Initiator}. */
export interface InitiatorSettings extends HandshakeSettings {
  /** How long a peer has to answer `getaddr`, in milliseconds; needed to {@linkcode Initiator.ask}. */
  readonly addrWait?: number;
}

/** Called with what becomes known of a peer that is asked for addresses. */
export interface AskListener {
  /** The handshake is over. */
  onHandshake(outcome: HandshakeOutcome): void;
  /** A message of the answer has been read; it can come before the end of the handshake. */
  onAddresses(message: AddrMessage): void;
}

/** How to ask a peer. */
export interface AskOptions {
  /** The transport; that of the settings by default. */
  readonly transport?: HandshakeSettings["transport"];
  /** Whether it is asked; otherwise there is only a handshake. */
  readonly asks?: boolean;
}

/** What an attempt needs. */
interface Means {
  readonly Attempt: typeof import("./attempt.ts").Attempt;
  /** `null` if no peer is asked. */
  readonly asking: { readonly wait: number; readonly AddressRequest: typeof AddressRequest } | null;
  readonly v1: TransportKind;
  /** `null` if only v1 is used. */
  readonly v2: TransportKind | null;
}

/** What a peer is asked for, and over which transport. */
interface Asking {
  /** The transport; that of the settings by default. */
  readonly transport?: HandshakeSettings["transport"];
  /** The request; `null` if there is none. */
  readonly request: AddressRequest | null;
}

const NOT_ASKING: Asking = { request: null };

/** A handshake that begins over v2. */
interface V2Handshake {
  readonly v1: TransportKind;
  readonly v2: TransportKind;
  /** Whether v1 is tried if the peer does not answer v2. */
  readonly mayFallBack: boolean;
  readonly request: AddressRequest | null;
}

/** Shakes hands with peers. */
export class Initiator implements Disposable {
  readonly #context: AttemptContext;
  readonly #routes: Routes;
  #means: Means | Promise<Means>;

  /** Does not connect to anything yet. Every handshake ends when `signal` aborts. */
  constructor(settings: InitiatorSettings, io: Io, signal?: AbortSignal) {
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

  /**
   * As {@linkcode Initiator.shakeHands}, and asks the peer for the addresses it knows, unless told not to. Resolves when
   * that is over and the connection is closed, to how it answered; to `null` if it was not asked, as before its
   * `version`.
   *
   * @throws {TypeError} when the settings have no `addrWait`.
   * @throws the signal's reason when it aborts, unless a message of two addresses or more has come.
   */
  ask(
    address: PeerAddress,
    listener: AskListener,
    { transport = this.#context.settings.transport, asks = true }: AskOptions = {},
  ): Promise<AnswerSummary | null> {
    const { io: { clock }, dialer, signal } = this.#context;
    return this.#routes.lead(address, async (route) => {
      const means = this.#means = await this.#means;
      if (means.asking === null) throw new TypeError("Cannot ask a peer: expected the setting addrWait");
      const { wait, AddressRequest } = means.asking;
      const onAddresses = (message: AddrMessage) => listener.onAddresses(message);
      const request = asks ? new AddressRequest({ wait, onAddresses, clock, dialer }) : null;
      listener.onHandshake(await this.#shakeHands(route, means, { request, transport }));
      if (request === null) return null;
      await request.heardOut;
      if (request.summary === null) signal?.throwIfAborted();
      return request.summary;
    });
  }

  /**
   * Whether a connection to a peer can be made; it is closed at once.
   *
   * @throws the signal's reason when it aborts.
   */
  canReach(address: PeerAddress): Promise<boolean> {
    const { dialer, signal } = this.#context;
    return this.#routes.lead(address, async (route) => {
      try {
        (await dialer.dial(route)).close();
        return true;
      } catch {
        signal?.throwIfAborted();
        return false;
      }
    });
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

  /** Closes the connections of all finished handshakes and cancels all timers. To be called when none is in flight. */
  [Symbol.dispose](): void {
    this.#context.dialer[Symbol.dispose]();
    this.#routes[Symbol.dispose]();
  }

  #shakeHandsOver(route: Route, asking: Asking = NOT_ASKING): Promise<HandshakeOutcome> {
    if (!(this.#means instanceof Promise)) return this.#shakeHands(route, this.#means, asking);
    // The first waiter stores it, so that handshakes start in the order in which they were requested.
    return this.#means.then((means) => this.#shakeHands(route, this.#means = means, asking));
  }

  #shakeHands(route: Route, means: Means, asking: Asking): Promise<HandshakeOutcome> {
    const { Attempt, v1, v2 } = means;
    const { transport = this.#context.settings.transport, request } = asking;
    return v2 === null || transport === "v1"
      ? new Attempt(route, { kind: v1, request }, this.#context).run()
      : this.#shakeHandsInV2(route, { v1, v2, mayFallBack: transport === "auto", request }, Attempt);
  }

  async #shakeHandsInV2(
    route: Route,
    { v1, v2, mayFallBack, request }: V2Handshake,
    Attempt: Means["Attempt"],
  ): Promise<HandshakeOutcome> {
    const attempt = new Attempt(route, { kind: v2, mayFallBack, request }, this.#context);
    const outcome = await attempt.run();
    if (!mayFallBack || outcome.error?.code !== "v2_not_supported") return outcome;
    this.#context.settings.onFallback?.(route.address, outcome.error);
    const secondOutcome = await new Attempt(route, { kind: v1, request }, this.#context).run(attempt.deadline);
    return { ...secondOutcome, v2Fallback: true, handshakeTime: outcome.handshakeTime + secondOutcome.handshakeTime };
  }
}

/** Loads what an attempt needs, so that importing the library does not; v2 only if it is used. */
async function load({ chain, transport, trace, addrWait }: InitiatorSettings, io: Io): Promise<Means> {
  const [{ Attempt }, { V1Transport }, { askingPayloadLimit, payloadLimit, tracedPayloadLimit }] = await Promise.all([
    import("./attempt.ts"),
    import("../transport/v1.ts"),
    import("../wire/messages.ts"),
  ]);
  const asks = addrWait !== undefined;
  const asking = asks ? { wait: addrWait, ...await import("./address_request.ts") } : null;
  const decoded = asks ? askingPayloadLimit : payloadLimit;
  const limits: PayloadLimits = trace === undefined ? decoded : (type) => decoded(type) ?? tracedPayloadLimit(type);
  const kind = (type: TransportType, make: () => Transport): TransportKind => ({
    type,
    make,
    buffers: new BufferPool(asks ? ASKING_READ_BUFFER_SIZE : READ_BUFFER_SIZE[type]),
  });
  const v1 = kind("v1", () => new V1Transport(chain, limits));
  if (transport === "v1") return { Attempt, asking, v1, v2: null };
  const { V2Transport } = await import("../transport/v2.ts");
  const randomBytes = (length: number) => io.randomBytes(length);
  const v2 = kind("v2", () => new V2Transport({ chain, initiating: true, randomBytes, limits }));
  return { Attempt, asking, v1, v2 };
}
