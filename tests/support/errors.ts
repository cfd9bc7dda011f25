import { assertEquals, assertThrows } from "@std/assert";
import { HandshakeError } from "../../src/handshake/errors.ts";
import { TransportError } from "../../src/transport/errors.ts";
import { WireError, type WireErrorCode } from "../../src/wire/errors.ts";

/** Asserts that `fn` throws a {@linkcode WireError} with the code, and with `includes` in its message. */
export function assertWireError(fn: () => unknown, code: WireErrorCode, includes?: string, msg?: string): void {
  assertEquals(assertThrows(fn, WireError, includes, msg).code, code, msg);
}

/** The code of a {@linkcode TransportError} or {@linkcode HandshakeError}; anything else is thrown again. */
export function codeOf(error: unknown): string {
  if (error instanceof TransportError || error instanceof HandshakeError) return error.code;
  throw error;
}
