/** Handshakes over the v2 transport, and when v1 is tried in its place. */

import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import type { Connection } from "../../src/net/io.ts";
import { Initiator } from "../../src/net/initiator.ts";
import type { HandshakeOutcome } from "../../src/net/outcome.ts";
import type { HandshakeSettings } from "../../src/net/settings.ts";
import type { Tracer } from "../../src/net/trace.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import type { TransportType } from "../../src/transport/transport.ts";
import { V2Transport } from "../../src/transport/v2.ts";
import { CHAINS, MAINNET } from "../../src/wire/chains.ts";
import { ascii, concat } from "../support/bytes.ts";
import { Disposals } from "../support/disposals.ts";
import { versionMessage } from "../support/messages.ts";
import { osError, type ReadStep, ScriptedConnection, scriptedIo, until, untilAborted } from "../support/scripted_io.ts";
import { stream, VERACK, VERSION } from "../support/stream.ts";
import { type Change, V2PeerConnection } from "../support/v2_peer.ts";

const PEER = ipAddress("192.0.2.7", 8333);
const TIMEOUT = 5000;
const OTHER_CHAIN = CHAINS.find((chain) => chain !== MAINNET) ?? MAINNET;
const OTHER_VERSION = await stream([versionMessage()], OTHER_CHAIN);
const RESET = osError("ECONNRESET");

/** A handshake that is under way, with connections handed out in order, and none when there are no more. */
interface Shaking {
  readonly outcome: Promise<HandshakeOutcome>;
  readonly clock: ReturnType<typeof scriptedIo>["clock"];
  /** What was told of fallbacks. */
  readonly fallbacks: string[];
  /** How many connections were dialled. */
  readonly dialled: () => number;
}

function shakeHands(
  transport: HandshakeSettings["transport"],
  connections: readonly (Connection | Error)[],
  signal?: AbortSignal,
): Shaking {
  let dialled = 0;
  const fallbacks: string[] = [];
  const io = scriptedIo({
    connect: (_address, signal) => {
      const connection = connections[dialled++];
      if (connection === undefined) return untilAborted(signal);
      return connection instanceof Error ? Promise.reject(connection) : Promise.resolve(connection);
    },
  });
  const onFallback: HandshakeSettings["onFallback"] = ({ host, port }, { code, phase }) =>
    void fallbacks.push(`${host} ${port} ${code} ${phase}`);
  const run = async () => {
    using initiator = new Initiator(withDefaults({ timeout: TIMEOUT, transport, onFallback }), io, signal);
    return await initiator.shakeHands(PEER);
  };
  return { outcome: run(), clock: io.clock, fallbacks, dialled: () => dialled };
}

/** What an outcome says of its transport and its end. */
interface Summary {
  readonly end: string | null;
  readonly transport: TransportType;
  readonly v2Fallback: boolean;
  readonly verack: boolean;
  readonly session: boolean;
}

function summaryOf({ error, transport, v2Fallback, verack, sessionId }: HandshakeOutcome): Summary {
  const end = error === null ? null : `${error.code} ${error.phase}`;
  return { end, transport, v2Fallback, verack, session: sessionId !== null };
}

const V1_SUCCESS: Summary = { end: null, transport: "v1", v2Fallback: true, verack: true, session: false };
const V2_SUCCESS: Summary = { end: null, transport: "v2", v2Fallback: false, verack: true, session: true };

function v2Failure(end: string, session = false): Summary {
  return { end, transport: "v2", v2Fallback: false, verack: false, session };
}

