import { assertEquals, assertStrictEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { HandshakeError } from "../../src/handshake/errors.ts";
import {
  type DamagedMessage,
  Handshake,
  type HandshakeRole,
  type HandshakeState,
  MAX_HANDSHAKE_MESSAGES,
  MAX_REMEMBERED_MESSAGES,
} from "../../src/handshake/handshake.ts";
import { type Message, NEGOTIATION_MESSAGE_TYPES, type OtherMessage } from "../../src/wire/messages.ts";
import type { VersionMessage } from "../../src/wire/version.ts";
import { ascii } from "../support/bytes.ts";
import { codeOf } from "../support/errors.ts";
import { otherMessage, rejectMessage, versionMessage } from "../support/messages.ts";
import { as } from "../support/untyped.ts";

const NOW = 1_700_000_000n;
const ROLES: readonly HandshakeRole[] = ["initiator", "responder"];
const OURS = versionMessage({ nonce: 1n });
const THEIRS = versionMessage({ nonce: 2n });
const VERACK: Message = { type: "verack" };
const PONG: Message = { type: "pong", nonce: 7n };
const NEGOTIATION: readonly OtherMessage[] = [otherMessage("wtxidrelay"), otherMessage("sendaddrv2")];

/** What each role answers a version with. */
const GREETING: Readonly<Record<HandshakeRole, readonly Message[]>> = {
  initiator: [...NEGOTIATION, VERACK],
  responder: [OURS, ...NEGOTIATION, VERACK],
};

const damaged = (messageType: string): DamagedMessage => ({
  type: "damaged",
  messageType,
  error: new HandshakeError("bad_checksum", `${messageType} is damaged`),
});

/** A handshake of that role that has received these messages. */
function handshakeAfter(role: HandshakeRole, ...messages: readonly (Message | DamagedMessage)[]): Handshake {
  const handshake = new Handshake({ role, version: OURS, negotiation: NEGOTIATION });
  for (const message of messages) handshake.receive(message, NOW);
  return handshake;
}

/** The code of the error that `act` throws, and where the handshake stands then. */
function failure(handshake: Handshake, act: () => unknown): unknown[] {
  return [assertThrows(act, HandshakeError).code, handshake.state, handshake.phase];
}

/** What a message does: answers, or an error, and the state that follows. */
function step(handshake: Handshake, message: Message | DamagedMessage): [readonly Message[] | string, HandshakeState] {
  try {
    return [handshake.receive(message, NOW), handshake.state];
  } catch (error) {
    return [codeOf(error), handshake.state];
  }
}

/** One message of each kind. */
const MESSAGES = {
  version: THEIRS,
  verack: VERACK,
  ping: { type: "ping", nonce: 7n },
  oldPing: { type: "ping", nonce: null },
  pong: { type: "pong", nonce: 7n },
  reject: rejectMessage(),
  other: otherMessage("sendheaders"),
  damagedVersion: damaged("version"),
  damagedVerack: damaged("verack"),
  damagedPing: damaged("ping"),
} as const satisfies Readonly<Record<string, Message | DamagedMessage>>;

type Kind = keyof typeof MESSAGES;
type Row = Readonly<Record<Kind, readonly [answer: "nothing" | "greeting" | "pong" | "bad_checksum", HandshakeState]>>;

/** What each message leads to, from each state that waits for one. */
const TRANSITIONS: Readonly<Record<"awaiting_version" | "awaiting_verack", Row>> = {
  awaiting_version: {
    version: ["greeting", "awaiting_verack"],
    verack: ["nothing", "awaiting_version"],
    ping: ["nothing", "awaiting_version"],
    oldPing: ["nothing", "awaiting_version"],
    pong: ["nothing", "awaiting_version"],
    reject: ["nothing", "awaiting_version"],
    other: ["nothing", "awaiting_version"],
    damagedVersion: ["bad_checksum", "failed"],
    damagedVerack: ["nothing", "awaiting_version"],
    damagedPing: ["nothing", "awaiting_version"],
  },
  awaiting_verack: {
    version: ["nothing", "awaiting_verack"],
    verack: ["nothing", "complete"],
    ping: ["pong", "awaiting_verack"],
    oldPing: ["nothing", "awaiting_verack"],
    pong: ["nothing", "awaiting_verack"],
    reject: ["nothing", "awaiting_verack"],
    other: ["nothing", "awaiting_verack"],
    damagedVersion: ["nothing", "awaiting_verack"],
    damagedVerack: ["bad_checksum", "failed"],
    damagedPing: ["nothing", "awaiting_verack"],
  },
};
const KINDS = Object.keys(MESSAGES) as Kind[];
const BEFORE = { awaiting_version: [], awaiting_verack: [THEIRS] } as const;

for (const state of ["awaiting_version", "awaiting_verack"] as const) {
  for (const role of ROLES) {
    Deno.test(`In ${state}, each message does to the ${role} what the table says`, () => {
      for (const kind of KINDS) {
        const [answer, next] = TRANSITIONS[state][kind];
        const answers = { nothing: [], greeting: GREETING[role], pong: [PONG], bad_checksum: "bad_checksum" } as const;
        const handshake = handshakeAfter(role, ...BEFORE[state]);
        assertEquals(handshake.state, state);
        assertEquals(step(handshake, MESSAGES[kind]), [answers[answer], next], kind);
      }
    });
  }
}

Deno.test("A complete handshake stays complete, and answers pings, whatever else comes", () => {
  for (const role of ROLES) {
    for (const kind of KINDS.filter((kind) => kind !== "damagedVerack")) {
      const handshake = handshakeAfter(role, THEIRS, VERACK);
      assertEquals(step(handshake, MESSAGES[kind]), [kind === "ping" ? [PONG] : [], "complete"], kind);
      assertEquals(handshake.peerVersion, THEIRS);
    }
  }
});

Deno.test("start() sends version as the initiator, and nothing as the responder", () => {
  assertEquals(handshakeAfter("initiator").start(), [OURS]);
  assertEquals(handshakeAfter("responder").start(), []);
});

Deno.test("start() sends version once", () => {
  const handshake = handshakeAfter("initiator");
  assertEquals([handshake.start(), handshake.start()], [[OURS], []]);
});

Deno.test("A handshake knows nothing of its peer before the version comes", () => {
  for (const role of ROLES) {
    const { state, phase, peerVersion, timeOffset, verackReceived, messageTypes } = handshakeAfter(role);
    assertEquals([state, phase, peerVersion, timeOffset, verackReceived], [
      "awaiting_version",
      "version",
      null,
      null,
      false,
    ]);
    assertEquals(messageTypes, []);
  }
});

Deno.test("A handshake knows everything about its peer after the verack", () => {
  for (const role of ROLES) {
    const { state, phase, peerVersion, timeOffset, verackReceived, messageTypes } = handshakeAfter(
      role,
      THEIRS,
      VERACK,
    );
    assertEquals([state, phase, timeOffset, verackReceived], ["complete", "verack", 0, true]);
    assertEquals(peerVersion, THEIRS);
    assertEquals(messageTypes, ["version", "verack"]);
  }
});

Deno.test("A responder without negotiation messages sends version and verack", () => {
  const handshake = new Handshake({ role: "responder", version: OURS });
  assertEquals(handshake.receive(THEIRS, NOW), [OURS, VERACK]);
});

Deno.test("An initiator without negotiation messages sends verack", () => {
  const handshake = new Handshake({ role: "initiator", version: OURS });
  assertEquals(handshake.receive(THEIRS, NOW), [VERACK]);
});

Deno.test("What is negotiated may depend on the peer's version, and what comes after our verack goes out with it", () => {
  const sendaddrv2 = otherMessage("sendaddrv2");
  const negotiation = (peer: VersionMessage) => peer.protocolVersion >= 70016 ? [sendaddrv2] : [];
  const getaddr = otherMessage("getaddr");
  for (const [protocolVersion, negotiated] of [[70015, []], [70016, [sendaddrv2]]] as const) {
    for (const role of ROLES) {
      const handshake = new Handshake({ role, version: OURS, negotiation, afterVerack: [getaddr] });
      const answer = handshake.receive({ ...THEIRS, protocolVersion }, NOW);
      assertEquals(answer, [...role === "initiator" ? [] : [OURS], ...negotiated, VERACK, getaddr]);
    }
  }
});

Deno.test("There is no negotiation with a peer that we refuse", () => {
  const negotiation = () => assertEquals("asked", "not asked") ?? [];
  const handshake = new Handshake({ role: "initiator", version: OURS, negotiation });
  const refused = { ...THEIRS, protocolVersion: 31799 };
  assertEquals(assertThrows(() => handshake.receive(refused, NOW), HandshakeError).code, "obsolete_version");
});

Deno.test("The number of messages a peer may send before its verack can be set", () => {
  for (const role of ROLES) {
    const handshake = new Handshake({ role, version: OURS, maxMessages: 3 });
    for (const message of [THEIRS, MESSAGES.other, MESSAGES.other]) handshake.receive(message, NOW);
    const flood = assertThrows(() => handshake.receive(MESSAGES.other, NOW), HandshakeError, "within 3 messages");
    assertEquals(flood.code, "message_flood");
  }
});

/** All orders of the values. */
function permutations<T>(values: readonly T[]): T[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, i) => permutations(values.toSpliced(i, 1)).map((rest) => [value, ...rest]));
}

