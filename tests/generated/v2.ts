/** Properties of the v2 transport: its cryptography and packets, however they are split and damaged. */

import { assert, assertEquals } from "@std/assert";
import { decodeEllSwift, encodeEllSwift } from "../../src/crypto/ellswift.ts";
import { EllSwiftKey } from "../../src/crypto/key_agreement.ts";
import type { Frame } from "../../src/transport/transport.ts";
import { V2Transport } from "../../src/transport/v2.ts";
import { CHAINS } from "../../src/wire/chains.ts";
import { ascii, concat } from "../support/bytes.ts";
import type { Random } from "../support/random.ts";
import { answerTo, greeting, newSession } from "../support/session.ts";
import { receiveAll } from "../support/v1.ts";
import { connectTester, type V2Tester } from "../support/v2_tester.ts";
import { assertBytes } from "./expect.ts";
import { anyOurs } from "./handshakes.ts";
import type { Properties } from "./property.ts";

const KEPT_SIZE = 4096;

/** A message, or any other contents of a packet, and its frame. */
interface Sent {
  readonly contents: Uint8Array;
  readonly frame: Frame;
}

/** A connection, what the tester sends before its messages, and the messages. */
interface Course {
  readonly transport: V2Transport;
  readonly beginning: Uint8Array;
  readonly messages: readonly { readonly bytes: Uint8Array; readonly frame: Frame | null }[];
}

function anySent(random: Random): Sent {
  const size = random.chance(0.9) ? random.below(60) : random.integer(KEPT_SIZE - 2, KEPT_SIZE + 2);
  const messageType = random.pick(["version", "verack", "ping", "pong", "wtxidrelay", "inv", "sendcmpct", "feature"]);
  const payload = random.bytes(messageType === "version" ? Math.min(size, KEPT_SIZE) : size);
  const id = new Map([["ping", 18], ["pong", 19], ["inv", 14], ["sendcmpct", 20], ["feature", 37]]).get(messageType);
  const type = id === undefined || random.chance(0.3)
    ? concat(Uint8Array.of(0), ascii(messageType.padEnd(12, "\0")))
    : Uint8Array.of(id);
  const kept = ["version", "verack", "ping", "pong"].includes(messageType) && payload.length <= KEPT_SIZE;
  const frame = { messageType, size: payload.length, payload: kept ? payload : null, checksum: null };
  return { contents: concat(type, payload), frame };
}

function anyDecoys(random: Random, tester: V2Tester): Uint8Array {
  return concat(...random.list(0, 2, () => tester.decoy(random.below(random.pick([1, 30, 5000])))));
}

function anyCourse(random: Random): Course {
  const initiating = random.chance(0.5);
  const { transport, tester } = connectTester({ initiating, chain: random.pick(CHAINS), seed: random.below(2 ** 30) });
  const garbage = random.bytes(random.pick([0, 1, 4095, random.below(4096)]));
  const decoy = random.chance(0.3);
  const beginning = concat(
    tester.key,
    garbage,
    tester.terminator,
    ...decoy ? [tester.decoy(random.below(40), garbage), anyDecoys(random, tester)] : [],
    tester.packet(random.bytes(random.pick([0, 0, 30])), { associated: decoy ? new Uint8Array() : garbage }),
  );
  const messages = random.list(1, 6, () => {
    if (random.chance(0.2)) return { bytes: anyDecoys(random, tester), frame: null };
    const { contents, frame } = anySent(random);
    return { bytes: tester.packet(contents, { header: random.below(128) }), frame };
  });
  return { transport, beginning, messages };
}

/** The properties, by name. */
export const V2_PROPERTIES: Properties = {
  "v2-ellswift": {
    says: "Any 64 bytes decode to an X coordinate, and that is what its encodings decode to",
    weight: 2,
    check(random) {
      const x = decodeEllSwift(random.bytes(64));
      const encoding = encodeEllSwift(x, (length) => random.bytes(length));
      assertBytes(decodeEllSwift(encoding), x);
    },
  },
  "v2-agreement": {
    says: "Both ends of a connection agree on a secret",
    weight: 1,
    check(random) {
      const randomBytes = (length: number) => random.bytes(length);
      const [initiator, responder] = [new EllSwiftKey(randomBytes), new EllSwiftKey(randomBytes)];
      assertBytes(initiator.agree(responder.encoding, true), responder.agree(initiator.encoding, false));
    },
  },
  "v2-stream": {
    says: "A v2 stream of garbage, decoys and messages of any kind gives the same frames however it is cut",
    weight: 2,
    check(random) {
      const { transport, beginning, messages } = anyCourse(random);
      const bytes = concat(beginning, ...messages.map(({ bytes }) => bytes));
      const { frames, error } = receiveAll(transport, random.pieces(bytes));
      assertEquals([frames, error], [messages.flatMap(({ frame }) => frame ?? []), null]);
      assert(transport.sessionId !== null);
      transport[Symbol.dispose]();
    },
  },
  "v2-damage": {
    says: "Of a v2 stream that is damaged anywhere, the messages before the damage come and none behind it",
    weight: 2,
    check(random) {
      const { transport, beginning, messages } = anyCourse(random);
      const whole = concat(beginning, ...messages.map(({ bytes }) => bytes));
      const damaged = random.damaged(whole);
      let same = whole.findIndex((byte, i) => byte !== damaged[i]);
      if (same === -1) same = whole.length;
      let end = beginning.length;
      const intact = messages.filter(({ bytes }) => (end += bytes.length) <= same);
      const { frames, error } = receiveAll(transport, random.pieces(damaged));
      assertEquals(frames, intact.flatMap(({ frame }) => frame ?? []));
      assert(error === null || error === "v2_protocol_error", `got ${error}`);
      assert(transport.sessionId === null || same >= beginning.length);
      transport[Symbol.dispose]();
    },
  },
  "v2-pair": {
    says: "Two sessions shake hands over v2, whatever garbage and decoys they send, over any cuts",
    weight: 1,
    async check(random) {
      const chain = random.pick(CHAINS);
      const ends = (["initiator", "responder"] as const).map((role, i) => {
        const ours = anyOurs(random);
        const version = { ...ours.version, protocolVersion: 70016, nonce: BigInt(i) };
        const randomBytes = (length: number) => random.bytes(length);
        const transport = new V2Transport({ chain, initiating: role === "initiator", randomBytes });
        for (const size of random.list(0, 3, () => random.below(300))) transport.sendDecoy(size);
        return { version, transport, session: newSession({ ...ours, role, version, transport }) };
      });
      const [first, second] = ends;
      assert(first && second);
      let bytes = await greeting(first.session);
      second.transport.sendDecoy(1);
      const pending = [await greeting(second.session)];
      for (let turn = 1; bytes.length > 0; turn++) {
        const answers = turn === 1 ? pending : [];
        for (const part of random.pieces(bytes)) {
          answers.push(await answerTo((turn % 2 === 1 ? second : first).session, part, 0n));
        }
        bytes = concat(...answers);
      }
      const [ours, theirs] = [first.session.handshake, second.session.handshake];
      assertEquals([ours.state, theirs.state], ["complete", "complete"]);
      assertEquals([ours.peerVersion, theirs.peerVersion], [second.version, first.version]);
      assertEquals(first.transport.sessionId, second.transport.sessionId);
    },
  },
};
