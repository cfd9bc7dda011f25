import { assertEquals, assertInstanceOf, assertStrictEquals, assertThrows } from "@std/assert";
import { HandshakeError } from "../../src/handshake/errors.ts";
import { received, toSend } from "../../src/session/messages.ts";
import { WireError } from "../../src/wire/errors.ts";
import { hex } from "../support/bytes.ts";
import { otherMessage } from "../support/messages.ts";

const PING = hex("0700000000000000");

const frame = (messageType: string, payload: Uint8Array<ArrayBuffer> | null, size = payload?.length ?? 0) => (
  { messageType, size, payload, checksum: null }
);

Deno.test("toSend() encodes a message", () => {
  const message = { type: "ping", nonce: 7n } as const;
  assertEquals(toSend(message), {
    type: "message",
    direction: "sent",
    messageType: "ping",
    size: 8,
    payload: PING,
    damage: null,
    message,
  });
});

Deno.test("received() decodes a message, or leaves one that was skipped or is unknown as it is", () => {
  assertEquals(received(frame("ping", PING), true), {
    type: "message",
    direction: "received",
    messageType: "ping",
    size: 8,
    payload: PING,
    damage: null,
    message: { type: "ping", nonce: 7n },
  });
  const skipped = received(frame("inv", null, 1000), true);
  assertEquals([skipped.size, skipped.payload, skipped.message], [1000, null, otherMessage("inv")]);
});

Deno.test("received() says what is wrong with a damaged message, first of all with its checksum", () => {
  const cases = [
    [PING, false, "bad_checksum", "Expected the checksum of ping to match its payload"],
    [hex("07"), false, "bad_checksum", "Expected the checksum of ping to match its payload"],
    [
      hex("07"),
      true,
      "malformed_message",
      "Cannot read ping.nonce: expected 8 bytes at offset 0, 7 of them are missing",
    ],
  ] as const;
  for (const [payload, intact, code, text] of cases) {
    const { message, damage } = received(frame("ping", payload), intact);
    if (message.type !== "damaged") throw new TypeError(`Expected a damaged message, got ${message.type}`);
    assertEquals([message.messageType, message.error.code, message.error.message], ["ping", code, text]);
    assertEquals(damage, text);
    assertInstanceOf(message.error, HandshakeError);
    if (intact) assertInstanceOf(message.error.cause, WireError);
  }
});

Deno.test("received() passes on an error that is not about the bytes", () => {
  const payload = new Uint8Array(8);
  payload.buffer.transfer();
  const error = assertThrows(() => received(frame("pong", payload), true), TypeError);
  assertStrictEquals(error instanceof WireError, false);
});
