import { assertEquals, assertThrows } from "@std/assert";
import { checksum } from "../../src/crypto/checksum.ts";
import { HandshakeError } from "../../src/handshake/errors.ts";
import { Session, type SessionOptions } from "../../src/session/session.ts";
import type { SessionEvent } from "../../src/session/events.ts";
import { V1Transport } from "../../src/transport/v1.ts";
import { V2Transport } from "../../src/transport/v2.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { concat } from "../support/bytes.ts";
import { otherMessage, versionMessage } from "../support/messages.ts";
import { VERACK_MESSAGE } from "../support/published.ts";
import { frame } from "../support/raw.ts";
import { answerTo, eventsOf, greeting, newSession, NOW } from "../support/session.ts";
import { stream } from "../support/stream.ts";
import { receiveAll, v1Message } from "../support/v1.ts";
import { seededBytes } from "../support/v2_tester.ts";

const OURS = versionMessage({ nonce: 1n });
const THEIRS = versionMessage({ nonce: 2n });
const HANDSHAKE = await stream([THEIRS, { type: "verack" }]);

/** An event in a word or two. */
function name(event: SessionEvent): string {
  switch (event.type) {
    case "message":
      return `${event.direction} ${event.messageType}`;
    case "negotiated":
      return `negotiated ${event.transport}`;
    case "complete":
      return `complete ${event.verack ? "with" : "without"} verack`;
    default:
      return event.type;
  }
}

/** An initiator that has sent its version. */
async function initiator(options: Partial<SessionOptions> = {}): Promise<Session> {
  const session = newSession({ role: "initiator", version: OURS, ...options });
  await greeting(session);
  return session;
}

const namesOf = async (session: Session): Promise<string[]> => (await eventsOf(session)).map(name);

const typesOf = (bytes: Uint8Array): string[] =>
  receiveAll(new V1Transport(MAINNET), [bytes]).frames.map(({ messageType }) => messageType);

Deno.test("A session reports each message, in both directions and in order, and the end of its handshake", async () => {
  const session = newSession({ role: "initiator", version: OURS });
  assertEquals(await namesOf(session), ["sent version"]);
  session.receive(await stream([THEIRS, otherMessage("wtxidrelay"), { type: "ping", nonce: 7n }]), NOW);
  assertEquals(await namesOf(session), [
    "negotiated v1",
    "received version",
    "sent verack",
    "received wtxidrelay",
    "received ping",
    "sent pong",
  ]);
  session.receive(VERACK_MESSAGE, NOW);
  assertEquals(await namesOf(session), ["received verack", "complete with verack"]);
});

Deno.test("A message comes with its payload, what it says, and what is wrong with it", async () => {
  const session = await initiator();
  const payload = (await frame("ping", new Uint8Array(8))).slice(24);
  session.receive(concat(await stream([THEIRS]), v1Message("ping", payload, { checksum: 0 })), NOW);
  const messages = (await eventsOf(session)).filter((event) => event.type === "message");
  const [version, verack, ping] = messages;
  assertEquals([version?.message, version?.damage, version?.size], [THEIRS, null, version?.payload?.length]);
  assertEquals([verack?.message, verack?.payload], [{ type: "verack" }, new Uint8Array()]);
  assertEquals([ping?.message.type, ping?.damage, ping?.payload], [
    "damaged",
    "Expected the checksum of ping to match its payload",
    payload,
  ]);
});

Deno.test("A session asks for the checksum of each payload that has one, and does not go on without it", async () => {
  const session = newSession({ role: "initiator", version: OURS });
  const first = session.poll();
  assertEquals(first?.type, "checksum");
  assertEquals([session.poll(), session.takeOutput()], [first, new Uint8Array()]);
  session.provide(0x0102_0304);
  assertEquals([session.poll(), session.poll()].map((event) => event && name(event)), ["sent version", null]);
  const output = session.takeOutput();
  assertEquals(new DataView(output.buffer).getUint32(20), 0x0102_0304);
  assertThrows(() => session.provide(0), TypeError, "no event has asked for one");
  // The same payload with a wrong checksum and with the right one.
  for (const [wrong, damage] of [[1, "Expected the checksum of version to match its payload"], [0, null]] as const) {
    const session = await initiator();
    const bytes = await stream([THEIRS]);
    session.receive(bytes, NOW);
    assertEquals(session.poll()?.type, "checksum");
    session.provide(new DataView(bytes.buffer).getUint32(20) ^ wrong);
    assertEquals(session.poll(), { type: "negotiated", transport: "v1", sessionId: null });
    const event = session.poll();
    assertEquals(event?.type === "message" ? event.damage : undefined, damage);
  }
});

