import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import type { Connection } from "../../src/net/io.ts";
import { osError, type ReadStep, ScriptedConnection, scriptedIo, until, untilAborted } from "../support/scripted_io.ts";
import { concat } from "../support/bytes.ts";
import { PEER, shakeHands, shakeHandsOver } from "../support/handshakes.ts";
import { rejectMessage } from "../support/messages.ts";
import { stream, VERACK, VERSION } from "../support/stream.ts";
import { messageTypesIn } from "../support/v1.ts";

Deno.test("Initiator.shakeHands() tells closed, reset and a failing write apart, and where it happened", async () => {
  const reset = osError("ECONNRESET");
  const cases: [ReadStep[], Error | null, code: string | undefined, phase: string | undefined][] = [
    [["end"], null, "connection_closed", "version"],
    [[VERSION.subarray(0, 50), "end"], null, "connection_closed", "version"],
    [[VERSION, "end"], null, undefined, undefined],
    [[VERSION, VERACK.subarray(0, 23), "end"], null, undefined, undefined],
    [[reset], null, "connection_reset", "version"],
    [[VERSION, reset], null, "connection_reset", "verack"],
    [["end"], reset, "connection_reset", "version"],
    [[VERSION, "end"], osError("EPIPE"), undefined, undefined],
    [[VERSION, VERACK], reset, undefined, undefined],
    [[VERSION, VERACK], osError("ENOBUFS"), "connection_failed", "version"],
    [[], osError("EHOSTUNREACH"), "host_unreachable", "version"],
  ];
  for (const [steps, writeError, code, phase] of cases) {
    const connection = new ScriptedConnection(...steps);
    connection.writeError = writeError;
    const { error, verack } = await shakeHandsOver(connection);
    assertEquals([error?.code, error?.phase, verack], [code, phase, error === null && steps.includes(VERACK)]);
    assertEquals(connection.closed, 1);
  }
});

Deno.test("Initiator.shakeHands() says why a peer rejected us that then closes or resets", async () => {
  const reject = await stream([rejectMessage()]);
  const reset = osError("ECONNRESET");
  const cases: [ReadStep[], Error | null, phase: string][] = [
    [[reject, "end"], null, "version"],
    [[reject, reset], null, "version"],
    [[VERSION, reject, "end"], null, "verack"],
    [[VERSION, reject, reset], null, "verack"],
    [[VERSION, reject, "end"], reset, "verack"],
    [[concat(VERSION, reject), "end"], osError("EPIPE"), "verack"],
  ];
  for (const [steps, writeError, phase] of cases) {
    const connection = new ScriptedConnection(...steps);
    connection.writeError = writeError;
    const { error, version } = await shakeHandsOver(connection);
    assertEquals([error?.code, error?.phase, version !== null], ["rejected", phase, phase === "verack"]);
    assertStringIncludes(error?.message ?? "", '0x11 obsolete, "too old"');
  }
  const { error } = await shakeHandsOver(new ScriptedConnection(reject, VERSION, reject, VERACK));
  assertEquals(error, null);
});

Deno.test("Initiator.shakeHands() times out in the phase it is in, closes the connection, and leaves no timer", async () => {
  const cases: [Connection | null, string, string][] = [
    [null, "connect", "no connection within 5 s"],
    [new ScriptedConnection(), "version", "no version within 5 s"],
    [new ScriptedConnection(VERSION), "verack", "no verack within 5 s"],
  ];
  for (const [connection, phase, message] of cases) {
    const io = scriptedIo(connection === null ? {} : { connect: () => Promise.resolve(connection) });
    const shaking = shakeHands(PEER, io);
    if (connection instanceof ScriptedConnection) {
      const sent = phase === "version" ? 1 : 2;
      await until(() => messageTypesIn(connection.written).length === sent);
    }
    await until(() => io.clock.timers > 0);
    io.clock.advance(4999);
    if (connection instanceof ScriptedConnection) assertEquals(connection.closed, 0);
    io.clock.advance(1);
    const { error, handshakeTime } = await shaking;
    assertEquals([error, handshakeTime], [{ code: "timeout", phase, message } as typeof error, 5000]);
    assertEquals(io.clock.timers, 0);
    if (connection instanceof ScriptedConnection) assertEquals(connection.closed, 1);
  }
});