Deno.test("In any order of messages, only version and then verack count", () => {
  const orders = permutations<Message>([
    THEIRS,
    VERACK,
    MESSAGES.ping,
    otherMessage("wtxidrelay"),
    otherMessage("sendaddrv2"),
  ]);
  assertEquals(orders.length, 120);
  for (const order of orders) {
    const handshake = handshakeAfter("initiator");
    const answers = order.flatMap((message) => handshake.receive(message, NOW));
    const [version, verack, pinged] = [THEIRS, VERACK, MESSAGES.ping].map((message) => order.indexOf(message));
    const complete = Number(version) < Number(verack);
    assertEquals(handshake.state, complete ? "complete" : "awaiting_verack");
    assertEquals(handshake.verackReceived, complete);
    assertEquals(answers, [...NEGOTIATION, VERACK, ...Number(version) < Number(pinged) ? [PONG] : []]);
  }
});

Deno.test("Negotiation messages between version and verack change nothing, in any order", () => {
  for (const negotiation of [NEGOTIATION_MESSAGE_TYPES, NEGOTIATION_MESSAGE_TYPES.toReversed()]) {
    const handshake = handshakeAfter("initiator", THEIRS, ...negotiation.map(otherMessage), VERACK);
    assertEquals([handshake.state, handshake.verackReceived], ["complete", true]);
    assertEquals(handshake.messageTypes, ["version", ...negotiation, "verack"]);
  }
});

