import { assertEquals, assertRejects } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import { AddressRequest } from "../../src/net/address_request.ts";
import { Attempt, type TransportKind } from "../../src/net/attempt.ts";
import { BufferPool } from "../../src/net/buffer_pool.ts";
import { Dialer } from "../../src/net/dial.ts";
import { DialError } from "../../src/net/errors.ts";
import { OPTION_NAMES } from "../../src/net/option_names.ts";
import type { Route } from "../../src/net/route.ts";
import type { HandshakeSettings } from "../../src/net/settings.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { V1Transport } from "../../src/transport/v1.ts";
import { V2Transport } from "../../src/transport/v2.ts";
import { type AddrEntry, addrMessage } from "../../src/wire/addr.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { askingPayloadLimit } from "../../src/wire/messages.ts";
import { UNSPECIFIED_ADDRESS } from "../../src/wire/network_address.ts";
import { decodeVersion } from "../../src/wire/version.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";
import { versionMessage } from "../support/messages.ts";
import { osError, type ReadStep, ScriptedConnection, scriptedIo, until, untilAborted } from "../support/scripted_io.ts";
import { stream } from "../support/stream.ts";
import { framesOf } from "../support/v1.ts";
import { seededBytes } from "../support/v2_tester.ts";

const PEER = ipAddress("192.0.2.7", 8333);
const TIMEOUT = 5000;
const WAIT = 10_000;
const HOLD = 60_000;
/** When an attempt begins, on the clock. */
const START = 700;
const VERSION = await stream([versionMessage()]);
const VERACK = await stream([{ type: "verack" }]);
const ENTRIES: readonly AddrEntry[] = Array.from({ length: 1000 }, (_, i) => ({
  time: 1_700_000_000,
  services: 9n,
  address: ipAddress(`203.0.${113 + (i >> 8)}.${i & 255}`, 8333),
}));
const ANSWER = await stream([addrMessage("addrv2", ENTRIES)]);

/** What an attempt is made with, where that is not usual. */
interface Changes {
  readonly type?: TransportKind["type"];
  readonly asks?: boolean;
  readonly settings?: Partial<HandshakeSettings>;
  readonly route?: Partial<Route>;
  readonly signal?: AbortSignal;
}

