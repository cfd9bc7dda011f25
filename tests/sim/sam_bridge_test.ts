import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { denoIo, recordOf, scan } from "../../src/mod.ts";
import { formatI2p } from "../../src/address/i2p.ts";
import { echoScript, nodeScript, SimulatedPeer, SimulatedSamBridge } from "../../src/sim.ts";
import { ascii } from "../support/bytes.ts";
import { RawClient } from "../support/raw_client.ts";
import { until } from "../support/scripted_io.ts";
import { VirtualClock } from "../support/virtual_clock.ts";

const NAME = "ukeu3k5oycgaauneqgtnvselmt4yemvoilkln7jpvamvfx7dnkdq.b32.i2p";
const HELLO = "HELLO VERSION MIN=3.1 MAX=3.1";
const HELLO_REPLY = "HELLO REPLY RESULT=OK VERSION=3.1";

/** Says a line, and hears one. */
async function ask(client: RawClient, line: string): Promise<string> {
  await client.say(`${line}\n`);
  let reply = "";
  for (;;) {
    const [byte] = await client.take(1);
    if (byte === undefined || byte === 0x0a) return reply;
    reply += String.fromCharCode(byte);
  }
}

/** A connection that has said hello. */
async function greeted(bridge: SimulatedSamBridge): Promise<RawClient> {
  const client = await RawClient.connect(bridge.address);
  assertEquals(await ask(client, HELLO), HELLO_REPLY);
  return client;
}

const create = (id: string) => `SESSION CREATE STYLE=STREAM ID=${id} DESTINATION=TRANSIENT SIGNATURE_TYPE=7`;

/** The destination of the name, if it is found. */
async function lookUp(client: RawClient): Promise<string> {
  const reply = await ask(client, `NAMING LOOKUP NAME=${NAME}`);
  assertMatch(reply, /^NAMING REPLY RESULT=OK NAME=\S+ VALUE=[\w~=-]{524}$/);
  return reply.split("VALUE=")[1] ?? "";
}

Deno.test("The bridge leads a stream to what a name stands for, and records what it was asked", async () => {
  await using peer = new SimulatedPeer(echoScript);
  await using bridge = new SimulatedSamBridge({ targets: new Map([[`${NAME}:0`, peer.target]]) });
  using session = await greeted(bridge);
  assertMatch(await ask(session, create("a")), /^SESSION STATUS RESULT=OK DESTINATION=\S+$/);
  using client = await greeted(bridge);
  const destination = await lookUp(client);
  assertEquals(
    await ask(client, `STREAM CONNECT ID=a DESTINATION="${destination}" SILENT=false`),
    "STREAM STATUS RESULT=OK",
  );
  await client.say("there and back");
  await client.finish();
  assertEquals(await client.rest(), ascii("there and back"));
  assertEquals(bridge.sessions, ["a"]);
  assertEquals(bridge.lookups, [NAME]);
  assertEquals(bridge.streams, [{ session: "a", name: NAME }]);
});

Deno.test("The bridge says why it leads nowhere", async () => {
  const gone = new SimulatedPeer(echoScript);
  await gone.close();
  await using bridge = new SimulatedSamBridge({ targets: new Map([[`${NAME}:0`, gone.target]]) });
  using client = await greeted(bridge);
  const destination = await lookUp(client);
  assertEquals(await ask(client, "NAMING LOOKUP NAME=x.i2p"), "NAMING REPLY RESULT=INVALID_KEY NAME=x.i2p");
  assertEquals(await ask(client, `STREAM CONNECT ID=a DESTINATION=${destination}`), "STREAM STATUS RESULT=INVALID_ID");
  using session = await greeted(bridge);
  await ask(session, create("a"));
  assertEquals(await ask(client, "STREAM CONNECT ID=a DESTINATION=AAAA"), "STREAM STATUS RESULT=INVALID_KEY");
  assertEquals(
    await ask(client, `STREAM CONNECT ID=a DESTINATION=${destination}`),
    "STREAM STATUS RESULT=CANT_REACH_PEER",
  );
  using again = await greeted(bridge);
  assertEquals(await ask(again, create("a")), "SESSION STATUS RESULT=DUPLICATED_ID");
  assertEquals(await ask(again, "DEST GENERATE"), "", "it closes at a command that it does not know");
});

