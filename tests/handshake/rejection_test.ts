import { assertEquals } from "@std/assert";
import { HandshakeError } from "../../src/handshake/errors.ts";
import { rejectionIn } from "../../src/handshake/rejection.ts";
import { ascii } from "../support/bytes.ts";
import { otherMessage, rejectMessage, versionMessage } from "../support/messages.ts";

const damaged = (messageType: string, error: HandshakeError) => ({ type: "damaged", messageType, error } as const);

Deno.test("rejectionIn() gives the words of a reject, escaped", () => {
  const words = (message: Parameters<typeof rejectionIn>[0]) => {
    const rejection = rejectionIn(message);
    return [rejection?.code, rejection?.message];
  };
  assertEquals(words(rejectMessage()), [
    "rejected",
    'Expected a handshake, but the peer rejected our version and closed the connection: 0x11 obsolete, "too old"',
  ]);
  assertEquals(words(rejectMessage({ message: ascii("\x1b"), ccode: 0x99, reason: ascii("\n") })), [
    "rejected",
    String.raw`Expected a handshake, but the peer rejected our \x1b and closed the connection: 0x99, "\x0a"`,
  ]);
  assertEquals(words(rejectMessage({ message: new Uint8Array() })), [
    "rejected",
    'Expected a handshake, but the peer rejected our message and closed the connection: 0x11 obsolete, "too old"',
  ]);
});

Deno.test("rejectionIn() accepts an unreadable reject, and says why it is unreadable", () => {
  const malformed = new HandshakeError("malformed_message", "Cannot read reject.ccode");
  for (
    const [message, why] of [
      [damaged("reject", malformed), "Cannot read reject.ccode"],
      [otherMessage("reject"), "its payload is too long"],
    ] as const
  ) {
    assertEquals(
      rejectionIn(message)?.message,
      `Expected a handshake, but the peer sent an unreadable reject and closed the connection: ${why}`,
    );
  }
});

Deno.test("rejectionIn() returns nothing for any other message, or a reject with a wrong checksum", () => {
  for (
    const message of [
      versionMessage(),
      { type: "verack" } as const,
      otherMessage("inv"),
      damaged("reject", new HandshakeError("bad_checksum", "wrong")),
      damaged("ping", new HandshakeError("malformed_message", "wrong")),
    ]
  ) assertEquals(rejectionIn(message), null);
});
