/** Properties of the message codecs: `version`, `ping`, `pong`, and the table of codecs. */

import { assert, assertEquals } from "@std/assert";
import { WireError } from "../../src/wire/errors.ts";
import { decodeMessage, encodeMessage, type Message, NEGOTIATION_MESSAGE_TYPES } from "../../src/wire/messages.ts";
import { decodePing, decodePong, encodePing, encodePong } from "../../src/wire/ping.ts";
import { decodeVersion, encodeVersion, type VersionMessage } from "../../src/wire/version.ts";
import { concat } from "../support/bytes.ts";
import type { Random } from "../support/random.ts";
import { allocations } from "./allocations.ts";
import { assertBytes, assertStartsWith, resultOf, wireErrorOf, withBitFlipped } from "./expect.ts";
import type { Properties } from "./property.ts";
import { networkAddress, versionMessage } from "./values.ts";

/** The lengths at which a version may end: after the mandatory fields, and after each group of optional ones. */
function versionEnds({ userAgent }: VersionMessage): number[] {
  const behindNonce = 4 + 8 + 8 + 26 + 26 + 8;
  if (userAgent === null) return [46, behindNonce];
  const behindUserAgent = behindNonce + (userAgent.length < 253 ? 1 : 3) + userAgent.length;
  return [46, behindNonce, behindUserAgent, behindUserAgent + 4, behindUserAgent + 5];
}

/** Whatever bytes decode to encodes to the same bytes up to the end of the message, except for a relay byte over 1. */
function checkVersionOf(bytes: Uint8Array): void {
  const version = resultOf(() => decodeVersion(bytes), WireError);
  if (version instanceof WireError) return;
  const encoded = encodeVersion(version);
  const canonical = Uint8Array.from(bytes.subarray(0, encoded.length));
  if (version.relay) canonical[encoded.length - 1] = 1;
  assertBytes(encoded, canonical);
  assert(encoded.length === bytes.length || version.relay !== null, "bytes after an early end are lost");
}

/** The nonce of a ping or pong with these bytes, or the code of its error. */
function nonceOf(bytes: Uint8Array): bigint | string {
  if (bytes.length < 8) return "truncated";
  return [...bytes.subarray(0, 8)].reduceRight((nonce, byte) => (nonce << 8n) | BigInt(byte), 0n);
}

/** A version with one field that does not fit. */
function impossibleVersion(random: Random): VersionMessage {
  const version = versionMessage(random, 4);
  const { addrRecv } = version;
  const number = random.pick([2 ** 31, -(2 ** 31) - 1, 0.5, NaN, Infinity, 2 ** 53]);
  const unsigned = random.pick([-1n, 2n ** 64n, -(2n ** 63n), 2n ** 64n + random.uint64()]);
  const text = random.pick(["", "localhost", "1.2.3", "::g", "[::1]", "1.2.3.4:5"]);
  return random.pick<VersionMessage>([
    { ...version, protocolVersion: number },
    { ...version, startHeight: number },
    { ...version, services: unsigned },
    { ...version, nonce: unsigned },
    { ...version, timestamp: random.pick([2n ** 63n, -(2n ** 63n) - 1n]) },
    { ...version, addrRecv: { ...addrRecv, services: unsigned } },
    { ...version, addrFrom: { ...addrRecv, port: random.pick([-1, 65_536, 0.5, NaN]) } },
    { ...version, addrRecv: { ...addrRecv, host: text } },
    { ...version, userAgent: random.bytes(random.pick([257, 258, 1000, 65_536])) },
  ]);
}

const WITHOUT_CODEC = NEGOTIATION_MESSAGE_TYPES.filter((messageType) => messageType !== "sendaddrv2");