Deno.test("A session ends with its connection, whoever closes that", async () => {
  await using bridge = new SimulatedSamBridge({ targets: new Map([[`${NAME}:0`, "127.0.0.1:1"]]) });
  const left = await greeted(bridge);
  await ask(left, create("left"));
  using ended = await greeted(bridge);
  await ask(ended, create("ended"));
  using client = await greeted(bridge);
  const destination = await lookUp(client);
  const connect = (id: string) => ask(client, `STREAM CONNECT ID=${id} DESTINATION=${destination}`);
  left[Symbol.dispose]();
  // The bridge answers while it has not seen our end.
  while (await connect("left") !== "STREAM STATUS RESULT=INVALID_ID");
  assertEquals(await connect("ended"), "STREAM STATUS RESULT=CANT_REACH_PEER");
  bridge.endSessions();
  assertEquals(await ended.rest(), new Uint8Array());
  assertEquals(await connect("ended"), "STREAM STATUS RESULT=INVALID_ID");
  using again = await greeted(bridge);
  assertMatch(await ask(again, create("ended")), /RESULT=OK/);
  assertEquals(bridge.sessions, ["left", "ended", "ended"]);
});

Deno.test("A session is made only after its delay, and at once without one", async () => {
  for (const sessionDelay of [1, 20_000]) {
    const clock = new VirtualClock();
    await using bridge = new SimulatedSamBridge({ targets: new Map(), sessionDelay, clock });
    using session = await greeted(bridge);
    const reply = ask(session, create("a"));
    await until(() => clock.timers === 1);
    clock.advance(sessionDelay - 1);
    using client = await greeted(bridge);
    assertEquals(await ask(client, "STREAM CONNECT ID=a DESTINATION=AAAA"), "STREAM STATUS RESULT=INVALID_ID");
    assertEquals(clock.timers, 1);
    clock.advance(1);
    assertMatch(await reply, /^SESSION STATUS RESULT=OK/);
  }
  const clock = new VirtualClock();
  await using bridge = new SimulatedSamBridge({ targets: new Map(), clock });
  using session = await greeted(bridge);
  let reply: string | null = null;
  ask(session, create("a")).then((text) => reply = text);
  await until(() => reply !== null || clock.timers > 0);
  assertMatch(reply ?? "", /^SESSION STATUS RESULT=OK/);
});

Deno.test("The bridge closes its connections, and accepts no more, when it shuts down", async () => {
  const bridge = new SimulatedSamBridge({ targets: new Map() });
  using client = await greeted(bridge);
  await bridge[Symbol.asyncDispose]();
  assertEquals(await client.rest(), new Uint8Array());
  await assertRejects(() => RawClient.connect(bridge.address), Deno.errors.ConnectionRefused);
});

Deno.test("A scan makes one session, and in it one stream for each peer", async () => {
  await using peer = new SimulatedPeer(nodeScript());
  const names = Array.from({ length: 40 }, (_, i) => formatI2p(new Uint8Array(32).fill(i)));
  await using bridge = new SimulatedSamBridge({ targets: new Map(names.map((name) => [`${name}:0`, peer.target])) });
  const { host, port } = bridge.address;
  const io = { ...denoIo, resolve: () => Promise.reject(new Error("a name was resolved")) };
  const records = await Array.fromAsync(scan(names, { i2psam: { host, port }, io }), recordOf);
  assertEquals(records.filter((record) => record.type === "peer" && record.success).length, names.length);
  assertEquals(bridge.lookups.toSorted(), names.toSorted());
  assertEquals(bridge.sessions.length, 1);
  assertEquals(new Set(bridge.streams.map(({ session }) => session)), new Set(bridge.sessions));
});

Deno.test("A session that has ended is made again, and no peer is lost", async () => {
  const names = Array.from({ length: 6 }, (_, i) => formatI2p(new Uint8Array(32).fill(i)));
  let isFirst = true;
  await using peer = new SimulatedPeer((link) => {
    if (isFirst) bridge.endSessions();
    isFirst = false;
    return nodeScript()(link);
  });
  await using bridge = new SimulatedSamBridge({ targets: new Map(names.map((name) => [`${name}:0`, peer.target])) });
  const { host, port } = bridge.address;
  const records = await Array.fromAsync(scan(names, { i2psam: { host, port }, concurrency: 1 }), recordOf);
  assertEquals(records.filter((record) => record.type === "peer" && record.success).length, names.length);
  assertEquals(bridge.sessions.length, 2);
});
