import { assertEquals, assertThrows } from "@std/assert";
import { handshake, recordOf } from "../../src/mod.ts";
import {
  answerScript,
  echoScript,
  nodeScript,
  type NodeScriptOptions,
  otherMessage,
  type PeerScript,
  silentScript,
  SimulatedPeer,
} from "../../src/sim.ts";
import { V1Transport } from "../../src/transport/v1.ts";
import { addrMessage } from "../../src/wire/addr.ts";
import { type Chain, findChain, MAINNET } from "../../src/wire/chains.ts";
import { decodeMessage, type Message } from "../../src/wire/messages.ts";
import { encodeVersion, type VersionMessage } from "../../src/wire/version.ts";
import { ascii, concat, hex } from "../support/bytes.ts";
import { versionMessage } from "../support/messages.ts";
import { frame } from "../support/raw.ts";
import { until } from "../support/scripted_io.ts";
import { type ScriptedAccepted, scriptedLink } from "../support/scripted_link.ts";
import { stream } from "../support/stream.ts";
import { as, type ErrorClass } from "../support/untyped.ts";
import { framesOf } from "../support/v1.ts";

const OTHER = findChain("regtest") ?? MAINNET;

const VERSION = encodeVersion(versionMessage());

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

/** The messages that were sent over a scripted connection. */
function sentOver({ written }: ScriptedAccepted, chain: Chain = MAINNET): Message[] {
  const frames = framesOf(new V1Transport(chain), Uint8Array.from(written));
  return Array.from(frames, ({ messageType, payload }) => decodeMessage(messageType, payload));
}

/** The types of these messages. */
function typesOf(messages: readonly Message[]): string[] {
  return messages.map((message) => message.type === "other" ? message.messageType : message.type);
}

/** What a node of mainnet answers to a handshake. */
async function answersOf(options: NodeScriptOptions): Promise<Message[]> {
  const { link, connection } = scriptedLink(await stream([versionMessage(), { type: "verack" }]), "end");
  await nodeScript(options)(link);
  return sentOver(connection);
}

/** The version that a node sends, but for its nonce. */
async function versionOf(options: NodeScriptOptions): Promise<Partial<VersionMessage>> {
  const [first] = await answersOf(options);
  if (first?.type !== "version") throw new Error("no version");
  const { nonce: _, ...version } = first;
  return version;
}

Deno.test("nodeScript() says in its version what it is told to, and otherwise what Bitcoin Core 31 says", async () => {
  const core: Partial<VersionMessage> = {
    type: "version",
    protocolVersion: 70_016,
    services: 0xc09n,
    timestamp: 1_700_000_000n,
    addrRecv: { services: 0n, network: "ipv4", host: "192.0.2.7", port: 18_333 },
    addrFrom: { services: 0xc09n, network: "ipv6", host: "::", port: 0 },
    userAgent: ascii("/Satoshi:31.0.0/"),
    startHeight: 940_000,
    relay: true,
  };
  assertEquals(await versionOf({}), core);
  assertEquals(
    await versionOf({
      protocolVersion: 70_002,
      services: 5n,
      timeOffset: -70,
      userAgent: "/x/",
      startHeight: -1,
      relay: false,
    }),
    {
      ...core,
      protocolVersion: 70_002,
      services: 5n,
      timestamp: 1_699_999_930n,
      addrFrom: { services: 5n, network: "ipv6", host: "::", port: 0 },
      userAgent: ascii("/x/"),
      startHeight: -1,
      relay: false,
    },
  );
  assertEquals((await versionOf({ relay: null })).relay, null);
});

Deno.test("nodeScript() has another nonce on each connection, so that no one takes it for itself", async () => {
  const versions = [...await answersOf({}), ...await answersOf({})].filter((message) => message.type === "version");
  assertEquals(new Set([0n, ...versions.map(({ nonce }) => nonce)]).size, 3);
});

Deno.test("nodeScript() negotiates and greets as Bitcoin Core does by default", async () => {
  const { link, connection } = scriptedLink(await stream([versionMessage(), { type: "verack" }]), "end");
  await nodeScript()(link);
  const expected = concat(
    await frame("wtxidrelay"),
    await frame("sendaddrv2"),
    await frame("verack"),
    // BIP 152: no high bandwidth, version 2.
    await frame("sendcmpct", hex("00 0200000000000000")),
  );
  assertEquals(Uint8Array.from(connection.written.slice(-expected.length)), expected);
});

