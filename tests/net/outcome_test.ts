import { assertEquals } from "@std/assert";
import { outcomeOf } from "../../src/net/outcome.ts";

Deno.test("outcomeOf() says nothing of a peer to which there was no connection but how long that took", () => {
  const error = { code: "connection_refused", phase: "connect", message: "connection refused" } as const;
  const ended = {
    transport: "v2",
    session: null,
    pump: null,
    startedAt: 100,
    connectedAt: null,
    endedAt: 130,
  } as const;
  assertEquals(outcomeOf(error, ended), {
    error,
    transport: "v2",
    sessionId: null,
    v2Fallback: false,
    version: null,
    timeOffset: null,
    verack: false,
    messageTypes: [],
    connectTime: null,
    handshakeTime: 30,
    bytesSent: 0,
    bytesReceived: 0,
  });
  const { connectTime, handshakeTime } = outcomeOf(error, { ...ended, connectedAt: 120 });
  assertEquals([connectTime, handshakeTime], [20, 30]);
});