Deno.test("A second version is ignored, with its nonce and its protocol version", () => {
  for (const role of ROLES) {
    const handshake = handshakeAfter(role, THEIRS);
    for (const fields of [{ startHeight: 1 }, { nonce: OURS.nonce }, { protocolVersion: 1 }]) {
      assertEquals(handshake.receive(versionMessage(fields), NOW + 5n), []);
    }
    assertEquals([handshake.peerVersion, handshake.timeOffset, handshake.state], [THEIRS, 0, "awaiting_verack"]);
  }
});

Deno.test("A damaged version or verack ends the handshake with its own error if it is expected", () => {
  for (const [messageType, before] of [["version", []], ["verack", [THEIRS]]] as const) {
    const handshake = handshakeAfter("initiator", ...before);
    const { error, ...rest } = damaged(messageType);
    const thrown = assertThrows(() => handshake.receive({ ...rest, error }, NOW), HandshakeError);
    assertEquals(thrown === error, true);
    assertEquals([handshake.state, handshake.phase, handshake.verackReceived], ["failed", messageType, false]);
  }
});

Deno.test("A protocol version below 31800 is refused, and kept to be shown", () => {
  for (const role of ROLES) {
    for (const protocolVersion of [31799, 0, -1, -0x8000_0000]) {
      const handshake = handshakeAfter(role);
      const version = versionMessage({ protocolVersion });
      assertEquals(failure(handshake, () => handshake.receive(version, NOW)), [
        "obsolete_version",
        "failed",
        "version",
      ]);
      assertEquals([handshake.peerVersion, handshake.timeOffset], [version, 0]);
    }
    for (const protocolVersion of [31800, 0x7fff_ffff]) {
      assertEquals(handshakeAfter(role).receive(versionMessage({ protocolVersion }), NOW), GREETING[role]);
    }
  }
});

Deno.test("A peer that sends our nonce back is ourselves", () => {
  for (const role of ROLES) {
    const handshake = handshakeAfter(role);
    const receive = () => handshake.receive(versionMessage({ nonce: OURS.nonce }), NOW);
    assertEquals(failure(handshake, receive), ["self_connection", "failed", "version"]);
    assertEquals(handshake.peerVersion?.nonce, OURS.nonce);
  }
});

Deno.test("A reject is the reason if the peer then closes, before and after its version; the last one counts", () => {
  for (const role of ROLES) {
    for (const [phase, before] of [["version", []], ["verack", [THEIRS]]] as const) {
      const reject = rejectMessage({ reason: ascii("the last") });
      const handshake = handshakeAfter(role, ...before, rejectMessage(), reject, otherMessage("inv"));
      assertStringIncludes(handshake.rejection?.message ?? "", '"the last"');
      const thrown = assertThrows(() => handshake.close(), HandshakeError);
      assertEquals(thrown === handshake.rejection, true);
      assertEquals([thrown.code, handshake.state, handshake.phase], ["rejected", "failed", phase]);
    }
  }
});

