import { assertEquals, assertInstanceOf, assertRejects, assertThrows } from "@std/assert";
import { HandshakeError } from "../../src/handshake/errors.ts";
import { MAX_HANDSHAKE_BYTES, type Session, type SessionOptions } from "../../src/session/session.ts";
import { TransportError } from "../../src/transport/errors.ts";
import type { Transport } from "../../src/transport/transport.ts";
import { V1Transport } from "../../src/transport/v1.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { WireError } from "../../src/wire/errors.ts";
import type { Message } from "../../src/wire/messages.ts";
import { encodeVersion } from "../../src/wire/version.ts";
import { ascii, chunks, concat, hex, splits } from "../support/bytes.ts";
import { codeOf } from "../support/errors.ts";
import { otherMessage, versionMessage } from "../support/messages.ts";
import { VERACK_MESSAGE, WIKI_VERSION_MESSAGE } from "../support/published.ts";
import { frame } from "../support/raw.ts";
import { answerTo, eventsOf, greeting, newSession } from "../support/session.ts";
import { stream } from "../support/stream.ts";
import { as } from "../support/untyped.ts";
import { receiveAll, v1Message } from "../support/v1.ts";

const OURS = versionMessage({ nonce: 1n, userAgent: ascii("/ours/") });
const THEIRS = versionMessage({ nonce: 2n, userAgent: ascii("/theirs/"), timestamp: 1_700_000_030n });
const NEGOTIATION = [otherMessage("wtxidrelay"), otherMessage("sendaddrv2")];

/** A session, by default the initiator's, that has sent its first messages. */
async function ourSession(options: Partial<SessionOptions> = {}): Promise<Session> {
  const session = newSession({ role: "initiator", version: OURS, ...options });
  await greeting(session);
  return session;
}

/** The messages, as a peer on mainnet sends them. */
const encode = (...messages: readonly Message[]): Promise<Uint8Array> => stream(messages);

/** The code of the error that the parts lead to, `null` without one; and all bytes sent in answer before. */
async function feed(session: Session, ...parts: Uint8Array[]): Promise<{ error: string | null; answer: Uint8Array }> {
  const answers: Uint8Array[] = [];
  try {
    for (const part of parts) answers.push(await answerTo(session, part));
    return { error: null, answer: concat(...answers) };
  } catch (error) {
    return { error: codeOf(error), answer: concat(...answers) };
  }
}

const typesOf = (bytes: Uint8Array): string[] =>
  receiveAll(new V1Transport(MAINNET), [bytes]).frames.map(({ messageType }) => messageType);

for (const size of [1, 2, 23, 24, 25, 100, 100_000]) {
  Deno.test(`Two sessions shake hands, at most ${size} bytes at a time`, async () => {
    const a = newSession({ role: "initiator", version: OURS });
    const b = newSession({ role: "responder", version: THEIRS, negotiation: NEGOTIATION });
    let bytes: Uint8Array = await greeting(a);
    for (let receiver = b; bytes.length > 0; receiver = receiver === a ? b : a) {
      const { error, answer } = await feed(receiver, ...chunks(bytes, size));
      assertEquals(error, null);
      bytes = answer;
    }
    for (const [{ handshake }, version, offset] of [[a, THEIRS, 30], [b, OURS, 0]] as const) {
      const { state, verackReceived, timeOffset, peerVersion } = handshake;
      assertEquals([state, verackReceived, timeOffset, peerVersion], ["complete", true, offset, version]);
    }
    assertEquals(a.handshake.messageTypes, ["version", "wtxidrelay", "sendaddrv2", "verack"]);
    assertEquals(b.handshake.messageTypes, ["version", "verack"]);
  });
}

Deno.test("An initiator begins with its version, and a responder with nothing", async () => {
  assertEquals(await greeting(newSession({ role: "initiator", version: OURS })), await encode(OURS));
  assertEquals(await greeting(newSession({ role: "responder", version: OURS })), new Uint8Array());
});

Deno.test("A responder answers with version, negotiation messages and verack, in this order", async () => {
  const session = await ourSession({ role: "responder", negotiation: NEGOTIATION });
  const answer = await answerTo(session, await encode(THEIRS));
  assertEquals(answer, await encode(OURS, ...NEGOTIATION, { type: "verack" }));
});

