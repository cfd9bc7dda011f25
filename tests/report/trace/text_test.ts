import { assertEquals } from "@std/assert";
import { ipAddress } from "../../../src/address/address.ts";
import type { TraceEvent } from "../../../src/net/trace.ts";
import { traceLines } from "../../../src/report/trace/text.ts";
import { hex } from "../../support/bytes.ts";

const PEER = ipAddress("2001:db8::7", 8333);
const lines = (event: TraceEvent) => traceLines(PEER, 7, event);

Deno.test("traceLines() says what happened, and when", () => {
  assertEquals(lines({ type: "connected", transport: "v1" }), ["[2001:db8::7]:8333 +7.0ms -- connected, v1 transport"]);
  assertEquals(lines({ type: "session", sessionId: "ab12" }), ["[2001:db8::7]:8333 +7.0ms -- v2 session ab12"]);
  assertEquals(lines({ type: "closed" }), ["[2001:db8::7]:8333 +7.0ms -- closed by peer"]);
  assertEquals(lines({ type: "ended", error: null }), ["[2001:db8::7]:8333 +7.0ms -- handshake succeeded"]);
  const answer = { outcome: "answered", messages: 2, entries: 461, wait: 7 } as const;
  assertEquals(lines({ type: "ended", error: null, answer }), [
    "[2001:db8::7]:8333 +7.0ms -- handshake succeeded; getaddr answered, entries 461, messages 2",
  ]);
  const error = { code: "timeout", phase: "verack", message: "no verack within 5 s" } as const;
  assertEquals(lines({ type: "ended", error }), [
    "[2001:db8::7]:8333 +7.0ms -- handshake failed: no verack within 5 s",
  ]);
});

Deno.test("traceLines() shows a message with its direction, its size and, below, its aligned fields", () => {
  const message = { type: "message", messageType: "sendcmpct", size: 9, damage: null } as const;
  const payload = hex("000200000000000000");
  assertEquals(lines({ ...message, direction: "received", payload }), [
    "[2001:db8::7]:8333 +7.0ms <- sendcmpct, 9 bytes",
    "    announce  0",
    "    version   2",
  ]);
  assertEquals(lines({ ...message, direction: "sent", messageType: "verack", size: 0, payload: new Uint8Array() }), [
    "[2001:db8::7]:8333 +7.0ms -> verack, 0 bytes",
  ]);
});

Deno.test("traceLines() says what is wrong with a message, and when its payload was not kept", () => {
  const message = { type: "message", direction: "received", messageType: "version" } as const;
  assertEquals(lines({ ...message, size: 4_000, payload: null, damage: null }).slice(1), ["    payload  not kept"]);
  assertEquals(lines({ ...message, size: 1, payload: null, damage: null }).slice(1), ["    payload  not kept"]);
  assertEquals(lines({ ...message, size: 0, payload: null, damage: null }).length, 1);
  assertEquals(lines({ ...message, size: 2, payload: hex("0100"), damage: "bad checksum" }).slice(1), [
    "    damaged    bad checksum",
    "    malformed  Cannot read protocolVersion: expected 4 bytes at offset 0, 2 of them are missing",
  ]);
});
