import { assertEquals } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import type { Connection } from "../../src/net/io.ts";
import { Initiator } from "../../src/net/initiator.ts";
import { withDefaults } from "../../src/scan/settings.ts";
import { concat } from "../support/bytes.ts";
import { osError, type ReadStep, ScriptedConnection, scriptedIo, until } from "../support/scripted_io.ts";
import { stream, VERACK, VERSION } from "../support/stream.ts";
import { messageTypesIn } from "../support/v1.ts";

const PEER = ipAddress("192.0.2.7", 8333);
const TIMEOUT = 5000;
const HOLD = 60_000;
const PING = await stream([{ type: "ping", nonce: 7n }]);

/** An initiator that holds connections, and connects to these in turn. */
function holding(connections: readonly Connection[], signal?: AbortSignal) {
  const unused = connections.values();
  const io = scriptedIo({ connect: () => Promise.resolve(unused.next().value ?? new ScriptedConnection()) });
  const settings = withDefaults({ timeout: TIMEOUT, hold: HOLD, concurrency: 1 });
  return { initiator: new Initiator(settings, io, signal), clock: io.clock };
}

Deno.test("Initiator holds a connection open, answers its pings, and has reported the outcome before", async () => {
  for (
    const steps of [[VERSION, VERACK, PING, PING], [
      concat(VERSION, VERACK, PING, PING.subarray(0, 9)),
      PING.subarray(9),
    ]]
  ) {
    const connection = new ScriptedConnection(...steps);
    const { initiator, clock } = holding([connection]);
    const { error, messageTypes: types, handshakeTime } = await initiator.shakeHands(PEER);
    assertEquals([error, types, handshakeTime], [null, ["version", "verack"], 0]);
    await until(() => messageTypesIn(connection.written).length === 4);
    assertEquals(messageTypesIn(connection.written), ["version", "verack", "pong", "pong"]);
    clock.advance(HOLD);
    assertEquals([connection.closed, initiator.held], [0, 1]);
    const closed = initiator.closed();
    clock.advance(10);
    await closed;
    assertEquals([connection.closed, initiator.held], [1, 0]);
    initiator[Symbol.dispose]();
    assertEquals(clock.timers, 0);
  }
});

Deno.test("Initiator holds no connection of a handshake that failed, or that the peer has ended", async () => {
  for (const steps of [["end"], [VERSION, "end"], [new Uint8Array(24)]] satisfies ReadStep[][]) {
    const connection = new ScriptedConnection(...steps);
    const { initiator, clock } = holding([connection]);
    await initiator.shakeHands(PEER);
    assertEquals([connection.closed, initiator.held], [1, 0]);
    await initiator.closed();
    initiator[Symbol.dispose]();
    assertEquals(clock.timers, 0);
  }
});

Deno.test("Initiator ends a hold as soon as the peer does, and whatever it sends changes nothing", async () => {
  for (const last of ["end", osError("ECONNRESET"), new Uint8Array(24), VERSION.subarray(1)] satisfies ReadStep[]) {
    const connection = new ScriptedConnection(VERSION, VERACK, PING, last);
    const { initiator } = holding([connection]);
    const { error, verack } = await initiator.shakeHands(PEER);
    assertEquals([error, verack], [null, true]);
    await initiator.closed();
    assertEquals([connection.closed, connection.used], [1, true]);
    initiator[Symbol.dispose]();
  }
});

Deno.test("Initiator holds more connections than handshakes are in flight, each for the whole time", async () => {
  const connections = Array.from({ length: 3 }, () => new ScriptedConnection(VERSION, VERACK));
  const { initiator, clock } = holding(connections);
  for (const _ of connections) {
    await initiator.shakeHands(PEER);
    clock.advance(1000);
  }
  assertEquals(initiator.held, 3);
  clock.advance(HOLD - 3000);
  for (const closed of [[0, 0, 0], [1, 0, 0], [1, 1, 0], [1, 1, 1]]) {
    assertEquals(connections.map((connection) => connection.closed), closed);
    clock.advance(1000);
  }
  await initiator.closed();
  initiator[Symbol.dispose]();
});

Deno.test("Initiator ends all holds at once when the signal aborts, and when it is disposed of", async () => {
  for (const how of ["abort", "dispose"]) {
    const controller = new AbortController();
    const connection = new ScriptedConnection(VERSION, VERACK);
    const { initiator, clock } = holding([connection], controller.signal);
    await initiator.shakeHands(PEER);
    assertEquals(connection.closed, 0);
    if (how === "abort") controller.abort();
    else initiator[Symbol.dispose]();
    await initiator.closed();
    assertEquals(connection.closed, 1);
    initiator[Symbol.dispose]();
    assertEquals(clock.timers, 0);
  }
});