/** An attempt over a connection that reads these steps, and what can be seen of it. */
function newAttempt(
  steps: readonly ReadStep[],
  { type = "v1", asks = false, settings = {}, route, signal }: Changes = {},
) {
  const connection = new ScriptedConnection(...steps);
  const io = scriptedIo({});
  io.clock.advance(START);
  const traced: string[] = [];
  const given: HandshakeSettings = {
    ...withDefaults({ timeout: TIMEOUT }),
    trace: (_address, time, event) => {
      const end = event.type === "ended" ? ` ${event.error?.code ?? event.answer?.outcome ?? "success"}` : "";
      if (event.type !== "message") traced.push(`${event.type}${end} ${time}`);
    },
    ...settings,
  };
  const dialer = new Dialer(io.clock, { lingering: 1, hold: given.hold, optionNames: OPTION_NAMES });
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
    { kind: { type, make, buffers }, request },
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

/** The `version` that a peer was sent over v1. */
function versionSentTo({ written }: ScriptedConnection) {
  const [frame] = framesOf(new V1Transport(MAINNET), Uint8Array.from(written));
  return decodeVersion(frame?.payload ?? new Uint8Array());
}

/** Lets everything happen that needs no time. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

Deno.test("Attempt gives its buffer back and wipes its keys at once, whether the handshake succeeded or not", async () => {
  for (const steps of [[VERSION, VERACK], [VERSION, "end"], ["end"], [new Uint8Array(24)]] satisfies ReadStep[][]) {
    const { attempt, freed } = newAttempt(steps);
    await attempt.run();
    assertEquals(freed(), [true, 1]);
  }
});

Deno.test("Attempt closes the connection of a peer that ends before its verack, without waiting for anything", async () => {
  for (const hold of [0, HOLD]) {
    const { attempt, connection, dialer } = newAttempt([VERSION, "end"], { settings: { hold } });
    const { error, verack } = await attempt.run();
    assertEquals([error, verack, connection.closed, dialer.held], [null, false, 1, 0]);
  }
});

Deno.test("Attempt keeps its buffer and its keys as long as the connection is held, and not after that", async () => {
  const { attempt, clock, dialer, freed } = newAttempt([VERSION, VERACK], { settings: { hold: HOLD } });
  await attempt.run();
  await settle();
  assertEquals([dialer.held, ...freed()], [1, false, 0]);
  clock.advance(HOLD + 10);
  await settle();
  assertEquals([dialer.held, ...freed()], [0, true, 1]);
});

Deno.test("Attempt hears the answer out after the handshake, and then gives everything back", async () => {
  const { attempt, request, connection, traced, clock, freed } = newAttempt([VERSION, VERACK], { asks: true });
  const { error, verack } = await attempt.run();
  assertEquals([error, verack, connection.closed, request?.summary, ...freed()], [null, true, 0, null, false, 0]);
  clock.advance(40);
  connection.say(ANSWER);
  await request?.heardOut;
  await settle();
  const { outcome, wait } = request?.summary ?? {};
  assertEquals([outcome, wait, connection.closed, ...freed()], ["answered", 40, 1, true, 1]);
  assertEquals(traced, ["connected 0", "ended answered 40"]);
});

Deno.test("Attempt ends the request with its own error, and traces that once", async () => {
  const { attempt, request, traced } = newAttempt([VERSION, osError("ECONNRESET")], { asks: true });
  assertEquals((await attempt.run()).error?.code, "connection_reset");
  assertEquals(request?.summary?.outcome, "closed");
  assertEquals(traced, ["connected 0", "ended connection_reset 0"]);
});

Deno.test("Attempt asks a peer without a trace, too", async () => {
  const { attempt, request } = newAttempt([VERSION, VERACK, ANSWER], { asks: true, settings: { trace: undefined } });
  await attempt.run();
  await request?.heardOut;
  assertEquals(request?.summary?.entries, 1000);
});

Deno.test("Attempt traces times since the connect began", async () => {
  const ready = Promise.withResolvers<void>();
  const { attempt, connection, clock, traced } = newAttempt([], { route: { ready: () => ready.promise } });
  const running = attempt.run();
  clock.advance(1000);
  ready.resolve();
  await until(() => connection.isWaiting);
  clock.advance(30);
  connection.say("end");
  const { error, handshakeTime } = await running;
  assertEquals([error?.code, handshakeTime], ["connection_closed", 30]);
  assertEquals(traced, ["connected 0", "closed 30", "ended connection_closed 30"]);
});

Deno.test("Attempt counts the wait for a local port neither to the connect nor to the handshake", async () => {
  const connection = new ScriptedConnection(VERSION, VERACK);
  const results = [Promise.reject(osError("EADDRNOTAVAIL")), Promise.resolve(connection)];
  const open = () => results.shift() ?? Promise.reject(new Error("no more"));
  const { attempt, clock } = newAttempt([], { route: { open } });
  const running = attempt.run();
  // The deadline, and the time until the next try.
  await until(() => clock.timers === 2);
  clock.advance(100);
  const { error, connectTime, handshakeTime } = await running;
  assertEquals([error, connectTime, handshakeTime], [null, 0, 0]);
});

Deno.test("Attempt does not even dial when its signal has aborted", async () => {
  let dialled = 0;
  const open = () => Promise.reject(new Error(`dialled: ${++dialled}`));
  const { attempt } = newAttempt([], { route: { open }, signal: AbortSignal.abort(new Error("enough")) });
  await assertRejects(() => attempt.run(), Error, "enough");
  assertEquals(dialled, 0);
});

Deno.test("Attempt gives a silent peer all of its time if nothing is tried after it", async () => {
  for (const type of ["v1", "v2"] as const) {
    const { attempt, connection, clock } = newAttempt([], { type });
    const running = attempt.run();
    await until(() => connection.isWaiting);
    clock.advance(TIMEOUT - 1);
    assertEquals(connection.closed, 0);
    clock.advance(1);
    await running;
    assertEquals(connection.closed, 1);
  }
});

Deno.test("Attempt says where it was when it failed: at the connect, the proxy, the session or the version", async () => {
  const refused = { open: () => Promise.reject(new DialError("connection_refused", "refused")) };
  const late: Partial<Route> = {
    open: ({ signal }) => untilAborted(signal).catch(() => new ScriptedConnection()),
  };
  const cases: readonly (readonly [Changes, phase: string])[] = [
    [{ route: refused }, "connect"],
    [{ route: { ...refused, isProxy: true } }, "proxy"],
    [{ route: late, type: "v1" }, "version"],
    [{ route: late, type: "v2" }, "transport"],
  ];
  for (const [changes, phase] of cases) {
    const { attempt, clock } = newAttempt([], changes);
    const running = attempt.run();
    await settle();
    clock.advance(TIMEOUT);
    assertEquals((await running).error?.phase, phase);
  }
});

Deno.test("Attempt hints at another chain only if the peer closed without a byte", async () => {
  for (const [steps, isHinted] of [[["end"], true], [[VERSION.subarray(0, 50), "end"], false]] as const) {
    const { error } = await newAttempt(steps).attempt.run();
    assertEquals([error?.code, error?.message.includes("other than main")], ["connection_closed", isHinted]);
  }
});

Deno.test("Attempt tells a peer its IP address, and none to one of another network or behind a proxy", async () => {
  const receivingServices = 9n;
  for (const address of ONE_OF_EACH.filter(({ host }) => !host.includes("%"))) {
    for (const isProxy of [false, true]) {
      const changes = { settings: { receivingServices }, route: { address, isProxy } };
      const { attempt, connection } = newAttempt(["end"], changes);
      await attempt.run();
      const isTold = !isProxy && (address.network === "ipv4" || address.network === "ipv6");
      const { services, host, port } = versionSentTo(connection).addrRecv;
      const told = isTold ? address : UNSPECIFIED_ADDRESS;
      assertEquals({ services, host, port }, { services: receivingServices, host: told.host, port: told.port });
    }
  }
});