Deno.test("The published version and verack make a handshake, whole, byte by byte and split anywhere", async () => {
  for (const [name, parts] of splits(concat(WIKI_VERSION_MESSAGE, VERACK_MESSAGE))) {
    const session = await ourSession();
    const { error, answer } = await feed(session, ...parts);
    assertEquals([error, session.handshake.state, answer], [null, "complete", VERACK_MESSAGE], name);
    assertEquals(session.handshake.peerVersion?.protocolVersion, 60002, name);
    assertEquals(session.handshake.timeOffset, 1_355_854_353 - 1_700_000_000, name);
  }
});

Deno.test("A stream with messages of all kinds gives the same, however it is split", async () => {
  const stream = concat(
    await encode({ type: "ping", nonce: 1n }, otherMessage("alert"), THEIRS, otherMessage("wtxidrelay")),
    v1Message("xyz", hex("f9beb4d9")), // a wrong checksum, and a magic inside
    v1Message("ping", hex("0202020202020202"), { checksum: 0 }),
    await encode({ type: "ping", nonce: 3n }, { type: "ping", nonce: null }, OURS, { type: "verack" }),
  );
  const answer = await encode({ type: "verack" }, { type: "pong", nonce: 3n });
  const types = ["ping", "alert", "version", "wtxidrelay", "xyz", "ping", "ping", "ping", "version", "verack"];
  for (const [name, parts] of splits(stream)) {
    const session = await ourSession();
    assertEquals(await feed(session, ...parts), { error: null, answer }, name);
    assertEquals([session.handshake.state, session.handshake.messageTypes, session.handshake.peerVersion], [
      "complete",
      types,
      THEIRS,
    ], name);
  }
});

Deno.test("Nothing after the verack is read unless it is asked for", async () => {
  for (const behind of [ascii("garbage"), v1Message("block", undefined, { size: 5_000_000 }), VERACK_MESSAGE]) {
    const session = await ourSession();
    const { error, answer } = await feed(session, concat(await encode(THEIRS), VERACK_MESSAGE, behind));
    assertEquals([error, typesOf(answer), session.handshake.state], [null, ["verack"], "complete"]);
    assertEquals(session.handshake.messageTypes, ["version", "verack"]);
  }
});

Deno.test("A version counts even if garbage follows it in the same read", async () => {
  const session = await ourSession();
  const { error } = await feed(session, concat(await encode(THEIRS), ascii("garbage")));
  assertEquals([error, session.handshake.phase, session.handshake.peerVersion], [
    "malformed_message",
    "verack",
    THEIRS,
  ]);
});

Deno.test("A version or verack with a wrong checksum is bad_checksum, in its phase", async () => {
  const version = await encode(THEIRS);
  for (const [bytes, phase] of [[version, "version"], [concat(version, VERACK_MESSAGE), "verack"]] as const) {
    const last = phase === "version" ? 0 : version.length;
    for (const offset of [20, 21, 22, 23]) {
      const broken = bytes.slice();
      broken[last + offset] = (broken[last + offset] ?? 0) ^ 0x10;
      const session = await ourSession();
      const { error } = await feed(session, broken);
      assertEquals([error, session.handshake.state, session.handshake.phase], ["bad_checksum", "failed", phase]);
    }
  }
});

Deno.test("A version that cannot be decoded is malformed_message, for the reason the codec gave", async () => {
  const payload = encodeVersion(THEIRS);
  for (const broken of [new Uint8Array(), payload.slice(0, 45), payload.slice(0, 79), payload.slice(0, 85)]) {
    const session = await ourSession();
    const receive = async () => answerTo(session, await frame("version", broken));
    const error = await assertRejects(receive, HandshakeError, "Cannot read version.");
    assertEquals([error.code, session.handshake.state, session.handshake.phase], [
      "malformed_message",
      "failed",
      "version",
    ]);
    assertInstanceOf(error.cause, WireError);
    assertEquals(error.message, error.cause.message);
  }
});

