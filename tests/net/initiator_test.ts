import { assertEquals, assertRejects } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import { Initiator } from "../../src/net/initiator.ts";
import type { HandshakeOutcome } from "../../src/net/outcome.ts";
import type { Tracer } from "../../src/net/trace.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { osError, ScriptedConnection, scriptedIo, until } from "../support/scripted_io.ts";
import { concat } from "../support/bytes.ts";
import { PEER, SETTINGS, shakeHands, shakeHandsOver } from "../support/handshakes.ts";
import { versionMessage } from "../support/messages.ts";
import { BRIDGE, proxiedIo } from "../support/proxied_io.ts";
import { frame } from "../support/raw.ts";
import { stream, VERACK, VERSION } from "../support/stream.ts";
import { messageTypesIn, versionIn } from "../support/v1.ts";

Deno.test("Initiator.shakeHands() sends version and verack, and reports what the peer said", async () => {
  const connection = new ScriptedConnection(VERSION, VERACK);
  const outcome = await shakeHandsOver(connection);
  assertEquals(outcome.error, null);
  assertEquals(outcome.version, versionMessage());
  assertEquals([outcome.verack, outcome.timeOffset, outcome.messageTypes], [true, 0, ["version", "verack"]]);
  assertEquals(messageTypesIn(connection.written), ["version", "verack"]);
  assertEquals(outcome.bytesSent, connection.written.length);
  assertEquals(outcome.bytesReceived, VERSION.length + VERACK.length);
  assertEquals(connection.closed, 1);
});

Deno.test("Initiator.shakeHands() announces what the settings say", async () => {
  const connection = new ScriptedConnection("end");
  await shakeHandsOver(connection);
  assertEquals(versionIn(connection.written), {
    type: "version",
    protocolVersion: 70016,
    services: 0n,
    timestamp: 1_700_000_000n,
    addrRecv: { services: 0n, ...PEER },
    addrFrom: { services: 0n, ...ipAddress("::", 0) },
    nonce: 0x0123_4567_89ab_cdefn,
    userAgent: new TextEncoder().encode(SETTINGS.userAgent),
    startHeight: 0,
    relay: false,
  });
});

Deno.test("Initiator.shakeHands() takes any split of the stream the same", async () => {
  const bytes = await stream([
    versionMessage(),
    { type: "other", messageType: "wtxidrelay", payload: null },
    { type: "ping", nonce: 7n },
    { type: "verack" },
    { type: "other", messageType: "inv", payload: new Uint8Array(5000) },
  ]);
  const expected = await shakeHandsOver(new ScriptedConnection(bytes.subarray(0, 250)));
  assertEquals(expected.messageTypes, ["version", "wtxidrelay", "ping", "verack"]);
  const single = await shakeHandsOver(new ScriptedConnection(...Array.from(bytes, (byte) => Uint8Array.of(byte))));
  assertEquals([single.error, single.messageTypes], [null, expected.messageTypes]);
});

Deno.test("Initiator.shakeHands() ignores addresses for which it has not asked, malformed ones too", async () => {
  for (const payload of [Uint8Array.of(2, 0), new Uint8Array(30_004)]) {
    const addr = await frame("addr", payload);
    const { error, messageTypes } = await shakeHandsOver(new ScriptedConnection(VERSION, addr, VERACK));
    assertEquals([error, messageTypes], [null, ["version", "addr", "verack"]]);
  }
});

Deno.test("Initiator leaves connections open after the verack, and its outcome does not wait for their end", async () => {
  const connections = [new ScriptedConnection(VERSION, VERACK), new ScriptedConnection(VERSION, VERACK)];
  const unused = connections.values();
  const io = scriptedIo({ connect: () => Promise.resolve(unused.next().value ?? new ScriptedConnection()) });
  using initiator = new Initiator(withDefaults({ timeout: 5000, concurrency: 2 }), io);
  const outcomes = await Promise.all(connections.map(() => initiator.shakeHands(PEER)));
  assertEquals(outcomes.map(({ verack }) => verack), [true, true]);
  assertEquals(connections.map(({ closed }) => closed), [0, 0]);
  const closed = initiator.closed();
  io.clock.advance(200);
  await closed;
  assertEquals(connections.map(({ closed }) => closed), [1, 1]);
});

Deno.test("Initiator.shakeHands() goes on writing what is not taken at once", async () => {
  const connection = new ScriptedConnection(VERSION, VERACK);
  const write = connection.write.bind(connection);
  connection.write = (bytes) => write(bytes.subarray(0, 10));
  const { error, bytesSent } = await shakeHandsOver(connection);
  assertEquals([error, messageTypesIn(connection.written)], [null, ["version", "verack"]]);
  assertEquals(bytesSent, connection.written.length);
});

Deno.test("Initiator.shakeHands() measures the connect alone, and the whole up to the verack", async () => {
  const connection = new ScriptedConnection(VERSION, VERACK);
  const io = scriptedIo({ connect: () => Promise.resolve(connection).finally(() => io.clock.advance(40)) });
  const read = connection.read.bind(connection);
  connection.read = (buffer) => read(buffer).finally(() => io.clock.advance(3));
  const { connectTime, handshakeTime } = await shakeHands(PEER, io);
  assertEquals({ connectTime, handshakeTime }, { connectTime: 40, handshakeTime: 46 });
});

Deno.test("Initiator.shakeHands() does not measure the wait for a descriptor", async () => {
  let tries = 0;
  const io = scriptedIo({
    connect: () => ++tries === 1 ? Promise.reject(osError("EMFILE")) : Promise.resolve(connection),
  });
  const connection = new ScriptedConnection(VERSION, VERACK);
  let over = false;
  const shaking = shakeHands(PEER, io).finally(() => over = true);
  // The deadline, and the time until the next try.
  await until(() => over || io.clock.timers === 2);
  io.clock.advance(100);
  const { error, connectTime, handshakeTime } = await shaking;
  assertEquals({ error, connectTime, handshakeTime, tries }, {
    error: null,
    connectTime: 0,
    handshakeTime: 0,
    tries: 2,
  });
});

