import { assertEquals, assertThrows } from "@std/assert";
import { TransportError } from "../../src/transport/errors.ts";
import { keepsPayload } from "../../src/transport/payload.ts";
import type { PayloadLimits } from "../../src/wire/messages.ts";

const LIMITS: PayloadLimits = (messageType) => {
  if (messageType === "strict") return { maxSize: 10, overlong: "malformed" };
  return messageType === "loose" ? { maxSize: 10, overlong: "ignored" } : undefined;
};

const keeps = (messageType: string, size: number) =>
  keepsPayload(messageType, size, LIMITS, { name: "header", verb: "announces" });

Deno.test("keepsPayload() keeps what is within the limit of its type, and nothing without one", () => {
  for (const messageType of ["strict", "loose"]) {
    assertEquals([0, 9, 10].map((size) => keeps(messageType, size)), [true, true, true], messageType);
  }
  assertEquals([11, 4_000_000].map((size) => keeps("loose", size)), [false, false]);
  assertEquals([0, 4_000_000].map((size) => keeps("inv", size)), [false, false]);
});

Deno.test("keepsPayload() refuses a message that must not be too long, and any that is longer than all may be", () => {
  const refused = [
    ["strict", 11, "malformed_message", "Expected a strict of at most 10 bytes, but its header announces 11"],
    ["strict", 4_000_000, "malformed_message", "but its header announces 4000000"],
    ...["strict", "loose", "inv"].map((messageType) =>
      [
        messageType,
        4_000_001,
        "oversized_message",
        `Expected a payload of at most 4000000 bytes, but the header of ${messageType} announces 4000001`,
      ] as const
    ),
  ] as const;
  for (const [messageType, size, code, text] of refused) {
    assertEquals(assertThrows(() => keeps(messageType, size), TransportError, text).code, code);
  }
});