Deno.test("A verack with a payload is accepted, if its checksum is right", async () => {
  const session = await ourSession();
  const verack = await frame("verack", hex("deadbeef"));
  assertEquals((await feed(session, await encode(THEIRS), verack)).error, null);
  assertEquals([session.handshake.state, session.handshake.verackReceived], ["complete", true]);
  const broken = v1Message("verack", hex("deadbeef"));
  assertEquals((await feed(await ourSession(), await encode(THEIRS), broken)).error, "bad_checksum");
});

Deno.test("Messages that are not expected may be broken: they are ignored", async () => {
  const broken = concat(
    v1Message("ping", hex("01020304050607")), // a wrong checksum
    await frame("ping", hex("01020304050607")), // a truncated nonce
    await frame("pong", new Uint8Array()),
    v1Message("inv", hex("00"), { checksum: 0 }),
    v1Message("ping", new Uint8Array(65_537)), // over its limit
    v1Message(hex("766572 00 61636b")), // an invalid message type
  );
  const session = await ourSession();
  const damagedVerack = v1Message("verack", undefined, { checksum: 0 });
  const damagedVersion = v1Message("version", undefined, { checksum: 0 });
  const stream = concat(broken, damagedVerack, await encode(THEIRS), broken, damagedVersion, VERACK_MESSAGE);
  const { error, answer } = await feed(session, stream);
  assertEquals([error, answer, session.handshake.state], [null, VERACK_MESSAGE, "complete"]);
});

Deno.test("A peer we refuse gets no verack", async () => {
  for (const role of ["initiator", "responder"] as const) {
    const refused = [["obsolete_version", { protocolVersion: 31799 }], ["self_connection", { nonce: 1n }]] as const;
    for (const [code, fields] of refused) {
      const session = await ourSession({ role });
      const bytes = concat(await encode(versionMessage(fields)), VERACK_MESSAGE);
      assertEquals(await feed(session, bytes), { error: code, answer: new Uint8Array() });
      assertEquals([session.handshake.phase, session.handshake.messageTypes], ["version", ["version"]]);
    }
  }
});

Deno.test("1000 pings get 999 pongs after a version; one more gets nothing", async () => {
  const pings = (length: number) => Array.from({ length }, (_, i) => ({ type: "ping", nonce: BigInt(i) }) as const);
  const session = await ourSession();
  const stream = await encode(THEIRS, ...pings(999), { type: "verack" });
  const { error, answer } = await feed(session, stream);
  assertEquals([error, session.handshake.state, typesOf(answer).length], [null, "complete", 1000]);
  const flooded = await ourSession();
  assertEquals(await feed(flooded, await encode(THEIRS, ...pings(1000), { type: "verack" })), {
    error: "message_flood",
    answer: new Uint8Array(),
  });
  assertEquals([flooded.handshake.state, flooded.handshake.phase], ["failed", "verack"]);
});

Deno.test("A stream that is not one of messages is the transport's error", async () => {
  const cases: readonly (readonly [bytes: Uint8Array, code: string])[] = [
    [ascii("HTTP/1.1 400 Bad Request"), "not_bitcoin"],
    [hex("0b110907"), "wrong_network"],
    [v1Message("version", undefined, { size: 4097 }), "malformed_message"],
    [v1Message("inv", undefined, { size: 4_000_001 }), "oversized_message"],
  ];
  for (const [bytes, code] of cases) {
    const session = await ourSession();
    const error = await assertRejects(() => answerTo(session, bytes), TransportError);
    assertEquals([error.code, session.handshake.phase], [code, "version"]);
  }
});

Deno.test("Part of a message is answered with nothing, and nothing with nothing", async () => {
  const session = await ourSession();
  assertEquals(await answerTo(session, new Uint8Array()), new Uint8Array());
  assertEquals(await answerTo(session, WIKI_VERSION_MESSAGE.subarray(0, 123)), new Uint8Array());
  assertEquals(await answerTo(session, WIKI_VERSION_MESSAGE.subarray(123)), VERACK_MESSAGE);
});