for (const transport of ["v2", "auto"] as const) {
  Deno.test(`Initiator with ${transport} shakes hands over v2, in a session that the peer has too`, async () => {
    const connection = new V2PeerConnection();
    const { outcome, dialled, fallbacks, clock } = shakeHands(transport, [connection]);
    const result = await outcome;
    assertEquals(summaryOf(result), V2_SUCCESS);
    assertMatch(result.sessionId ?? "", /^[0-9a-f]{64}$/);
    assertEquals(result.sessionId, connection.sessionId);
    assertEquals([result.version, result.messageTypes], [versionMessage(), ["version", "verack"]]);
    assertEquals([result.bytesSent, result.bytesReceived], [connection.bytesWritten, connection.bytesRead]);
    assertEquals([dialled(), fallbacks, connection.closed, clock.timers], [1, [], 1, 0]);
  });

  Deno.test(`Initiator with ${transport} does not fall back once bytes have come, or no connection has`, async () => {
    const badTag: Change = (answer, number) => number === 1 ? answer.fill(0, -1) : answer;
    const cases: [name: string, connection: Connection | Error, end: string, session?: boolean][] = [
      ["refused", osError("ECONNREFUSED"), "connection_refused connect"],
      ["unreachable", osError("EHOSTUNREACH"), "host_unreachable connect"],
      ["no answer to the connect", osError("ETIMEDOUT"), "timeout connect"],
      ["a slip of ours", new ScriptedConnection(new TypeError("a slip of ours")), "internal transport"],
      ["another chain's version", new ScriptedConnection(OTHER_VERSION), "wrong_network transport"],
      ["no chain's version", new ScriptedConnection(concat(ascii("abcd"), VERSION.slice(4))), "not_bitcoin transport"],
      ["a line and the end", new ScriptedConnection(ascii("hello?\r\n"), "end"), "not_bitcoin transport"],
      ["a byte and the end", new ScriptedConnection(ascii("x"), "end"), "connection_closed transport"],
      [
        "15 bytes of v1 and the end",
        new ScriptedConnection(VERSION.slice(0, 15), "end"),
        "connection_closed transport",
      ],
      ["a byte and a reset", new ScriptedConnection(ascii("x"), RESET), "connection_reset transport"],
      ["no garbage terminator", new ScriptedConnection(new Uint8Array(64 + 4096 + 16)), "v2_protocol_error transport"],
      ["a close behind the key", new V2PeerConnection(only64), "connection_closed transport"],
      ["a damaged tag behind the session", new V2PeerConnection(badTag), "v2_protocol_error transport", true],
      ["a close behind the session", new V2PeerConnection(thenEnd), "connection_closed version", true],
    ];
    for (const [name, connection, end, session] of cases) {
      const { outcome, dialled, fallbacks, clock } = shakeHands(transport, [connection]);
      const result = await outcome;
      assertEquals(summaryOf(result), v2Failure(end, session), name);
      const closed = result.error?.code === "connection_closed";
      if (closed) assertMatch(result.error?.message ?? "", session ? /the peer's version/ : /a v2 session/, name);
      assertEquals([dialled(), fallbacks, clock.timers], [1, [], 0], name);
      if (!(connection instanceof Error)) assertEquals((connection as ScriptedConnection).closed, 1, name);
    }
  });

  Deno.test(`Initiator with ${transport} waits for the whole time once a byte has come`, async () => {
    const connection = new ScriptedConnection(ascii("x"));
    const { outcome, clock, dialled } = shakeHands(transport, [connection]);
    await until(() => connection.used);
    clock.advance(TIMEOUT - 1);
    assertEquals(connection.closed, 0);
    clock.advance(1);
    const { error, handshakeTime } = await outcome;
    assertEquals(error, { code: "timeout", phase: "transport", message: "no v2 session within 5 s" });
    assertEquals([handshakeTime, dialled(), connection.closed, clock.timers], [TIMEOUT, 1, 1, 0]);
  });

  Deno.test(`Initiator with ${transport} times out in the phase of the message once there is a session`, async () => {
    const connection = new V2PeerConnection((answer, number) => number === 0 ? answer : null);
    const { outcome, clock } = shakeHands(transport, [connection]);
    await until(() => connection.sessionId !== null);
    clock.advance(TIMEOUT);
    assertEquals(summaryOf(await outcome), v2Failure("timeout version", true));
  });

  Deno.test(`Initiator with ${transport} closes a connection that comes up just when the time is over`, async () => {
    const connection = new ScriptedConnection();
    const io = scriptedIo({ connect: (_address, signal) => untilAborted(signal).catch(() => connection) });
    using initiator = new Initiator(withDefaults({ timeout: TIMEOUT, transport }), io);
    const shaking = initiator.shakeHands(PEER);
    await until(() => io.clock.timers > 0);
    io.clock.advance(TIMEOUT);
    assertEquals(summaryOf(await shaking), v2Failure("timeout transport"));
    assertEquals([connection.closed, connection.written], [1, []]);
  });

  Deno.test(`Initiator with ${transport} rejects with its signal's reason, and leaves no keys`, async () => {
    const controller = new AbortController();
    const connection = new ScriptedConnection();
    using disposals = new Disposals(V2Transport);
    const { outcome, clock } = shakeHands(transport, [connection], controller.signal);
    await until(() => connection.written.length > 0);
    controller.abort(new Error("enough"));
    await assertRejects(() => outcome, Error, "enough");
    assertEquals([connection.closed, clock.timers, disposals.count], [1, 0, 1]);
  });
}

/** How a peer refuses v2. */
Deno.test("Initiator with v2 reports its session once, before the peer's first message", async () => {
  const io = scriptedIo({ connect: () => Promise.resolve(new V2PeerConnection()) });
  const told: string[] = [];
  const trace: Tracer = (_address, _time, event) => {
    told.push(event.type === "message" ? `${event.direction} ${event.messageType}` : event.type);
  };
  using initiator = new Initiator(withDefaults({ timeout: TIMEOUT, transport: "v2", trace }), io);
  assertEquals(summaryOf(await initiator.shakeHands(PEER)), V2_SUCCESS);
  const messages = ["received version", "sent verack", "received verack"];
  assertEquals(told, ["connected", "sent version", "session", ...messages, "ended"]);
});

const REFUSALS: readonly (readonly [name: string, steps: readonly ReadStep[], writeError?: Error])[] = [
  ["closes", ["end"]],
  ["closes while we write", ["end"], osError("EPIPE")],
  ["resets", [RESET]],
  ["resets while we write", ["end"], RESET],
  ["answers in v1", [VERSION]],
  ["answers in v1, its first bytes apart", [VERSION.slice(0, 7), VERSION.slice(7)]],
];

for (const [name, steps, writeError] of REFUSALS) {
  const refusing = () => Object.assign(new ScriptedConnection(...steps), { writeError: writeError ?? null });

  Deno.test(`Initiator with v2 does not shake hands with a peer that ${name}`, async () => {
    const connection = refusing();
    const { outcome, dialled, fallbacks } = shakeHands("v2", [connection, new ScriptedConnection(VERSION, VERACK)]);
    assertEquals(summaryOf(await outcome), v2Failure("v2_not_supported transport"));
    assertEquals([dialled(), fallbacks, connection.closed], [1, [], 1]);
  });

  Deno.test(`Initiator with auto shakes hands over v1, on a new connection, with a peer that ${name}`, async () => {
    const connections = [refusing(), new ScriptedConnection(VERSION, VERACK)] as const;
    using disposals = new Disposals(V2Transport);
    const { outcome, dialled, fallbacks, clock } = shakeHands("auto", connections);
    const result = await outcome;
    assertEquals(summaryOf(result), V1_SUCCESS);
    assertEquals([result.bytesSent, result.bytesReceived], [
      connections[1].written.length,
      VERSION.length + VERACK.length,
    ]);
    assertEquals([dialled(), fallbacks], [2, ["192.0.2.7 8333 v2_not_supported transport"]]);
    assertEquals([connections.map(({ closed }) => closed), clock.timers, disposals.count], [[1, 1], 0, 1]);
  });
}

Deno.test("Initiator with v2 waits the whole time for a peer that is silent, and says that it does not speak v2", async () => {
  const connection = new ScriptedConnection();
  const { outcome, clock, dialled } = shakeHands("v2", [connection]);
  await until(() => connection.written.length > 0);
  clock.advance(TIMEOUT - 1);
  assertEquals(connection.closed, 0);
  clock.advance(1);
  const result = await outcome;
  assertEquals(summaryOf(result), v2Failure("v2_not_supported transport"));
  assertEquals(result.error?.message, "Expected a v2 answer, but the peer stayed silent");
  assertEquals([result.handshakeTime, dialled(), connection.closed, clock.timers], [TIMEOUT, 1, 1, 0]);
});

Deno.test("Initiator with auto gives a silent peer half of the time from the connect, and v1 what is left", async () => {
  const connectTime = 300;
  const silent = new ScriptedConnection();
  const second = new ScriptedConnection(VERSION);
  const connections = [silent, second];
  const io = scriptedIo({
    connect: () => {
      io.clock.advance(connectTime);
      return Promise.resolve(connections.shift() ?? new ScriptedConnection("end"));
    },
  });
  using initiator = new Initiator(withDefaults({ timeout: TIMEOUT, transport: "auto" }), io);
  const shaking = initiator.shakeHands(PEER);
  await until(() => silent.written.length > 0);
  io.clock.advance(TIMEOUT / 2 - 1);
  assertEquals(silent.closed, 0);
  io.clock.advance(1);
  assertEquals(silent.closed, 1);
  let over = false;
  shaking.finally(() => over = true);
  await until(() => second.used || over);
  io.clock.advance(TIMEOUT / 2 - 2 * connectTime - 1);
  assertEquals(second.closed, 0);
  io.clock.advance(1);
  const result = await shaking;
  assertEquals(summaryOf(result), { ...V1_SUCCESS, end: "timeout verack", verack: false });
  assertEquals([result.connectTime, result.handshakeTime, second.closed], [connectTime, TIMEOUT, 1]);
});

Deno.test("Initiator with auto says timeout if the time was over before half of it was silent", async () => {
  const silent = new ScriptedConnection();
  const io = scriptedIo({ connect: () => (io.clock.advance(0.6 * TIMEOUT), Promise.resolve(silent)) });
  using initiator = new Initiator(withDefaults({ timeout: TIMEOUT, transport: "auto" }), io);
  const shaking = initiator.shakeHands(PEER);
  await until(() => silent.written.length > 0);
  io.clock.advance(0.4 * TIMEOUT);
  assertEquals(summaryOf(await shaking), v2Failure("timeout transport"));
});

Deno.test("Initiator with auto tries v1 if the first bytes are read just when half of the time is over", async () => {
  for (const bytes of [ascii("x"), new Uint8Array(64), concat(new Uint8Array(64), VERSION)]) {
    const late = new ScriptedConnection(bytes);
    const read = late.read.bind(late);
    late.read = (buffer) => read(buffer).finally(() => clock.advance(TIMEOUT / 2));
    const { outcome, clock, fallbacks } = shakeHands("auto", [late, new ScriptedConnection(VERSION, VERACK)]);
    assertEquals([summaryOf(await outcome), late.closed], [V1_SUCCESS, 1]);
    assertEquals(fallbacks, ["192.0.2.7 8333 v2_not_supported transport"]);
  }
});

Deno.test("Initiator with auto says what went wrong after half of the time, if the peer had answered before", async () => {
  const [reset, close] = [Promise.withResolvers<never>(), Promise.withResolvers<null>()];
  const cases: [end: { readonly promise: Promise<null> }, end: () => void, code: string][] = [
    [reset, () => reset.reject(RESET), "connection_reset transport"],
    [close, () => close.resolve(null), "connection_closed transport"],
  ];
  for (const [{ promise }, end, expected] of cases) {
    const connection = new ScriptedConnection(ascii("x"));
    const read = connection.read.bind(connection);
    connection.read = (buffer) => connection.used ? promise : read(buffer);
    const { outcome, clock, dialled } = shakeHands("auto", [connection]);
    await until(() => connection.used);
    clock.advance(0.6 * TIMEOUT);
    assertEquals(connection.closed, 0);
    end();
    assertEquals([summaryOf(await outcome), dialled()], [v2Failure(expected), 1]);
  }
});

Deno.test("Initiator with auto reports how the second attempt failed, as the first one did not matter", async () => {
  const cases: [second: Connection | Error, end: string][] = [
    [osError("ECONNREFUSED"), "connection_refused connect"],
    [new ScriptedConnection("end"), "connection_closed version"],
    [new ScriptedConnection(OTHER_VERSION), "wrong_network version"],
    [new ScriptedConnection(ascii("HTTP/1.1 400")), "not_bitcoin version"],
    [new ScriptedConnection(VERSION, RESET), "connection_reset verack"],
  ];
  for (const [second, end] of cases) {
    const { outcome, fallbacks } = shakeHands("auto", [new ScriptedConnection("end"), second]);
    assertEquals(summaryOf(await outcome), { ...V1_SUCCESS, end, verack: false });
    assertEquals(fallbacks.length, 1);
  }
});

Deno.test("Initiator with auto stops between two attempts when its signal aborts", async () => {
  const controller = new AbortController();
  const first = new ScriptedConnection("end");
  first.close = () => controller.abort(new Error("enough"));
  const { outcome, dialled } = shakeHands("auto", [first], controller.signal);
  await assertRejects(() => outcome, Error, "enough");
  assertEquals(dialled(), 1);
});

Deno.test("Initiator disposes of its transport after success, failure and timeout", async () => {
  const connections: readonly ScriptedConnection[] = [];
  for (const connection of [new V2PeerConnection(), new V2PeerConnection(only64), new ScriptedConnection("end")]) {
    using disposals = new Disposals(V2Transport);
    await shakeHands("v2", [connection, ...connections]).outcome;
    assertEquals(disposals.count, 1);
  }
});

/** The key alone, and then the end. */
function only64(answer: Uint8Array, number: number): ReturnType<Change> {
  return number === 0 ? answer.slice(0, 64) : "end";
}

/** All that makes the session, and then the end. */
function thenEnd(answer: Uint8Array, number: number): ReturnType<Change> {
  return number === 0 ? answer : "end";
}
