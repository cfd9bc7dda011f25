import { assertEquals, assertThrows } from "@std/assert";
import { HandshakeError } from "../../src/handshake/errors.ts";
import { BoundedInput } from "../../src/session/bounded_input.ts";
import { V1Transport } from "../../src/transport/v1.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { chunks, concat } from "../support/bytes.ts";
import { v1Message } from "../support/v1.ts";

const MESSAGES = ["a", "b", "c"].map((type) => v1Message(type, new Uint8Array(10)));
const STREAM = concat(...MESSAGES);

/** The types of the messages that come of these bytes, and the error that ends them. */
function read(input: BoundedInput, bytes: Uint8Array): string[] {
  input.receive(bytes);
  const read: string[] = [];
  try {
    for (let frame; (frame = input.takeFrame()) !== null;) read.push(frame.messageType);
  } catch (error) {
    read.push(error instanceof HandshakeError ? error.code : "another error");
  }
  return read;
}

Deno.test("BoundedInput passes bytes within the limit, and fails at the first byte beyond, however they are split", () => {
  for (const [bound, within] of [[102, ["a", "b", "c"]], [101, ["a", "b"]], [34, ["a"]], [33, []], [0, []]] as const) {
    for (const size of [1, 7, 34, 200]) {
      const input = new BoundedInput(new V1Transport(MAINNET), bound);
      const came = chunks(STREAM, size).flatMap((part) => read(input, part));
      const flood = bound < STREAM.length ? ["message_flood"] : [];
      assertEquals(came.slice(0, within.length + 1), [...within, ...flood], `${bound} in parts of ${size}`);
      assertThrows(() => (input.receive(Uint8Array.of(0)), input.takeFrame()), HandshakeError, `within ${bound} bytes`);
    }
  }
});

Deno.test("BoundedInput passes bytes beyond a limit that was lifted before they were checked", () => {
  for (const bound of [34, 50, 68]) {
    const input = new BoundedInput(new V1Transport(MAINNET), bound);
    input.receive(STREAM);
    assertEquals(input.takeFrame()?.messageType, "a");
    input.lift();
    assertEquals(["b", "c", undefined].map(() => input.takeFrame()?.messageType), ["b", "c", undefined]);
    assertEquals(read(input, STREAM), ["a", "b", "c"]);
  }
});