Deno.test("Over v2 a session asks for no checksum, and reports its ID before the peer's first message", () => {
  const make = (initiating: boolean) =>
    new V2Transport({ chain: MAINNET, initiating, randomBytes: seededBytes(Number(initiating)) });
  using first = new Session({ role: "initiator", version: OURS, transport: make(true) });
  using second = new Session({ role: "responder", version: THEIRS, transport: make(false) });
  const told: string[][] = [[], []];
  for (let turn = 0; turn < 6; turn++) {
    const [from, to, names] = turn % 2 === 0 ? [first, second, told[0]] : [second, first, told[1]];
    for (let event; (event = from.poll()) !== null;) names?.push(name(event));
    to.receive(from.takeOutput(), NOW);
  }
  for (let event; (event = second.poll()) !== null;) told[1]?.push(name(event));
  assertEquals(told, [
    ["sent version", "negotiated v2", "received version", "sent verack", "received verack", "complete with verack"],
    ["negotiated v2", "received version", "sent version", "sent verack", "received verack", "complete with verack"],
  ]);
  assertEquals([first.phase, first.sessionId], ["verack", second.sessionId]);
});

Deno.test("The initiator negotiates between the peer's version and our verack, and what follows comes after it", async () => {
  const session = await initiator({
    negotiation: ({ protocolVersion }) => protocolVersion >= 70016 ? [otherMessage("sendaddrv2")] : [],
    afterVerack: [otherMessage("getaddr")],
  });
  const answer = await answerTo(session, await stream([THEIRS]));
  assertEquals(typesOf(answer), ["sendaddrv2", "verack", "getaddr"]);
  const older = await initiator({ negotiation: ({ protocolVersion }) => protocolVersion >= 70016 ? [THEIRS] : [] });
  assertEquals(typesOf(await answerTo(older, await stream([{ ...THEIRS, protocolVersion: 70015 }]))), ["verack"]);
});

Deno.test("A session goes on after its handshake, with the bytes that came with the verack and later ones", async () => {
  const session = await initiator();
  const behind = await stream([otherMessage("sendcmpct"), { type: "ping", nonce: 7n }]);
  for (let cut = 0; cut <= behind.length; cut += 7) {
    const session = await initiator();
    session.receive(concat(HANDSHAKE, behind.subarray(0, cut)), NOW);
    assertEquals((await namesOf(session)).at(-1), "complete with verack");
    const names = await namesOf(session);
    session.receive(behind.subarray(cut), NOW);
    names.push(...await namesOf(session));
    assertEquals(names, ["received sendcmpct", "received ping", "sent pong"], `cut at ${cut}`);
    assertEquals(typesOf(session.takeOutput()), ["verack", "pong"]);
  }
  session.receive(HANDSHAKE, NOW);
  await namesOf(session);
  session.takeOutput();
  session.send(otherMessage("getaddr"));
  assertEquals(await namesOf(session), ["sent getaddr"]);
  assertEquals(typesOf(session.takeOutput()), ["getaddr"]);
});

Deno.test("Messages are sent in the order in which they are queued", async () => {
  const session = newSession({ role: "responder", version: OURS });
  for (const type of ["a", "b", "c"]) session.send(otherMessage(type));
  assertEquals(session.poll()?.type, "message");
  session.send({ type: "ping", nonce: 1n });
  assertEquals(await namesOf(session), ["sent b", "sent c", "sent ping"]);
  assertEquals(typesOf(session.takeOutput()), ["a", "b", "c", "ping"]);
});

Deno.test("A peer that closes has completed the handshake if its version was accepted, and what it sent comes first", async () => {
  const session = await initiator();
  session.receive(await stream([THEIRS]), NOW);
  session.close();
  assertEquals((await namesOf(session)).slice(1), [
    "received version",
    "sent verack",
    "closed",
    "complete without verack",
  ]);
  assertEquals(await namesOf(session), []);
  const early = await initiator();
  early.close();
  assertEquals(early.poll(), { type: "closed" });
  for (let i = 0; i < 2; i++) {
    assertEquals(assertThrows(() => early.poll(), HandshakeError).code, "connection_closed");
  }
});

Deno.test("A peer's close after the handshake is reported once", async () => {
  const session = await initiator();
  session.receive(HANDSHAKE, NOW);
  await namesOf(session);
  session.close();
  session.close();
  assertEquals([await namesOf(session), await namesOf(session)], [["closed"], []]);
});

Deno.test("A message that ends the handshake is reported before its error", async () => {
  const session = await initiator();
  session.receive(await stream([{ ...THEIRS, protocolVersion: 100 }]), NOW);
  assertEquals(session.poll()?.type, "checksum");
  session.provide(await checksum((await stream([{ ...THEIRS, protocolVersion: 100 }])).slice(24)));
  assertEquals([session.poll(), session.poll()].map((event) => event?.type), ["negotiated", "message"]);
  for (let i = 0; i < 2; i++) {
    assertEquals(assertThrows(() => session.poll(), HandshakeError).code, "obsolete_version");
  }
});
