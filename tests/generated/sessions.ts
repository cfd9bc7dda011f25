/** Properties of a session: the whole path from a peer's bytes to the state of the handshake and our answers. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { checksum } from "../../src/crypto/checksum.ts";
import { HandshakeError } from "../../src/handshake/errors.ts";
import type { Session } from "../../src/session/session.ts";
import { V1Transport } from "../../src/transport/v1.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { encodeMessage } from "../../src/wire/messages.ts";
import { encodeVersion } from "../../src/wire/version.ts";
import { chunks, concat } from "../support/bytes.ts";
import { codeOf } from "../support/errors.ts";
import type { Random } from "../support/random.ts";
import { stream } from "../support/stream.ts";
import { answerTo, greeting, newSession } from "../support/session.ts";
import { isIntact, receiveAll, v1Message } from "../support/v1.ts";
import { assertBytes, assertStartsWith, withBitFlipped } from "./expect.ts";
import { anyOurs, checkCourse, theirVersion } from "./handshakes.ts";
import { courseOf, type Ours, type Received } from "./model.ts";
import type { Properties } from "./property.ts";
import { anyStreamEnd, type StreamEnd } from "./streams.ts";
import { versionMessage } from "./values.ts";

const NOW = 1_700_000_000n;

/** A message as bytes, and as the state machine must get it. */
interface Sent {
  readonly bytes: Uint8Array;
  readonly received: Received;
}

/** How a session ended. */
interface Result {
  readonly handshake: Session["handshake"];
  readonly error: string | null;
  readonly answer: Uint8Array;
}

/** Feeds a new session in these parts, as the pump of a socket does. */
async function run(ours: Ours, parts: Iterable<Uint8Array>): Promise<Result> {
  const session = newSession(ours);
  const { handshake } = session;
  await greeting(session);
  const answers: Uint8Array[] = [];
  let error: string | null = null;
  try {
    for (const part of parts) {
      if (handshake.state === "complete") break;
      answers.push(await answerTo(session, part, NOW));
    }
  } catch (cause) {
    error = codeOf(cause);
  }
  return { handshake, error, answer: concat(...answers) };
}

/** A message with a right checksum, or a wrong one unless `intact`. */
async function sent(
  messageType: string,
  payload: Uint8Array<ArrayBuffer>,
  received: Received,
  intact = true,
): Promise<Sent> {
  const right = await checksum(payload);
  const bytes = v1Message(messageType, payload, { checksum: intact ? right : (right ^ 0x0100_0000) >>> 0 });
  return { bytes, received };
}

const damaged = (messageType: string, code: "bad_checksum" | "malformed_message"): Received => ({
  type: "damaged",
  messageType,
  error: new HandshakeError(code, "Expected no damage"),
});

/** Any message of a peer, sometimes damaged. */
function anySent(random: Random, ours: Ours): Promise<Sent> {
  const nonce = random.uint64();
  const tail = random.bytes(random.below(9));
  return random.pick<() => Promise<Sent>>([
    () => {
      const version = theirVersion(random, ours);
      const behind = version.relay === null ? new Uint8Array() : tail;
      return sent("version", concat(encodeVersion(version), behind), version);
    },
    () => sent("verack", new Uint8Array(), { type: "verack" }),
    () => sent("verack", tail, { type: "verack" }),
    // Too long to be kept, so that its checksum is not verified.
    () => sent("verack", new Uint8Array(4097), { type: "verack" }, random.chance(0.5)),
    () => sent("ping", new Uint8Array(4097), { type: "other", messageType: "ping", payload: null }, random.chance(0.5)),
    () => {
      const { messageType, payload } = encodeMessage({ type: "ping", nonce });
      return sent(messageType, concat(payload, tail), { type: "ping", nonce });
    },
    () => sent("ping", new Uint8Array(), { type: "ping", nonce: null }),
    () => {
      const messageType = random.pick(["wtxidrelay", "sendcmpct", "inv", "x"]);
      return sent(messageType, random.bytes(random.below(40)), { type: "other", messageType, payload: null }, false);
    },
    () => {
      const messageType = random.pick(["ping", "pong", ...random.some(["version", "verack"])]);
      return sent(messageType, random.bytes(random.below(90)), damaged(messageType, "bad_checksum"), false);
    },
    () => {
      const messageType = random.pick(["ping", "pong", ...random.some(["version"])]);
      return sent(messageType, random.bytes(random.integer(1, 7)), damaged(messageType, "malformed_message"));
    },
  ])();
}

/** The bytes of all answers that the model predicts. */
function answersOf(messages: readonly Sent[], ours: Ours): Promise<Uint8Array> {
  return stream(courseOf(messages.map(({ received }) => received), ours).answers.flat());
}

/** A stream split into these parts ends as the model says or, unless the handshake is over, as the stream does. */
async function checkSession(ours: Ours, messages: readonly Sent[], end: StreamEnd, parts: readonly Uint8Array[]) {
  const course = courseOf(messages.map(({ received }) => received), ours);
  const over = course.end < messages.length;
  const { handshake, error, answer } = await run(ours, parts);
  assertEquals(error, over ? course.error : end.error);
  checkCourse(handshake, course, NOW);
  const expected = await answersOf(messages, ours);
  // Messages before an error in the same read are no longer answered.
  if (error === null || parts.every(({ length }) => length === 1)) assertBytes(answer, expected);
  else assertStartsWith(expected, answer);
}

