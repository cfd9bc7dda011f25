import { assertEquals, assertRejects } from "@std/assert";
import { HandshakeError } from "../../src/handshake/errors.ts";
import { nextEvent, Pump } from "../../src/net/pump.ts";
import type { ProgressEvent } from "../../src/session/events.ts";
import { V1Transport } from "../../src/transport/v1.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { concat } from "../support/bytes.ts";
import { otherMessage, versionMessage } from "../support/messages.ts";
import { osError, type ReadStep, ScriptedConnection } from "../support/scripted_io.ts";
import { newSession } from "../support/session.ts";
import { stream, VERACK } from "../support/stream.ts";
import { receiveAll } from "../support/v1.ts";
import { VirtualClock } from "../support/virtual_clock.ts";

const VERSION = await stream([versionMessage({ nonce: 2n })]);
const PING = await stream([{ type: "ping", nonce: 7n }]);

/** A pump between an initiator and a peer that sends this. */
function pumpFor(...steps: ReadStep[]) {
  const connection = new ScriptedConnection(...steps);
  const session = newSession({ role: "initiator", version: versionMessage({ nonce: 1n }) });
  const pump = new Pump(session, connection, new VirtualClock());
  const buffer = new Uint8Array(512);
  const told: string[] = [];
  const run = (last?: ProgressEvent["type"], maxBytes?: number) =>
    pump.run(
      buffer,
      (event) => {
        told.push(event.type === "message" ? event.messageType : event.type);
        return event.type === last;
      },
      maxBytes,
    );
  const sent = () => receiveAll(new V1Transport(MAINNET), [Uint8Array.from(connection.written)]).frames;
  return { connection, session, pump, told, run, sent: () => sent().map(({ messageType }) => messageType) };
}

Deno.test("Pump stops at the event that is enough, and has written everything queued", async () => {
  const { connection, pump, told, run, sent } = pumpFor(concat(VERSION, VERACK, PING), PING);
  await run("complete");
  assertEquals(told, ["version", "negotiated", "version", "verack", "verack", "complete"]);
  assertEquals([sent(), connection.used], [["version", "verack"], false]);
  assertEquals(pump.bytesSent, connection.written.length);
  assertEquals(pump.bytesReceived, VERSION.length + VERACK.length + PING.length);
});

Deno.test("Pump goes on after the event at which it stopped, with what was read with it and queued since", async () => {
  const { session, told, run, sent } = pumpFor(concat(VERSION, VERACK, PING), PING, "end");
  await run("complete");
  told.length = 0;
  session.send(otherMessage("getaddr"));
  await run();
  assertEquals(told, ["getaddr", "ping", "pong", "ping", "pong", "closed"]);
  assertEquals(sent(), ["version", "verack", "getaddr", "pong", "pong"]);
});

Deno.test("Pump rejects with what the session throws", async () => {
  const { run, told } = pumpFor("end");
  await assertRejects(() => run("complete"), HandshakeError, "the peer closed the connection");
  assertEquals(told, ["version", "closed"]);
});

Deno.test("Pump reads on when a write has failed because the peer has gone, and fails with a write that failed otherwise", async () => {
  for (const code of ["EPIPE", "ECONNABORTED", "ECONNRESET"]) {
    const { connection, run, told } = pumpFor(VERSION, "end");
    connection.writeError = osError(code);
    if (code === "ECONNRESET") await assertRejects(() => run(), Error, code);
    else await run();
    assertEquals(told.includes("closed"), true);
  }
  const { connection, run } = pumpFor(VERSION);
  connection.writeError = new Deno.errors.Interrupted("operation canceled");
  await assertRejects(() => run(), Deno.errors.Interrupted);
});

Deno.test("nextEvent() goes through a session whose bytes the caller moves, checksums included", async () => {
  const session = newSession({ role: "responder", version: versionMessage({ nonce: 1n }) });
  session.receive(concat(VERSION, VERACK), 0n);
  const types: string[] = [];
  for (let event; (event = await nextEvent(session)) !== null;) types.push(event.type);
  assertEquals(types, ["negotiated", "message", "message", "message", "message", "complete"]);
  const { frames } = receiveAll(new V1Transport(MAINNET), [session.takeOutput()]);
  assertEquals(frames.map(({ messageType }) => messageType), ["version", "verack"]);
});

Deno.test("Pump reads as many bytes as it may in all, whatever the segments, and then stops", async () => {
  const most = VERSION.length + VERACK.length + PING.length;
  const all = concat(VERSION, VERACK, PING, PING);
  for (
    const steps of [[all], [VERSION, concat(VERACK, PING), PING], [all.subarray(0, most - 1), all.subarray(most - 1)]]
  ) {
    const { pump, told, run } = pumpFor(...steps);
    await run("complete", most);
    await run(undefined, most);
    assertEquals([told.slice(-3), pump.bytesReceived], [["complete", "ping", "pong"], most]);
  }
});

Deno.test("Pump writes on, to the last byte, what is not taken at once", async () => {
  for (const size of [1, 2, 10]) {
    const { connection, pump, run, sent } = pumpFor(VERSION, VERACK);
    const write = connection.write.bind(connection);
    connection.write = (bytes) => write(bytes.subarray(0, size));
    await run("complete");
    assertEquals([sent(), pump.bytesSent], [["version", "verack"], connection.written.length]);
  }
});