Deno.test("Initiator.shakeHands() closes a connection that comes up just when the time is over", async () => {
  const connection = new ScriptedConnection();
  const io = scriptedIo({
    connect: (_address, signal) => untilAborted(signal).catch(() => connection),
  });
  const shaking = shakeHands(PEER, io);
  await until(() => io.clock.timers > 0);
  io.clock.advance(5000);
  assertEquals((await shaking).error?.code, "timeout");
  assertEquals([connection.closed, connection.written], [1, []]);
});

Deno.test("Initiator.shakeHands() rejects with its signal's reason, and closes the connection", async () => {
  const connection = new ScriptedConnection(VERSION);
  const controller = new AbortController();
  const io = scriptedIo({ connect: () => Promise.resolve(connection) });
  const shaking = shakeHands(PEER, io, controller.signal);
  await until(() => messageTypesIn(connection.written).includes("verack"));
  controller.abort(new Error("enough"));
  await assertRejects(() => shaking, Error, "enough");
  assertEquals([connection.closed, io.clock.timers], [1, 0]);
  await assertRejects(
    () => shakeHands(PEER, io, controller.signal),
    Error,
    "enough",
  );
});

Deno.test("Initiator.shakeHands() does not dial an address that no node can have", async () => {
  let dialled = 0;
  const io = scriptedIo({ connect: () => Promise.reject(dialled++) });
  for (const ip of ["0.0.0.0", "224.0.0.1", "255.255.255.255", "::", "ff02::1"]) {
    const { error } = await shakeHands(ipAddress(ip, 8333), io);
    assertEquals([error?.code, error?.phase], ["host_unreachable", "connect"]);
  }
  assertEquals(dialled, 0);
});

Deno.test("Initiator.shakeHands() says what the operating system and Deno say of a connect", async () => {
  const cases: [Error, string][] = [
    [osError("ECONNREFUSED"), "connection_refused"],
    [osError("ECONNRESET"), "connection_reset"],
    [osError("EHOSTUNREACH"), "host_unreachable"],
    [osError("ENETUNREACH"), "host_unreachable"],
    [osError("ETIMEDOUT"), "timeout"],
    [osError("ENOBUFS"), "connection_failed"],
    [new Error("Protocol not available (os error 92)"), "connection_failed"],
    [new Deno.errors.NotCapable('Requires net access to "192.0.2.7:8333", run …'), "permission_denied"],
    [new TypeError("a slip of ours"), "internal"],
  ];
  for (const [failure, code] of cases) {
    const io = scriptedIo({ connect: () => Promise.reject(failure) });
    const { error } = await shakeHands(PEER, io);
    assertEquals([error?.code, error?.phase], [code, "connect"]);
    if (code === "connection_failed") assertEquals(error?.message, `the operating system says: ${failure.message}`);
  }
});

Deno.test("Initiator.shakeHands() closes once when the time is over while the verack is read", async () => {
  const connection = new ScriptedConnection(VERSION, VERACK);
  const io = scriptedIo({ connect: () => Promise.resolve(connection) });
  const read = connection.read.bind(connection);
  let reads = 0;
  connection.read = async (buffer) => {
    const length = await read(buffer);
    if (++reads === 2) io.clock.advance(5000);
    return length;
  };
  const { error, verack } = await shakeHands(PEER, io);
  assertEquals([error, verack, connection.closed, io.clock.timers], [null, true, 1, 0]);
});

Deno.test("Initiator.shakeHands() says what the operating system says of a read", async () => {
  const cases: [string, string][] = [
    ["ECONNRESET", "connection_reset"],
    ["ECONNABORTED", "connection_reset"],
    ["EPIPE", "connection_reset"],
    ["ETIMEDOUT", "timeout"],
    ["EHOSTUNREACH", "host_unreachable"],
    ["EHOSTDOWN", "host_unreachable"],
    ["ENETUNREACH", "host_unreachable"],
    ["ENETDOWN", "host_unreachable"],
    ["EPROTO", "connection_failed"],
  ];
  for (const [failure, code] of cases) {
    const { error } = await shakeHandsOver(new ScriptedConnection(VERSION, osError(failure)));
    assertEquals([error?.code, error?.phase], [code, "verack"], failure);
  }
});

Deno.test("Initiator.shakeHands() does not dial when its signal has aborted", async () => {
  let dialled = 0;
  const io = scriptedIo({ connect: () => (dialled++, Promise.resolve(new ScriptedConnection("end"))) });
  await assertRejects(() => shakeHands(PEER, io, AbortSignal.abort(new Error("enough"))), Error, "enough");
  assertEquals([dialled, io.clock.timers], [0, 0]);
});
