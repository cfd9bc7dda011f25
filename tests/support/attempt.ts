/**
 * Attempts to shake hands in virtual time, over a connection in memory.
 *
 * @module
 */

import { ipAddress } from "../../src/address/address.ts";
import { AddressRequest } from "../../src/net/address_request.ts";
import { Attempt, type TransportKind } from "../../src/net/attempt.ts";
import { BufferPool } from "../../src/net/buffer_pool.ts";
import { Dialer } from "../../src/net/dial.ts";
import { OPTION_NAMES } from "../../src/net/option_names.ts";
import type { Route } from "../../src/net/route.ts";
import type { HandshakeSettings } from "../../src/net/settings.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { V1Transport } from "../../src/transport/v1.ts";
import { V2Transport } from "../../src/transport/v2.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { askingPayloadLimit } from "../../src/wire/messages.ts";
import { type ReadStep, ScriptedConnection, scriptedIo } from "./scripted_io.ts";
import { seededBytes } from "./v2_tester.ts";

/** Maximum time for the peer, in milliseconds. */
export const TIMEOUT = 5000;

/** How long it has to answer `getaddr`, in milliseconds. */
const WAIT = 10_000;

const PEER = ipAddress("192.0.2.7", 8333);

/** When an attempt begins, on the clock. */
const START = 700;

/** What an attempt is made with, where that is not usual. */
export interface AttemptChanges {
  readonly type?: TransportKind["type"];
  readonly asks?: boolean;
  readonly mayFallBack?: boolean;
  readonly settings?: Partial<HandshakeSettings>;
  readonly route?: Partial<Route>;
  readonly signal?: AbortSignal;
}

/** An attempt over a connection that reads these steps, and what can be seen of it. */
export function newAttempt(steps: readonly ReadStep[], changes: AttemptChanges = {}) {
  const { type = "v1", asks = false, mayFallBack, settings = {}, route, signal } = changes;
  const connection = new ScriptedConnection(...steps);
  const io = scriptedIo({});
  io.clock.advance(START);
  const traced: string[] = [];
  const given: HandshakeSettings = {
    ...withDefaults({ timeout: TIMEOUT }),
    trace: (_address, time, event) => {
      const end = event.type === "ended" ? ` ${event.error?.code ?? event.answer?.outcome ?? "success"}` : "";
      const what = event.type === "message" ? `${event.direction} ${event.messageType}` : event.type;
      traced.push(`${what}${end} ${time}`);
    },
    ...settings,
  };
  const dialer = new Dialer(io.clock, { lingering: 1, hold: given.hold, optionNames: OPTION_NAMES, signal });
  const request = asks ? new AddressRequest({ wait: WAIT, onAddresses() {}, clock: io.clock, dialer }) : null;
  const buffers = new BufferPool(65_536);
  const buffer = buffers.take();
  buffers.giveBack(buffer);
  let disposals = 0;
  const make = () => {
    const transport = type === "v1"
      ? new V1Transport(MAINNET, askingPayloadLimit)
      : new V2Transport({ chain: MAINNET, initiating: true, randomBytes: seededBytes(1, 0) });
    const dispose = transport[Symbol.dispose].bind(transport);
    return Object.assign(transport, { [Symbol.dispose]: () => (disposals++, dispose()) });
  };
  const attempt = new Attempt(
    {
      address: PEER,
      timeout: TIMEOUT,
      isProxy: false,
      ready: () => null,
      open: () => Promise.resolve(connection),
      ...route,
    },
    { kind: { type, make, buffers }, request, ...mayFallBack && { mayFallBack } },
    { settings: given, userAgent: new Uint8Array(), io, dialer, signal },
  );
  return {
    attempt,
    connection,
    clock: io.clock,
    dialer,
    request,
    traced,
    /** Whether the buffer can be used by others, and the session has been disposed of. */
    freed: () => {
      const taken = buffers.take();
      buffers.giveBack(taken);
      return [taken === buffer, disposals];
    },
  };
}