Deno.test("A reject changes nothing if the peer goes on", () => {
  const handshake = handshakeAfter("initiator", rejectMessage(), THEIRS, rejectMessage(), VERACK, rejectMessage());
  assertEquals([handshake.state, handshake.verackReceived, handshake.rejection], ["complete", true, null]);
  handshake.close();
  assertEquals(handshake.state, "complete");
});

Deno.test("A reject with a wrong checksum does not count", () => {
  const handshake = handshakeAfter("initiator", THEIRS, damaged("reject"));
  assertEquals(handshake.rejection, null);
  handshake.close();
  assertEquals(handshake.state, "complete");
});

Deno.test("An absent nonce is never ours, and 0 is a nonce like any other", () => {
  const cases: readonly (readonly [ours: bigint | null, theirs: bigint | null, HandshakeState])[] = [
    [1n, null, "awaiting_verack"],
    [0n, null, "awaiting_verack"],
    [null, null, "awaiting_verack"],
    [null, 0n, "awaiting_verack"],
    [1n, 0n, "awaiting_verack"],
    [0n, 0n, "failed"],
    [(1n << 64n) - 1n, (1n << 64n) - 1n, "failed"],
  ];
  for (const [ours, theirs, state] of cases) {
    const handshake = new Handshake({ role: "initiator", version: versionMessage({ nonce: ours }) });
    assertEquals(step(handshake, versionMessage({ nonce: theirs }))[1], state, `${ours} and ${theirs}`);
  }
});

Deno.test("1000 messages may come, and a verack after them", () => {
  assertEquals(MAX_HANDSHAKE_MESSAGES, 1000);
  const flood = Array.from({ length: 999 }, () => otherMessage("inv"));
  for (const messages of [[THEIRS, ...flood], [...flood, THEIRS]]) {
    const handshake = handshakeAfter("initiator", ...messages);
    assertEquals(handshake.state, "awaiting_verack");
    handshake.receive(VERACK, NOW);
    assertEquals([handshake.state, handshake.verackReceived], ["complete", true]);
  }
});

Deno.test("The 1001st message before the verack is a flood, of whatever kind", () => {
  const flood = (length: number) => Array.from({ length }, () => otherMessage("inv"));
  const cases: readonly (readonly [before: Message[], last: Message | DamagedMessage, phase: string])[] = [
    [[THEIRS, ...flood(999)], otherMessage("inv"), "verack"],
    [[THEIRS, ...flood(999)], { type: "ping", nonce: 1n }, "verack"],
    [[THEIRS, ...flood(999)], THEIRS, "verack"],
    [[THEIRS, ...flood(999)], damaged("inv"), "verack"],
    [flood(1000), otherMessage("inv"), "version"],
    [flood(1000), VERACK, "version"],
    [flood(1000), THEIRS, "version"],
  ];
  for (const [before, last, phase] of cases) {
    const handshake = handshakeAfter("initiator", ...before);
    assertEquals(failure(handshake, () => handshake.receive(last, NOW)), ["message_flood", "failed", phase]);
  }
});

Deno.test("A damaged verack is reported as such, even after 1000 messages", () => {
  const handshake = handshakeAfter("initiator", THEIRS, ...Array.from({ length: 999 }, () => otherMessage("inv")));
  const receive = () => handshake.receive(damaged("verack"), NOW);
  assertEquals(failure(handshake, receive), ["bad_checksum", "failed", "verack"]);
});

Deno.test("The first 32 message types are remembered, in order, damaged ones and repeated ones too", () => {
  assertEquals(MAX_REMEMBERED_MESSAGES, 32);
  const handshake = handshakeAfter("initiator", damaged("ping"), THEIRS, THEIRS, { type: "ping", nonce: null });
  for (let i = 0; i < 27; i++) handshake.receive(otherMessage(`other${i}`), NOW);
  handshake.receive({ type: "pong", nonce: 1n }, NOW);
  const types = ["ping", "version", "version", "ping", ...Array.from({ length: 27 }, (_, i) => `other${i}`), "pong"];
  assertEquals(handshake.messageTypes, types);
  handshake.receive(otherMessage("late"), NOW);
  handshake.receive(VERACK, NOW);
  assertEquals([handshake.messageTypes.length, handshake.messageTypes.at(-1)], [32, "pong"]);
});