/** Any message with a codec, and two without. */
function anyMessage(random: Random): Message {
  return random.pick<() => Message>([
    () => versionMessage(random),
    () => ({ type: "verack" }),
    () => ({ type: "ping", nonce: random.chance(0.2) ? null : random.uint64() }),
    () => ({ type: "pong", nonce: random.uint64() }),
    () => ({
      type: "reject",
      message: random.bytes(random.below(13)),
      ccode: random.below(256),
      reason: random.bytes(random.below(112)),
      data: random.bytes(random.pick([0, 32])),
    }),
    () => ({ type: random.pick(["sendaddrv2", "getaddr"] as const) }),
    () => ({ type: "other", messageType: random.pick(WITHOUT_CODEC), payload: null }),
    () => ({ type: "other", messageType: random.pick(["constructor", "__proto__", "toString", "x"]), payload: null }),
  ])();
}

/** The properties, by name. */
export const CODEC_PROPERTIES: Properties = {
  "version-round-trip": {
    says: "A version is read back as it was written, whatever optional fields it has, and written back as it was read",
    weight: 60,
    check(random) {
      const version = versionMessage(random);
      const bytes = random.embedded(encodeVersion(version));
      const decoded = decodeVersion(bytes);
      assertEquals(decoded, version);
      assertBytes(encodeVersion(decoded), bytes);
    },
  },
  "version-tail": {
    says: "Bytes behind the last field of a version change nothing, and any relay byte but 0 is true",
    weight: 20,
    check(random) {
      const version = versionMessage(random, 4);
      const bytes = encodeVersion(version);
      const relay = random.below(256);
      bytes[bytes.length - 1] = relay;
      assertEquals(decodeVersion(concat(bytes, random.bytes(random.below(200)))), { ...version, relay: relay !== 0 });
    },
  },
  "version-truncated": {
    says: "A version cut short at any byte is truncated, or the legal shorter message of an old node",
    weight: 6,
    check(random) {
      const version = versionMessage(random, random.pick([1, 2, 3, 4]));
      const bytes = encodeVersion(version);
      const ends = versionEnds(version);
      for (let length = 0; length < bytes.length; length++) {
        const legal = ends.includes(length);
        const start = bytes.subarray(0, length);
        assertEquals(wireErrorOf(() => decodeVersion(start)), legal ? null : "truncated", `cut to ${length} bytes`);
        if (legal) assertBytes(encodeVersion(decodeVersion(start)), start);
      }
    },
  },
  "version-bits": {
    says: "A version with any one bit flipped is another version, or a WireError",
    weight: 2,
    check(random) {
      const bytes = encodeVersion(versionMessage(random));
      for (let bit = 0; bit < 8 * bytes.length; bit++) checkVersionOf(withBitFlipped(bytes, bit));
    },
  },
  "version-garbage": {
    says: "Any bytes are a version that is written back as they are, or a WireError",
    weight: 60,
    check(random) {
      const garbage = random.chance(0.2);
      const bytes = garbage ? random.bytes(random.below(400)) : random.damaged(encodeVersion(versionMessage(random)));
      checkVersionOf(random.embedded(bytes));
    },
  },
  "version-user-agent": {
    says: "A user agent over 256 bytes is refused by its length, whether its bytes are there or not",
    weight: 20,
    check(random) {
      const start = encodeVersion(versionMessage(random, 1));
      const length = random.integer(257, random.pick([300, 0xffff]));
      const bytes = concat(start, Uint8Array.of(0xfd, length & 0xff, length >> 8), random.bytes(random.below(400)));
      assertEquals(wireErrorOf(() => decodeVersion(bytes)), "limit_exceeded");
    },
  },
  "version-impossible": {
    says: "A version with a value that its field cannot hold is not written",
    weight: 20,
    check(random) {
      const code = wireErrorOf(() => encodeVersion(impossibleVersion(random)));
      assert(code === "out_of_range" || code === "limit_exceeded", `got ${code}`);
    },
  },
  "ping-pong-round-trip": {
    says: "Pings and pongs are read back as they were written, and those cut short at any byte are truncated",
    weight: 40,
    check(random) {
      const nonce = random.uint64();
      const bytes = encodePing({ type: "ping", nonce });
      assertBytes(encodePong({ type: "pong", nonce }), bytes);
      assertEquals(nonceOf(bytes), nonce);
      for (let length = 0; length < 8; length++) {
        const start = bytes.subarray(0, length);
        assertEquals(wireErrorOf(() => decodePing(start)), length === 0 ? null : "truncated");
        assertEquals(wireErrorOf(() => decodePong(start)), "truncated");
      }
      const [longer, none] = [random.embedded(concat(bytes, random.bytes(random.below(9)))), new Uint8Array()];
      assertEquals(decodePing(longer), { type: "ping", nonce });
      assertEquals(decodePong(longer), { type: "pong", nonce });
      assertEquals(decodePing(none), { type: "ping", nonce: null });
      assertBytes(encodePing({ type: "ping", nonce: null }), none);
    },
  },
  "ping-pong-garbage": {
    says: "Any bytes are a ping or a pong with the nonce that they begin with, or truncated",
    weight: 40,
    check(random) {
      const bytes = random.embedded(random.bytes(random.below(20)));
      for (const [decode, least] of [[decodePing, 1], [decodePong, 0]] as const) {
        const message = resultOf(() => decode(bytes), WireError);
        const expected = bytes.length < least ? null : nonceOf(bytes);
        assertEquals(message instanceof WireError ? message.code : message.nonce, expected);
      }
    },
  },
  "message-table": {
    says:
      "A message of any type is read back as it was written, and one whose payload was skipped has none, or needs none",
    weight: 40,
    check(random) {
      const message = anyMessage(random);
      const { messageType, payload } = encodeMessage(message);
      assertEquals(messageType, message.type === "other" ? message.messageType : message.type);
      assertEquals(decodeMessage(messageType, payload), message);
      const skipped: Message = isBare(message) ? message : { type: "other", messageType, payload: null };
      assertEquals(decodeMessage(messageType, null), skipped);
    },
  },
  "message-garbage": {
    says: "A message of any type with any payload is that type's message, or a WireError",
    weight: 40,
    check(random) {
      const { messageType, payload } = encodeMessage(anyMessage(random));
      const bytes = random.chance(0.5) ? random.bytes(random.below(200)) : random.damaged(payload);
      const message = resultOf(() => decodeMessage(messageType, bytes), WireError);
      if (message instanceof WireError) return;
      assertEquals(message.type === "other" ? message.messageType : message.type, messageType);
      if (isBare(message) || message.type === "other") return;
      assertStartsWith(message.type === "version" ? bytes.subarray(0, 46) : bytes, startOf(message));
    },
  },
  "message-memory": {
    says: "A payload makes a codec ask for no more memory than it has bytes, but for an address, whatever it announces",
    weight: 10,
    check(random) {
      const { messageType, payload } = encodeMessage(anyMessage(random));
      const bytes = random.damaged(payload);
      const sizes = allocations(() => void resultOf(() => decodeMessage(messageType, bytes), WireError));
      for (const size of sizes) assert(size <= Math.max(16, bytes.length), `room for ${size} bytes`);
    },
  },
  "network-address-fields": {
    says: "The addresses of a version are at their places in the payload, ports in network byte order",
    weight: 20,
    check(random) {
      const [addrRecv, addrFrom] = [networkAddress(random), networkAddress(random)];
      const bytes = encodeVersion({ ...versionMessage(random, 1), addrRecv, addrFrom });
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      for (const [offset, { services, port }] of [[20, addrRecv], [46, addrFrom]] as const) {
        assertEquals(view.getBigUint64(offset, true), services);
        assertEquals(view.getUint16(offset + 24), port);
      }
    },
  },
};

/** A message that needs no payload. */
type BareMessage = Extract<Message, { type: "verack" | "sendaddrv2" | "getaddr" }>;

function isBare(message: Message): message is BareMessage {
  return message.type === "verack" || message.type === "sendaddrv2" || message.type === "getaddr";
}

/** The bytes with which the payload of a message begins. */
function startOf(message: Exclude<Message, BareMessage | { type: "other" }>): Uint8Array {
  const { payload } = encodeMessage(message);
  return message.type === "version" ? payload.subarray(0, 46) : payload;
}