/** The properties, by name. */
export const SESSION_PROPERTIES: Properties = {
  "session-stream": {
    says: "A stream of messages, good and bad, leads a session where the model says, however it is cut",
    weight: 12,
    async check(random) {
      const ours = anyOurs(random);
      const messages = await Promise.all(random.list(0, 8, () => anySent(random, ours)));
      const end = anyStreamEnd(random, messages.length);
      const bytes = concat(...messages.map(({ bytes }) => bytes), end.bytes);
      const single = chunks(bytes, bytes.length < 2000 ? 1 : 100);
      for (const parts of [[bytes], random.pieces(bytes), single]) await checkSession(ours, messages, end, parts);
    },
  },
  "session-garbage": {
    says: "Any bytes lead a session to a TransportError, a HandshakeError or none, the same however they are cut",
    weight: 10,
    async check(random) {
      const ours = anyOurs(random);
      const good = concat(
        ...(await Promise.all(random.list(0, 4, () => anySent(random, ours)))).map(({ bytes }) => bytes),
      );
      const bytes = random.chance(0.3) ? random.bytes(random.below(200)) : random.damaged(good);
      const single = await run(ours, chunks(bytes, 1));
      for (const parts of [[bytes], random.pieces(bytes)]) {
        const { handshake, error, answer } = await run(ours, parts);
        const { state, phase, messageTypes, peerVersion } = single.handshake;
        assertEquals([error, handshake.state, handshake.phase], [single.error, state, phase]);
        assertEquals(handshake.messageTypes, messageTypes);
        assertEquals(handshake.peerVersion, peerVersion);
        if (error === null) assertBytes(answer, single.answer);
        else assertStartsWith(single.answer, answer);
      }
    },
  },
  "session-bits": {
    says: "A version with one bit flipped is never taken for a good one, and leads to no other error than a peer's",
    weight: 10,
    async check(random) {
      const { version, ...rest } = anyOurs(random);
      const ours = { ...rest, version: { ...version, nonce: 2n ** 64n - 2n } };
      const theirs = { ...versionMessage(random), protocolVersion: 70016 };
      const bytes = await stream([theirs, { type: "verack" }]);
      const bit = random.below(8 * bytes.length);
      const { handshake, error } = await run(ours, random.pieces(withBitFlipped(bytes, bit)));
      const size = bytes.length - 24;
      const [message, byte] = bit >> 3 < size ? ["version", bit >> 3] as const : ["verack", (bit >> 3) - size] as const;
      if (message === "version") assertEquals(handshake.peerVersion, null);
      if (byte >= 20) assertEquals([error, handshake.phase], ["bad_checksum", message]);
      assert(handshake.state !== "complete", `the flipped bit ${bit} went unseen`);
    },
  },
  "session-flood": {
    says: "A session takes as many bytes as it may until its handshake is over, and no more, in reads of any size",
    weight: 4,
    async check(random) {
      const maxBytes = random.integer(1000, 20_000);
      const inner = random.below(maxBytes - 48);
      const session = newSession({ ...anyOurs(random), maxBytes });
      const messages = [v1Message("block", new Uint8Array(inner)), v1Message("inv", new Uint8Array(maxBytes))];
      const stream = concat(...messages);
      for (const part of random.pieces(stream.subarray(0, maxBytes))) await answerTo(session, part);
      assertEquals(session.handshake.messageTypes, ["block"]);
      const beyond = stream.subarray(maxBytes, maxBytes + random.integer(1, 24));
      const flood = await assertRejects(() => answerTo(session, beyond), HandshakeError);
      assertEquals(flood.code, "message_flood");
    },
  },
  "session-pair": {
    says: "Two sessions shake hands over any cuts, each learning what the other said, whatever else is negotiated",
    weight: 6,
    async check(random) {
      const [a, b] = [{ ...anyOurs(random), role: "initiator" }, { ...anyOurs(random), role: "responder" }] as const;
      const versions = [a, b].map(({ version }, i) => ({
        ...version,
        protocolVersion: random.integer(31_800, 80_000),
        nonce: BigInt(i),
      }));
      const ends = [a, b].map((ours, i) => {
        return newSession({ ...ours, version: versions[i] ?? ours.version });
      });
      let [bytes] = await Promise.all(ends.map(greeting));
      for (let turn = 1; bytes !== undefined && bytes.length > 0; turn++) {
        const answers: Uint8Array[] = [];
        const session = ends[turn % 2];
        assert(session);
        for (const part of random.pieces(bytes)) answers.push(await answerTo(session, part, NOW));
        bytes = concat(...answers);
      }
      const [first, second] = ends.map(({ handshake }) => handshake);
      assertEquals([first?.state, second?.state], ["complete", "complete"]);
      assertEquals([first?.peerVersion, second?.peerVersion], [versions[1], versions[0]]);
      assertEquals(first?.messageTypes, ["version", ...b.negotiation.map(({ messageType }) => messageType), "verack"]);
    },
  },
  "session-answer": {
    says: "What a session sends in answer is a stream of whole messages",
    weight: 6,
    async check(random) {
      const ours = anyOurs(random);
      const messages = await Promise.all(random.list(1, 6, () => anySent(random, ours)));
      const { answer } = await run(ours, random.pieces(concat(...messages.map(({ bytes }) => bytes))));
      const transport = new V1Transport(MAINNET);
      const { frames, error } = receiveAll(transport, [answer]);
      assertEquals(error, null);
      for (const frame of frames) assert(await isIntact(frame));
      assertEquals(frames.reduce((length, { size }) => length + 24 + size, 0), answer.length);
      const known = new Set(["version", "verack", "pong", ...ours.negotiation.map(({ messageType }) => messageType)]);
      for (const { messageType } of frames) assert(known.has(messageType), messageType);
    },
  },
};