Deno.test("An error that is not the peer's passes through unchanged", async () => {
  // Reading a payload whose buffer has been given away is a TypeError.
  const payload = new Uint8Array(8);
  payload.buffer.transfer();
  const transport: Transport = {
    type: "v2",
    sessionId: null,
    receive: () => {},
    takeFrame: () => ({ messageType: "pong", size: 8, payload, checksum: null }),
    send: () => {},
    takeOutput: () => new Uint8Array(),
    [Symbol.dispose]: () => {},
  };
  const session = newSession({ role: "responder", version: OURS, transport });
  await assertRejects(() => answerTo(session, new Uint8Array()), TypeError);
  assertEquals(session.handshake.messageTypes, []);
});

Deno.test("16 MiB are received before the verack; one byte more is a flood, whole or in parts", async () => {
  const block = v1Message("block", new Uint8Array(4_000_000));
  const four = concat(await encode(THEIRS), block, block, block, block);
  const rest = new Uint8Array(MAX_HANDSHAKE_BYTES - four.length - 24);
  const bytes = concat(four, v1Message("inv", rest), VERACK_MESSAGE);
  assertEquals(MAX_HANDSHAKE_BYTES, 16_777_216);
  for (const size of [bytes.length, 4_000_000, 65_536]) {
    for (const [extra, expected] of [[0, null], [1, "message_flood"], [24, "message_flood"]] as const) {
      const session = await ourSession();
      const { error } = await feed(session, ...chunks(bytes.subarray(0, MAX_HANDSHAKE_BYTES + extra), size));
      assertEquals([error, session.handshake.messageTypes.at(-1)], [expected, "inv"], `${extra}, by ${size}`);
    }
  }
});

Deno.test("Anything after a flood is a flood again, however short", async () => {
  const session = await ourSession({ maxBytes: 1000 });
  const inv = v1Message("inv", new Uint8Array(1000 - 24));
  assertEquals((await feed(session, concat(inv, hex("00")))).error, "message_flood");
  for (const size of [1, 24, 2000]) assertEquals((await feed(session, new Uint8Array(size))).error, "message_flood");
});

Deno.test("A verack that ends at the limit completes the handshake, after which there is no limit", async () => {
  const start = concat(await encode(THEIRS), VERACK_MESSAGE);
  const behind = concat(v1Message("inv", new Uint8Array(5000)), VERACK_MESSAGE);
  for (const cut of [0, 1, 24, 5000]) {
    const session = await ourSession({ maxBytes: start.length });
    assertEquals((await feed(session, concat(start, behind.subarray(0, cut)))).error, null);
    assertEquals(session.handshake.state, "complete");
    const names = [];
    for (const bytes of [new Uint8Array(), behind.subarray(cut)]) {
      for (const event of await eventsOf(session)) if (event.type === "message") names.push(event.messageType);
      session.receive(bytes, 0n);
    }
    for (const event of await eventsOf(session)) if (event.type === "message") names.push(event.messageType);
    assertEquals(names, ["inv", "verack"], `cut at ${cut}`);
  }
});

Deno.test("Session asks for no checksum of an empty payload", () => {
  const session = newSession({ role: "responder", version: OURS });
  session.receive(VERACK_MESSAGE, 0n);
  assertEquals([session.poll()?.type, session.poll()?.type, session.poll()], ["negotiated", "message", null]);
});

Deno.test("Session says once that the peer has closed, however often it is told", async () => {
  const session = await ourSession();
  await answerTo(session, concat(await encode(THEIRS), VERACK_MESSAGE));
  session.close();
  assertEquals([session.poll(), session.poll()], [{ type: "closed" }, null]);
  session.close();
  assertEquals([session.poll(), session.handshake.state], [null, "complete"]);
});

Deno.test("Session refuses invalid options", () => {
  const start = (options: unknown) => newSession({ role: "initiator", version: OURS, ...as<object>(options) });
  assertThrows(
    () => start({ transport: "v1" }),
    TypeError,
    "Invalid transport: expected a transport, as V1Transport is",
  );
  assertThrows(() => start({ transport: {} }), TypeError, "Invalid transport.receive: expected a function");
  assertThrows(() => start({ maxBytes: NaN }), RangeError, "Invalid maxBytes: expected an integer from 0");
  assertThrows(() => start({ role: "server" }), RangeError, "Invalid role: expected one of initiator, responder");
});