Deno.test("nodeScript() greets once, when the handshake is over, and answers a ping after it", async () => {
  const messages: Message[] = [versionMessage(), { type: "verack" }, { type: "ping", nonce: 1n }, {
    type: "ping",
    nonce: 2n,
  }];
  const { link, connection } = scriptedLink(await stream(messages), "end");
  await nodeScript({
    negotiation: [otherMessage("wtxidrelay")],
    greeting: [otherMessage("sendcmpct"), otherMessage("feefilter")],
  })(link);
  const types = typesOf(sentOver(connection));
  assertEquals(types, ["version", "wtxidrelay", "verack", "sendcmpct", "feefilter", "pong", "pong"]);
});

Deno.test("nodeScript() delays its verack for as long as it is told to", async () => {
  for (const verackDelay of [1, 5000]) {
    const { link, connection, clock } = scriptedLink(await stream([versionMessage(), { type: "verack" }]), "end");
    const running = nodeScript({ negotiation: [], verackDelay })(link);
    await until(() => connection.written.length > 0 && clock.timers === 1);
    clock.advance(verackDelay - 1);
    assertEquals(typesOf(sentOver(connection)), ["version"]);
    clock.advance(1);
    await running;
    assertEquals([typesOf(sentOver(connection)), clock.timers], [["version", "verack", "sendcmpct"], 0]);
  }
});

Deno.test("nodeScript() sends its answer to getaddr after the handshake, and closes when it has none to give", async () => {
  const asking: Message[] = [versionMessage(), { type: "getaddr" }, { type: "verack" }, { type: "getaddr" }];
  const ping: Message = { type: "ping", nonce: 1n };
  const entry = { time: 1, services: 1n, address: { network: "ipv4", host: "192.0.2.1", port: 8333 } } as const;
  for (
    const [answer, sent] of [
      [[addrMessage("addr", [entry]), { type: "sendaddrv2" }], ["addr", "sendaddrv2", "pong"]],
      [null, []],
    ] as const
  ) {
    const { link, connection } = scriptedLink(await stream([...asking, ping]), "end");
    await nodeScript({ negotiation: [], greeting: [], answer: () => answer })(link);
    assertEquals(typesOf(sentOver(connection)), ["version", "verack", ...sent]);
  }
});

Deno.test("nodeScript() speaks the transports it is told to, and otherwise those that its services promise", async () => {
  const cases: [NodeScriptOptions, v1: boolean, v2: boolean][] = [
    [{}, true, true],
    [{ services: 0x800n }, true, true],
    [{ services: 0x1409n }, true, false],
    [{ transport: "v1" }, true, false],
    [{ transport: "v2" }, false, true],
    [{ services: 0x409n, transport: "both" }, true, true],
  ];
  for (const [options, ...expected] of cases) {
    await using peer = new SimulatedPeer(nodeScript(options));
    const outcomes = (["v1", "v2"] as const).map((transport) => handshake(peer.target, { transport }));
    const success = (await Promise.all(outcomes)).map((result) => recordOf(result).success);
    assertEquals(success, expected, Deno.inspect(options));
  }
});

Deno.test("nodeScript() answers on its own chain, also one that reads another's messages", async () => {
  for (const [options, chain] of [[{}, OTHER], [{ reads: MAINNET }, MAINNET]] as const) {
    const { link, connection } = scriptedLink(await frame("version", VERSION, { chain }), "end");
    await nodeScript({ chain: OTHER, negotiation: [], ...options })(link);
    assertEquals(typesOf(sentOver(connection, OTHER)), ["version", "verack"]);
  }
});

Deno.test("answerScript() waits for the first bytes, and reads on until we close", async () => {
  const { link, connection } = scriptedLink(Uint8Array.of(1), Uint8Array.of(2), "end");
  const { done, read } = connection;
  connection.read = (buffer) => (done.push("read"), read.call(connection, buffer));
  await answerScript("hi")(link);
  assertEquals(done, ["read", "6869", "closeWrite", "read", "read"]);
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
