import { assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import { HandshakeError } from "../../src/handshake/errors.ts";
import { Handshake, type HandshakeOptions } from "../../src/handshake/handshake.ts";
import { Session } from "../../src/net/session.ts";
import { TransportError } from "../../src/transport/errors.ts";
import type { Transport } from "../../src/transport/transport.ts";
import { encodeV1, V1Transport } from "../../src/transport/v1.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { WireError } from "../../src/wire/errors.ts";
import { encodeMessage, type Message } from "../../src/wire/messages.ts";
import { encodeVersion } from "../../src/wire/version.ts";
import { ascii, chunks, concat, hex, splits } from "../support/bytes.ts";
import { codeOf } from "../support/errors.ts";
import { otherMessage, versionMessage } from "../support/messages.ts";
import { VERACK_MESSAGE, WIKI_VERSION_MESSAGE } from "../support/published.ts";
import { receiveAll, v1Message } from "../support/v1.ts";

const CLOCK = { unixTime: () => 1_700_000_000n };
const OURS = versionMessage({ nonce: 1n, userAgent: ascii("/ours/") });
const THEIRS = versionMessage({ nonce: 2n, userAgent: ascii("/theirs/"), timestamp: 1_700_000_030n });
const NEGOTIATION = [otherMessage("wtxidrelay"), otherMessage("sendaddrv2")];

/** A session and its handshake; the initiator's unless told otherwise. */
function newSession(options: Partial<HandshakeOptions> = {}): { session: Session; handshake: Handshake } {
  const handshake = new Handshake({ role: "initiator", version: OURS, ...options });
  return { session: new Session(handshake, new V1Transport(MAINNET), CLOCK), handshake };
}

/** The messages, as a peer on mainnet sends them. */
async function encode(...messages: readonly Message[]): Promise<Uint8Array> {
  const encoded = messages.map((message) => {
    const { messageType, payload } = encodeMessage(message);
    return encodeV1(MAINNET, messageType, payload);
  });
  return concat(...await Promise.all(encoded));
}

/** The code of the error that the parts lead to, `null` without one; and all bytes sent in answer before. */
async function feed(session: Session, ...parts: Uint8Array[]): Promise<{ error: string | null; answer: Uint8Array }> {
  const answers: Uint8Array[] = [];
  try {
    for (const part of parts) answers.push(await session.receive(part));
    return { error: null, answer: concat(...answers) };
  } catch (error) {
    return { error: codeOf(error), answer: concat(...answers) };
  }
}

const typesOf = (bytes: Uint8Array): string[] =>
  receiveAll(new V1Transport(MAINNET), [bytes]).frames.map(({ messageType }) => messageType);

for (const size of [1, 2, 23, 24, 25, 100, 100_000]) {
  Deno.test(`Two sessions shake hands, at most ${size} bytes at a time`, async () => {
    const a = newSession();
    const b = newSession({ role: "responder", version: THEIRS, negotiation: NEGOTIATION });
    let bytes = await a.session.start();
    for (let receiver = b; bytes.length > 0; receiver = receiver === a ? b : a) {
      const { error, answer } = await feed(receiver.session, ...chunks(bytes, size));
      assertEquals(error, null);
      bytes = answer;
    }
    for (const [{ handshake }, version, offset] of [[a, THEIRS, 30], [b, OURS, 0]] as const) {
      assertEquals([handshake.state, handshake.verackReceived, handshake.timeOffset], ["complete", true, offset]);
      assertEquals(handshake.peerVersion, version);
    }
    assertEquals(a.handshake.messageTypes, ["version", "wtxidrelay", "sendaddrv2", "verack"]);
    assertEquals(b.handshake.messageTypes, ["version", "verack"]);
  });
}

Deno.test("start() gives the initiator's version in bytes, and nothing of the responder's", async () => {
  assertEquals(await newSession().session.start(), await encode(OURS));
  assertEquals(await newSession({ role: "responder" }).session.start(), new Uint8Array());
});

Deno.test("A responder answers with version, negotiation messages and verack, one behind the other", async () => {
  const { session } = newSession({ role: "responder", negotiation: NEGOTIATION });
  const answer = await session.receive(await encode(THEIRS));
  assertEquals(answer, await encode(OURS, ...NEGOTIATION, { type: "verack" }));
});

Deno.test("The published version and verack make a handshake, whole, byte by byte and cut anywhere", async () => {
  for (const [name, parts] of splits(concat(WIKI_VERSION_MESSAGE, VERACK_MESSAGE))) {
    const { session, handshake } = newSession();
    const { error, answer } = await feed(session, ...parts);
    assertEquals([error, handshake.state, answer], [null, "complete", VERACK_MESSAGE], name);
    assertEquals(handshake.peerVersion?.protocolVersion, 60002, name);
    assertEquals(handshake.timeOffset, 1_355_854_353 - 1_700_000_000, name);
  }
});

Deno.test("A stream with messages of all kinds gives the same, however it is cut", async () => {
  const stream = concat(
    await encode({ type: "ping", nonce: 1n }, otherMessage("alert"), THEIRS, otherMessage("wtxidrelay")),
    v1Message("xyz", hex("f9beb4d9")), // a wrong checksum, and a magic inside
    v1Message("ping", hex("0202020202020202"), { checksum: 0 }),
    await encode({ type: "ping", nonce: 3n }, { type: "ping", nonce: null }, OURS, { type: "verack" }),
  );
  const answer = await encode({ type: "verack" }, { type: "pong", nonce: 3n });
  const types = ["ping", "alert", "version", "wtxidrelay", "xyz", "ping", "ping", "ping", "version", "verack"];
  for (const [name, parts] of splits(stream)) {
    const { session, handshake } = newSession();
    assertEquals(await feed(session, ...parts), { error: null, answer }, name);
    assertEquals([handshake.state, handshake.messageTypes, handshake.peerVersion], ["complete", types, THEIRS], name);
  }
});

Deno.test("Nothing behind the verack is looked at", async () => {
  for (const behind of [ascii("garbage"), v1Message("block", undefined, { size: 5_000_000 }), VERACK_MESSAGE]) {
    const { session, handshake } = newSession();
    const { error, answer } = await feed(session, concat(await encode(THEIRS), VERACK_MESSAGE, behind));
    assertEquals([error, typesOf(answer), handshake.state], [null, ["verack"], "complete"]);
    assertEquals(handshake.messageTypes, ["version", "verack"]);
  }
});

Deno.test("A version counts even if garbage follows it in the same read", async () => {
  const { session, handshake } = newSession();
  const { error } = await feed(session, concat(await encode(THEIRS), ascii("garbage")));
  assertEquals([error, handshake.phase, handshake.peerVersion], ["malformed_message", "verack", THEIRS]);
});

Deno.test("A version or verack with a wrong checksum is bad_checksum, in its phase", async () => {
  const version = await encode(THEIRS);
  for (const [bytes, phase] of [[version, "version"], [concat(version, VERACK_MESSAGE), "verack"]] as const) {
    const last = phase === "version" ? 0 : version.length;
    for (const offset of [20, 21, 22, 23]) {
      const broken = bytes.slice();
      broken[last + offset] = (broken[last + offset] ?? 0) ^ 0x10;
      const { session, handshake } = newSession();
      const { error } = await feed(session, broken);
      assertEquals([error, handshake.state, handshake.phase], ["bad_checksum", "failed", phase]);
    }
  }
});

Deno.test("A version that cannot be read is malformed_message, for the reason the codec gave", async () => {
  const payload = encodeVersion(THEIRS);
  for (const broken of [new Uint8Array(), payload.slice(0, 45), payload.slice(0, 79), payload.slice(0, 85)]) {
    const { session, handshake } = newSession();
    const receive = async () => session.receive(await encodeV1(MAINNET, "version", broken));
    const error = await assertRejects(receive, HandshakeError, "Cannot read version.");
    assertEquals([error.code, handshake.state, handshake.phase], ["malformed_message", "failed", "version"]);
    assertInstanceOf(error.cause, WireError);
    assertEquals(error.message, error.cause.message);
  }
});

Deno.test("A verack with a payload is accepted, if its checksum is right", async () => {
  const { session, handshake } = newSession();
  const verack = await encodeV1(MAINNET, "verack", hex("deadbeef"));
  assertEquals((await feed(session, await encode(THEIRS), verack)).error, null);
  assertEquals([handshake.state, handshake.verackReceived], ["complete", true]);
  const broken = v1Message("verack", hex("deadbeef"));
  assertEquals((await feed(newSession().session, await encode(THEIRS), broken)).error, "bad_checksum");
});

Deno.test("Messages nobody waits for may be broken: they are ignored", async () => {
  const broken = concat(
    v1Message("ping", hex("01020304050607")), // a wrong checksum
    await encodeV1(MAINNET, "ping", hex("01020304050607")), // a truncated nonce
    await encodeV1(MAINNET, "pong", new Uint8Array()),
    v1Message("inv", hex("00"), { checksum: 0 }),
    v1Message("ping", new Uint8Array(65_537)), // over its limit
    v1Message(hex("766572 00 61636b")), // an invalid message type
  );
  const { session, handshake } = newSession();
  const damagedVerack = v1Message("verack", undefined, { checksum: 0 });
  const damagedVersion = v1Message("version", undefined, { checksum: 0 });
  const stream = concat(broken, damagedVerack, await encode(THEIRS), broken, damagedVersion, VERACK_MESSAGE);
  const { error, answer } = await feed(session, stream);
  assertEquals([error, answer, handshake.state], [null, VERACK_MESSAGE, "complete"]);
});

Deno.test("A peer we refuse gets no verack", async () => {
  for (const role of ["initiator", "responder"] as const) {
    const refused = [["obsolete_version", { protocolVersion: 31799 }], ["self_connection", { nonce: 1n }]] as const;
    for (const [code, fields] of refused) {
      const { session, handshake } = newSession({ role });
      const bytes = concat(await encode(versionMessage(fields)), VERACK_MESSAGE);
      assertEquals(await feed(session, bytes), { error: code, answer: new Uint8Array() });
      assertEquals([handshake.phase, handshake.messageTypes], ["version", ["version"]]);
    }
  }
});

Deno.test("1000 pings get 999 pongs behind a version; one more gets nothing", async () => {
  const pings = (length: number) => Array.from({ length }, (_, i) => ({ type: "ping", nonce: BigInt(i) }) as const);
  const { session, handshake } = newSession();
  const stream = await encode(THEIRS, ...pings(999), { type: "verack" });
  const { error, answer } = await feed(session, stream);
  assertEquals([error, handshake.state, typesOf(answer).length], [null, "complete", 1000]);
  const flooded = newSession();
  assertEquals(await feed(flooded.session, await encode(THEIRS, ...pings(1000), { type: "verack" })), {
    error: "message_flood",
    answer: new Uint8Array(),
  });
  assertEquals([flooded.handshake.state, flooded.handshake.phase], ["failed", "verack"]);
});

Deno.test("What is no stream of messages is the transport's error", async () => {
  const cases: readonly (readonly [bytes: Uint8Array, code: string])[] = [
    [ascii("HTTP/1.1 400 Bad Request"), "not_bitcoin"],
    [hex("0b110907"), "wrong_network"],
    [v1Message("version", undefined, { size: 4097 }), "malformed_message"],
    [v1Message("inv", undefined, { size: 4_000_001 }), "oversized_message"],
  ];
  for (const [bytes, code] of cases) {
    const { session, handshake } = newSession();
    const error = await assertRejects(() => session.receive(bytes), TransportError);
    assertEquals([error.code, handshake.phase], [code, "version"]);
  }
});

Deno.test("Part of a message is answered with nothing, and nothing with nothing", async () => {
  const { session } = newSession();
  assertEquals(await session.receive(new Uint8Array()), new Uint8Array());
  assertEquals(await session.receive(WIKI_VERSION_MESSAGE.subarray(0, 123)), new Uint8Array());
  assertEquals(await session.receive(WIKI_VERSION_MESSAGE.subarray(123)), VERACK_MESSAGE);
});

Deno.test("A fault that is not the peer's passes through as it is", async () => {
  // Reading a payload whose buffer has been given away is a TypeError.
  const payload = new Uint8Array(8);
  payload.buffer.transfer();
  const transport: Transport = {
    sessionId: null,
    receive: () => {},
    takeFrame: () => ({ messageType: "pong", size: 8, payload, checksum: null }),
    isIntact: () => Promise.resolve(true),
    send: () => {},
    takeOutput: () => new Uint8Array(),
    [Symbol.dispose]: () => {},
  };
  const handshake = new Handshake({ role: "initiator", version: OURS });
  await assertRejects(() => new Session(handshake, transport, CLOCK).receive(new Uint8Array()), TypeError);
  assertEquals(handshake.messageTypes, []);
});
