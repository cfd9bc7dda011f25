import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { handshake, recordOf } from "../../src/mod.ts";
import {
  answerScript,
  echoScript,
  nodeScript,
  type NodeScriptOptions,
  otherMessage,
  PeerLink,
  type PeerScript,
  silentScript,
  SimulatedPeer,
} from "../../src/sim.ts";
import { V1Transport } from "../../src/transport/v1.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import type { Message } from "../../src/wire/messages.ts";
import { versionMessage } from "../support/messages.ts";
import { type ReadStep, ScriptedConnection, until } from "../support/scripted_io.ts";
import { stream } from "../support/stream.ts";
import { VirtualClock } from "../support/virtual_clock.ts";
import { as, type ErrorClass } from "../support/untyped.ts";
import { framesOf } from "../support/v1.ts";

/** The time for peers that use it up; others have enough of it however busy the machine is. */
const SHORT = 500;

/** The record of a handshake with a peer of that script, without the fields that vary. */
async function recordOfPeer(script: PeerScript, timeout?: number) {
  await using peer = new SimulatedPeer(script);
  const record = recordOf(await handshake(peer.target, { timeout }));
  const { success, verack, subver, messages, error } = record;
  return { success, verack, subver, messages, code: error?.code, phase: error?.phase };
}

Deno.test("nodeScript() is Bitcoin Core by default", async () => {
  assertEquals(await recordOfPeer(nodeScript()), {
    success: true,
    verack: true,
    subver: "/Satoshi:31.0.0/",
    messages: ["version", "wtxidrelay", "sendaddrv2", "verack"],
    code: undefined,
    phase: undefined,
  });
});

Deno.test("nodeScript() sends what it is told to, late, or not at all", async () => {
  const cases: [NodeScriptOptions, Partial<Awaited<ReturnType<typeof recordOfPeer>>>][] = [
    [{ negotiation: [otherMessage("inv", 0)] }, { success: true, messages: ["version", "inv", "verack"] }],
    [{ verackDelay: 20 }, { success: true, verack: true }],
    [{ instead: "close" }, { success: true, verack: false }],
    [{ instead: "stay silent" }, { success: false, code: "timeout", phase: "verack" }],
    [{ protocolVersion: 31_799 }, { success: false, code: "obsolete_version", phase: "version" }],
  ];
  for (const [options, expected] of cases) {
    const record = await recordOfPeer(nodeScript(options), expected.code === "timeout" ? SHORT : undefined);
    assertEquals({ ...record, ...expected }, record);
  }
});

Deno.test("silentScript(), echoScript() and answerScript() are not nodes", async () => {
  const cases: [PeerScript, string][] = [
    [silentScript, "timeout"],
    [echoScript, "self_connection"],
    [answerScript("SSH-2.0-OpenSSH_10.0\r\n"), "not_bitcoin"],
  ];
  for (const [script, code] of cases) {
    assertEquals((await recordOfPeer(script, code === "timeout" ? SHORT : undefined)).code, code);
  }
});

/** The link of a scripted connection, in virtual time. */
function scriptedLink(...steps: ReadStep[]) {
  const clock = new VirtualClock();
  const connection = Object.assign(new ScriptedConnection(...steps), {
    remoteAddr: { hostname: "127.0.0.1", port: 1 },
    closeWrite: () => Promise.resolve(),
    setNoDelay: () => {},
  });
  /** The types of the messages sent. */
  const sent = () => {
    const frames = framesOf(new V1Transport(MAINNET), Uint8Array.from(connection.written));
    return Array.from(frames, ({ messageType }) => messageType);
  };
  return { link: new PeerLink(connection, clock, new AbortController().signal), connection, clock, sent };
}

Deno.test("A script may keep the bytes that came while it waits for more", async () => {
  const { link } = scriptedLink(Uint8Array.of(1, 2), Uint8Array.of(3), "end");
  assertEquals((await Array.fromAsync(link.bytes())).map((bytes) => [...bytes]), [[1, 2], [3]]);
});

Deno.test("nodeScript() greets once, when the handshake is over, and answers a ping after it", async () => {
  const messages: Message[] = [versionMessage(), { type: "verack" }, { type: "ping", nonce: 1n }, {
    type: "ping",
    nonce: 2n,
  }];
  const { link, sent } = scriptedLink(await stream(messages), "end");
  await nodeScript({
    negotiation: [otherMessage("wtxidrelay")],
    greeting: [otherMessage("sendcmpct"), otherMessage("feefilter")],
  })(link);
  assertEquals(sent(), ["version", "wtxidrelay", "verack", "sendcmpct", "feefilter", "pong", "pong"]);
});

Deno.test("nodeScript() delays its verack for as long as it is told to", async () => {
  const { link, clock, sent } = scriptedLink(await stream([versionMessage()]));
  nodeScript({ negotiation: [], verackDelay: 5000 })(link);
  await until(() => sent().length > 1 || clock.timers === 1);
  clock.advance(4999);
  assertEquals(sent(), ["version"]);
  clock.advance(1);
  await until(() => sent().length > 1);
  assertEquals(sent(), ["version", "verack"]);
});

Deno.test("answerScript() waits for the first bytes, and reads on until we close", async () => {
  const { link, connection } = scriptedLink(Uint8Array.of(1), Uint8Array.of(2), "end");
  const order: string[] = [];
  const { read, write } = connection;
  connection.read = (buffer) => (order.push("read"), read.call(connection, buffer));
  connection.write = (bytes) => (order.push("write"), write.call(connection, bytes));
  await answerScript("hi")(link);
  assertEquals([order, connection.written], [["read", "write", "read", "read"], [0x68, 0x69]]);
});

Deno.test("SimulatedPeer that is closed closes the connections of its scripts, and accepts no more", async () => {
  const accepted = Promise.withResolvers<void>();
  const peer = new SimulatedPeer((link) => (accepted.resolve(), silentScript(link)));
  using connection = await Deno.connect({ hostname: peer.address.host, port: peer.address.port });
  await accepted.promise;
  await peer.close();
  assertEquals(await connection.read(new Uint8Array(1)), null);
  await assertRejects(
    () => Deno.connect({ hostname: peer.address.host, port: peer.address.port }),
    Deno.errors.ConnectionRefused,
  );
});

Deno.test("nodeScript() refuses bad options before anybody connects", () => {
  const refused: readonly (readonly [options: unknown, error: ErrorClass, message: string])[] = [
    [{ services: 9 }, TypeError, "Invalid services: expected a bigint"],
    [{ userAgent: "x".repeat(257) }, RangeError, "Invalid userAgent: expected a string of at most 256 bytes"],
    [{ transport: "auto" }, RangeError, 'Invalid transport: expected one of v1, v2, both, got "auto"'],
    [{ chain: "mainnet" }, TypeError, "Invalid chain: expected a chain, as MAINNET is"],
    [{ relay: 1 }, TypeError, "Invalid relay: expected true, false or null"],
    [{ negotiation: ["wtxidrelay"] }, TypeError, "Invalid negotiation[0]: expected a message"],
    [{ verackDelay: -1 }, RangeError, "Invalid verackDelay: expected milliseconds from 0"],
    [{ useragent: "/x/" }, TypeError, "Unknown option useragent: did you mean userAgent?"],
  ];
  for (const [options, error, message] of refused) assertThrows(() => nodeScript(as(options)), error, message);
  for (const relay of [true, false, null]) nodeScript({ relay, startHeight: -1 });
});