Deno.test("The message that ends a handshake is remembered too", () => {
  const handshake = handshakeAfter("initiator", THEIRS);
  assertThrows(() => handshake.receive(damaged("verack"), NOW), HandshakeError);
  assertEquals(handshake.messageTypes, ["version", "verack"]);
});

Deno.test("The time offset is the peer's clock minus ours, with a time before 1970 treated as 0", () => {
  const cases: readonly (readonly [timestamp: bigint, now: bigint, offset: number])[] = [
    [NOW, NOW, 0],
    [NOW + 70n, NOW, 70],
    [NOW - 70n, NOW, -70],
    [1n, NOW, 1 - Number(NOW)],
    [0n, NOW, -Number(NOW)],
    [-1n, NOW, -Number(NOW)],
    [-(1n << 63n), NOW, -Number(NOW)],
    [1n << 32n, NOW, 2 ** 32 - Number(NOW)],
    [(1n << 63n) - 1n, 0n, 2 ** 63],
  ];
  for (const [timestamp, now, offset] of cases) {
    const handshake = handshakeAfter("initiator");
    handshake.receive(versionMessage({ timestamp }), now);
    assertEquals(handshake.timeOffset, offset, `${timestamp}`);
    assertEquals(handshake.peerVersion?.timestamp, timestamp);
  }
});

Deno.test("A peer may omit all optional fields of a version", () => {
  const absent = { addrFrom: null, nonce: null, userAgent: null, startHeight: null, relay: null };
  const old: VersionMessage = versionMessage({ protocolVersion: 31800, ...absent });
  for (const role of ROLES) {
    const handshake = handshakeAfter(role, old, VERACK);
    assertEquals([handshake.state, handshake.peerVersion], ["complete", old]);
  }
});

Deno.test("A peer that closes before its version has failed the handshake", () => {
  for (const role of ROLES) {
    for (const before of [[], [VERACK, otherMessage("inv"), damaged("verack")]]) {
      const handshake = handshakeAfter(role, ...before);
      assertEquals(failure(handshake, () => handshake.close()), ["connection_closed", "failed", "version"]);
    }
  }
});

Deno.test("A peer that closes after its version has completed the handshake, without verack", () => {
  for (const role of ROLES) {
    const handshake = handshakeAfter(role, THEIRS, otherMessage("sendheaders"));
    handshake.close();
    assertEquals([handshake.state, handshake.phase, handshake.verackReceived], ["complete", "verack", false]);
  }
});

Deno.test("A peer that closes after its verack changes nothing", () => {
  const handshake = handshakeAfter("initiator", THEIRS, VERACK);
  handshake.close();
  assertEquals([handshake.state, handshake.verackReceived], ["complete", true]);
});

Deno.test("A failed handshake stays failed, whatever comes", () => {
  const refused = handshakeAfter("initiator");
  const failure = assertThrows(() => refused.receive(versionMessage({ protocolVersion: 1 }), NOW), HandshakeError);
  for (const again of [() => refused.receive(THEIRS, NOW), () => refused.receive(VERACK, NOW), () => refused.close()]) {
    assertStrictEquals(assertThrows(again, HandshakeError), failure);
  }
  assertEquals([refused.state, refused.verackReceived], ["failed", false]);
});

Deno.test("A complete handshake answers any number of pings, and nothing spoils it", () => {
  const handshake = handshakeAfter("responder", THEIRS, VERACK);
  for (let i = 0; i <= MAX_HANDSHAKE_MESSAGES; i++) {
    assertEquals(handshake.receive({ type: "ping", nonce: 1n }, NOW).length, 1);
  }
  assertEquals(handshake.receive(damaged("verack"), NOW), []);
  assertEquals(handshake.receive(THEIRS, NOW), []);
  handshake.close();
  assertEquals(handshake.state, "complete");
});

Deno.test("Handshake refuses invalid options", () => {
  const start = (options: unknown) => new Handshake({ role: "initiator", version: OURS, ...as<object>(options) });
  assertThrows(
    () => start({ role: "client" }),
    RangeError,
    'Invalid role: expected one of initiator, responder, got "c',
  );
  assertThrows(() => start({ version: undefined }), TypeError, "Invalid version: expected a version message");
  assertThrows(
    () => start({ version: { type: "verack" } }),
    RangeError,
    "Invalid version.type: expected one of version",
  );
  assertThrows(() => start({ maxMessages: NaN }), RangeError, "Invalid maxMessages: expected an integer from 0");
});
