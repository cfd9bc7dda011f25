import { assertEquals, assertThrows } from "@std/assert";
import { addrMessage } from "../../src/wire/addr.ts";
import {
  askingPayloadLimit,
  decodeMessage,
  encodeMessage,
  MAX_KEPT_PAYLOAD,
  type Message,
  NEGOTIATION_MESSAGE_TYPES,
  payloadLimit,
  type PayloadLimits,
  tracedPayloadLimit,
} from "../../src/wire/messages.ts";
import { encodeReject } from "../../src/wire/reject.ts";
import { encodeVersion } from "../../src/wire/version.ts";
import { hex } from "../support/bytes.ts";
import { as } from "../support/untyped.ts";
import { assertWireError } from "../support/errors.ts";
import { otherMessage, rejectMessage, versionMessage } from "../support/messages.ts";

/** Types that no codec reads, some of which every JavaScript object would know. */
const UNKNOWN_TYPES = [
  ...NEGOTIATION_MESSAGE_TYPES.filter((messageType) => messageType !== "sendaddrv2"),
  ...["inv", "alert", "", "Version", "version ", "version\\x00", "other", "damaged"],
  ...["constructor", "toString", "__proto__", "valueOf", "hasOwnProper"],
];

const ROUND_TRIPS: readonly (readonly [Message, messageType: string, payload: Uint8Array])[] = [
  [versionMessage(), "version", encodeVersion(versionMessage())],
  [{ type: "verack" }, "verack", new Uint8Array()],
  [{ type: "ping", nonce: 1n }, "ping", hex("0100000000000000")],
  [{ type: "ping", nonce: null }, "ping", new Uint8Array()],
  [{ type: "pong", nonce: 2n }, "pong", hex("0200000000000000")],
  [rejectMessage(), "reject", encodeReject(rejectMessage())],
  [{ type: "sendaddrv2" }, "sendaddrv2", new Uint8Array()],
  [{ type: "getaddr" }, "getaddr", new Uint8Array()],
  [addrMessage("addr", []), "addr", hex("00")],
  [addrMessage("addrv2", []), "addrv2", hex("00")],
];

Deno.test("decodeMessage() and encodeMessage() use the codec of the type", () => {
  for (const [message, messageType, payload] of ROUND_TRIPS) {
    assertEquals(decodeMessage(messageType, payload), message);
    assertEquals(encodeMessage(message), { messageType, payload });
  }
});

Deno.test("decodeMessage() decodes nothing of a message without a codec", () => {
  for (const messageType of UNKNOWN_TYPES) {
    assertEquals(decodeMessage(messageType, hex("0102")), otherMessage(messageType));
    assertEquals(decodeMessage(messageType, null), otherMessage(messageType));
  }
});

Deno.test("decodeMessage() decodes nothing of a message whose payload was skipped", () => {
  for (const messageType of ["version", "ping", "pong", "reject", "addr", "addrv2"]) {
    assertEquals(decodeMessage(messageType, null), otherMessage(messageType));
  }
});

Deno.test("decodeMessage() ignores the payload of a message that has none, of any length", () => {
  for (const type of ["verack", "sendaddrv2", "getaddr"] as const) {
    assertEquals(decodeMessage(type, hex("deadbeef")), { type });
    assertEquals(decodeMessage(type, null), { type });
  }
});

Deno.test("decodeMessage() passes on the error of a codec", () => {
  assertWireError(() => decodeMessage("version", new Uint8Array()), "truncated", "version.protocolVersion");
  assertWireError(() => decodeMessage("ping", hex("00")), "truncated", "ping.nonce");
  assertWireError(() => decodeMessage("pong", new Uint8Array()), "truncated", "pong.nonce");
  assertWireError(() => decodeMessage("addr", new Uint8Array()), "truncated", "addr.count");
  assertWireError(() => decodeMessage("addrv2", hex("01")), "truncated", "addrv2[0]");
});

Deno.test("encodeMessage() sends a message without a codec as it is given", () => {
  assertEquals(encodeMessage({ type: "other", messageType: "sendcmpct", payload: hex("0102") }), {
    messageType: "sendcmpct",
    payload: hex("0102"),
  });
  assertEquals(encodeMessage(otherMessage("wtxidrelay")), { messageType: "wtxidrelay", payload: new Uint8Array() });
});

Deno.test("encodeMessage() refuses a type without a codec, as untyped code may pass it, and says what to do", () => {
  for (const type of ["sendcmpct", "constructor", undefined]) {
    assertThrows(
      () => encodeMessage(as({ type })),
      TypeError,
      `Cannot encode a message of type ${type}: expected { type: "other", messageType, payload }, or a type of version,`,
    );
  }
});

function describe(limits: PayloadLimits, messageTypes: readonly string[]): unknown[] {
  return messageTypes.map((messageType) => {
    const limit = limits(messageType);
    return [messageType, limit?.maxSize, limit?.overlong];
  });
}

Deno.test("payloadLimit() limits each message with a codec that nobody has to ask for, and no other", () => {
  const types = ["version", "verack", "ping", "pong", "reject", "sendaddrv2", "getaddr"];
  assertEquals(describe(payloadLimit, types), [
    ["version", 4096, "malformed"],
    ["verack", 4096, "accepted"],
    ["ping", 4096, "ignored"],
    ["pong", 4096, "ignored"],
    ["reject", 4096, "ignored"],
    ["sendaddrv2", 4096, "accepted"],
    ["getaddr", 4096, "accepted"],
  ]);
  for (const messageType of [...UNKNOWN_TYPES, "addr", "addrv2"]) {
    assertEquals(payloadLimit(messageType), undefined, messageType);
  }
  assertEquals(MAX_KEPT_PAYLOAD, 4096);
});

Deno.test("tracedPayloadLimit() keeps the limits of codecs, and limits every other message", () => {
  for (const messageType of ["version", "verack", "ping"]) {
    assertEquals(tracedPayloadLimit(messageType), payloadLimit(messageType));
  }
  for (const messageType of UNKNOWN_TYPES) {
    assertEquals(tracedPayloadLimit(messageType), { maxSize: 4096, overlong: "ignored" }, messageType);
  }
});

Deno.test("decodeMessage() takes a verack whose payload was too long to keep for a verack", () => {
  assertEquals(decodeMessage("verack", null), { type: "verack" });
});

Deno.test("askingPayloadLimit() also keeps what 1,000 addresses can take", () => {
  assertEquals(describe(askingPayloadLimit, ["version", "getaddr", "addr", "addrv2", "inv"]), [
    ["version", 4096, "malformed"],
    ["getaddr", 4096, "accepted"],
    ["addr", 3 + 1000 * 30, "ignored"],
    ["addrv2", 3 + 1000 * (4 + 9 + 1 + 3 + 512 + 2), "ignored"],
    ["inv", undefined, undefined],
  ]);
});

Deno.test("NEGOTIATION_MESSAGE_TYPES fit into a header and have no duplicates", () => {
  for (const messageType of NEGOTIATION_MESSAGE_TYPES) assertEquals(/^[a-z0-9]{1,12}$/.test(messageType), true);
  assertEquals(new Set(NEGOTIATION_MESSAGE_TYPES).size, NEGOTIATION_MESSAGE_TYPES.length);
});
