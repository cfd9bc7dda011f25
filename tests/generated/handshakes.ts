/** Properties of the handshake's state machine, against an independent model. */

import { assertEquals, assertStrictEquals } from "@std/assert";
import { HandshakeError, type HandshakeErrorCode } from "../../src/handshake/errors.ts";
import { Handshake, type HandshakeProgress } from "../../src/handshake/handshake.ts";
import { NEGOTIATION_MESSAGE_TYPES, type OtherMessage } from "../../src/wire/messages.ts";
import type { Random } from "../support/random.ts";
import { resultOf } from "./expect.ts";
import { type Course, courseOf, type Ours, type Received } from "./model.ts";
import type { Properties } from "./property.ts";
import { versionMessage } from "./values.ts";

const NAMES = [...NEGOTIATION_MESSAGE_TYPES, "inv", "alert", "reject", "xyz", "", "\\x00"];

const otherMessage = (random: Random): OtherMessage => ({
  type: "other",
  messageType: random.pick(NAMES),
  payload: null,
});

/** Either role, with any version to send. */
export function anyOurs(random: Random): Ours {
  return {
    role: random.pick(["initiator", "responder"]),
    version: { ...versionMessage(random, 4), nonce: random.uint64() },
    negotiation: random.list(
      0,
      3,
      () => ({ type: "other", messageType: random.pick(NEGOTIATION_MESSAGE_TYPES), payload: null }),
    ),
  };
}

/** A version from the peer: mostly a good one, sometimes an old one or our own. */
export function theirVersion(random: Random, ours: Ours) {
  const version = versionMessage(random);
  const protocolVersion = random.chance(0.8) ? 70016 : random.pick([31_799, 31_800, version.protocolVersion]);
  const nonce = random.chance(0.1) && version.nonce !== null ? ours.version.nonce : version.nonce;
  return { ...version, protocolVersion, nonce };
}

function anyReceived(random: Random, ours: Ours): Received {
  const code = random.pick<HandshakeErrorCode>(["bad_checksum", "malformed_message"]);
  return random.pick<() => Received>([
    () => theirVersion(random, ours),
    () => ({ type: "verack" }),
    () => ({ type: "ping", nonce: random.chance(0.2) ? null : random.uint64() }),
    () => ({ type: "pong", nonce: random.uint64() }),
    () => otherMessage(random),
    () => {
      const messageType = random.pick(["ping", "pong", ...random.some(["version", "verack"])]);
      return { type: "damaged", messageType, error: new HandshakeError(code, `Expected better of ${messageType}`) };
    },
  ])();
}

/** Feeds a handshake up to the end that the model predicts, and asserts that it follows, step by step. */
function follow(received: readonly Received[], ours: Ours, course: Course): Handshake {
  const handshake = new Handshake(ours);
  assertEquals(handshake.start(), ours.role === "initiator" ? [ours.version] : []);
  for (const [i, message] of received.slice(0, course.end + 1).entries()) {
    const answers = resultOf(() => handshake.receive(message, 1_700_000_000n), HandshakeError);
    const code = answers instanceof HandshakeError ? answers.code : null;
    assertEquals(code, i === course.end ? course.error : null, `message ${i}`);
    if (!(answers instanceof HandshakeError)) assertEquals(answers, course.answers[i], `message ${i}`);
  }
  return handshake;
}

/** Asserts that a handshake is where the model says. */
export function checkCourse(handshake: HandshakeProgress, course: Course, now: bigint): void {
  const { state, phase, verackReceived, peerVersion, timeOffset, messageTypes } = handshake;
  const { verack, types } = course;
  assertEquals([state, phase, verackReceived], [course.state, course.phase, verack]);
  assertEquals(messageTypes, types);
  assertEquals(peerVersion, course.peerVersion);
  const time = course.peerVersion?.timestamp;
  assertEquals(timeOffset, time === undefined ? null : Number((time < 0n ? 0n : time) - now));
}

/** Asserts that nothing after the end changes it; a ping after a verack is answered. */
function checkEnd(handshake: Handshake, course: Course, random: Random, ours: Ours): void {
  const before = resultOf(() => handshake.receive({ type: "ping", nonce: 7n }, 0n), HandshakeError);
  if (!(before instanceof HandshakeError)) assertEquals(before, [{ type: "pong", nonce: 7n }]);
  for (const message of random.list(1, 4, () => anyReceived(random, ours))) {
    const after = resultOf(() => handshake.receive(message, 0n), HandshakeError);
    if (before instanceof HandshakeError) assertStrictEquals(after, before);
    else if (message.type !== "ping") assertEquals(after, []);
  }
  const closed = resultOf(() => handshake.close(), HandshakeError);
  assertStrictEquals(closed, before instanceof HandshakeError ? before : undefined);
  checkCourse(handshake, course, 1_700_000_000n);
}

/** Whether it is a reject with a right checksum, readable or not. */
function isReject(message: Received): boolean {
  const type = "messageType" in message ? message.messageType : message.type;
  return type === "reject" && !(message.type === "damaged" && message.error.code === "bad_checksum");
}

/** The properties, by name. */
export const HANDSHAKE_PROPERTIES: Properties = {
  "handshake-model": {
    says: "Any messages in any order lead to the states, answers and errors that the model foretells, which then last",
    weight: 40,
    check(random) {
      const ours = anyOurs(random);
      const received = random.list(0, random.pick([4, 12, 40]), () => anyReceived(random, ours));
      const course = courseOf(received, ours);
      const handshake = follow(received, ours, course);
      checkCourse(handshake, course, 1_700_000_000n);
      if (course.end < received.length) checkEnd(handshake, course, random, ours);
    },
  },
  "handshake-close": {
    says:
      "A peer that closes has completed the handshake if its version was accepted and no reject came, and else failed it",
    weight: 20,
    check(random) {
      const ours = anyOurs(random);
      const received = random.list(0, 5, () => anyReceived(random, ours));
      const course = courseOf(received, ours);
      const handshake = follow(received, ours, course);
      const error = resultOf(() => handshake.close(), HandshakeError);
      const without = received.some(isReject) ? "rejected" : course.phase === "verack" ? null : "connection_closed";
      const code = course.error ?? (course.verack ? null : without);
      assertEquals(error instanceof HandshakeError ? error.code : null, code);
      checkCourse(handshake, { ...course, state: code === null ? "complete" : "failed" }, 1_700_000_000n);
    },
  },
  "handshake-flood": {
    says: "A peer has 1,000 messages before its verack, and one more is a flood, whatever they are",
    weight: 0.3,
    check(random) {
      const ours = anyOurs(random);
      const filler = random.list(998, 1002, () => otherMessage(random));
      const some = random.list(0, 3, () => anyReceived(random, ours));
      const received = random.chance(0.5) ? [...some, ...filler] : [...filler, ...some];
      if (random.chance(0.7)) received.unshift({ ...theirVersion(random, ours), protocolVersion: 70016 });
      received.push({ type: "verack" });
      const course = courseOf(received, ours);
      checkCourse(follow(received, ours, course), course, 1_700_000_000n);
    },
  },
};