Deno.test("Initiator.shakeHands() does not measure the wait for a descriptor if the connect fails after it", async () => {
  const io = scriptedIo({
    connect: ({ host }) => host === PEER.host ? Promise.resolve(waiting) : Promise.reject(osError(failure)),
  });
  const waiting = new ScriptedConnection();
  let failure = "EMFILE";
  using initiator = new Initiator(SETTINGS, io);
  // As long as a connection is open, one more has its whole time.
  const first = initiator.shakeHands(PEER);
  await until(() => waiting.isWaiting);
  const refused = initiator.shakeHands(ipAddress("192.0.2.8", 8333));
  await until(() => io.clock.timers === 2);
  failure = "ECONNREFUSED";
  io.clock.advance(100);
  const { error, connectTime, handshakeTime } = await refused;
  assertEquals([error?.code, connectTime, handshakeTime], ["connection_refused", null, 0]);
  waiting.say("end");
  await first;
});

Deno.test("Initiator.shakeHands() traces everything, with the payloads of ignored messages up to 4096 bytes", async () => {
  const sendcmpct = await frame("sendcmpct", new Uint8Array(9));
  const addr = await frame("addr", new Uint8Array(4097));
  const connection = new ScriptedConnection(concat(VERSION, sendcmpct, addr, VERACK));
  const io = scriptedIo({ connect: () => Promise.resolve(connection) });
  const told: string[] = [];
  const trace: Tracer = ({ host }, time, event) => {
    assertEquals([host, time], [PEER.host, 0]);
    told.push(
      event.type === "message"
        ? `${event.direction} ${event.messageType} ${event.size} ${event.payload?.length}`
        : event.type,
    );
  };
  using initiator = new Initiator({ ...SETTINGS, trace }, io);
  await initiator.shakeHands(PEER);
  assertEquals(told, [
    "connected",
    "sent version 115 115",
    "received version 96 96",
    "sent verack 0 0",
    "received sendcmpct 9 9",
    "received addr 4097 undefined",
    "received verack 0 0",
    "ended",
  ]);
});

Deno.test("Initiator.shakeHands() traces a damaged message, the peer's close, and why it failed", async () => {
  const damaged = VERSION.with(-1, 0xff);
  const io = scriptedIo({ connect: () => Promise.resolve(new ScriptedConnection(damaged)) });
  const told: unknown[] = [];
  const trace: Tracer = (_address, _time, event) => {
    if (event.type === "message") told.push(event.damage);
    if (event.type === "ended") told.push(event.error?.code);
  };
  using initiator = new Initiator({ ...SETTINGS, trace }, io);
  await initiator.shakeHands(PEER);
  assertEquals(told, [null, "Expected the checksum of version to match its payload", "bad_checksum"]);
  const closing = scriptedIo({ connect: () => Promise.resolve(new ScriptedConnection("end")) });
  const types: string[] = [];
  using other = new Initiator({ ...SETTINGS, trace: (_address, _time, { type }) => void types.push(type) }, closing);
  await other.shakeHands(PEER);
  assertEquals(types, ["connected", "message", "closed", "ended"]);
});

Deno.test("Initiator.canReach() says whether a connection can be made, and closes it at once", async () => {
  const connections = [new ScriptedConnection(), osError("ECONNREFUSED")];
  const [reached] = connections;
  const io = scriptedIo({
    connect: () => {
      const next = connections.shift();
      return next instanceof ScriptedConnection ? Promise.resolve(next) : Promise.reject(next);
    },
  });
  using initiator = new Initiator(SETTINGS, io);
  assertEquals(await initiator.canReach(PEER), true);
  assertEquals(reached instanceof ScriptedConnection && [reached.closed, reached.written], [1, []]);
  assertEquals(await initiator.canReach(PEER), false);
  const reaching = initiator.canReach(ipAddress("0.0.0.0", 1));
  assertEquals(await reaching, false);
});

Deno.test("Initiator.canReach() rejects with its signal's reason", async () => {
  const controller = new AbortController();
  using initiator = new Initiator(SETTINGS, scriptedIo({}), controller.signal);
  const reaching = initiator.canReach(PEER);
  controller.abort(new Error("enough"));
  await assertRejects(() => reaching, Error, "enough");
});

Deno.test("Initiator.ask() only shakes hands with a peer that is not to be asked", async () => {
  const connection = new ScriptedConnection(VERSION, VERACK);
  const io = scriptedIo({ connect: () => Promise.resolve(connection) });
  using initiator = new Initiator({ ...SETTINGS, addrWait: 1000 }, io);
  const outcomes: HandshakeOutcome[] = [];
  const listener = { onHandshake: (outcome: HandshakeOutcome) => void outcomes.push(outcome), onAddresses() {} };
  assertEquals(await initiator.ask(PEER, listener, { asks: false }), null);
  assertEquals(outcomes.map(({ error, verack }) => [error, verack]), [[null, true]]);
  assertEquals(messageTypesIn(connection.written), ["version", "verack"]);
});

Deno.test("Initiator that is disposed of ends its session with the bridge", async () => {
  const { io, connections } = proxiedIo();
  const initiator = new Initiator({ ...SETTINGS, i2psam: BRIDGE }, io);
  await initiator.routes.to("i2p").ready();
  assertEquals(connections.map(({ closed }) => closed), [0]);
  initiator[Symbol.dispose]();
  assertEquals(connections.map(({ closed }) => closed), [1]);
});
