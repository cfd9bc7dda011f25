import { assertEquals } from "@std/assert";
import { auditedPeer } from "../../src/audit/peer.ts";
import { versionMessage } from "../support/messages.ts";
import { auditedPeerOf, failedPeerResultOf, peerResultOf } from "../support/results.ts";

Deno.test("auditedPeer() keeps of a result what a seed is judged by, and nothing else", () => {
  const error = { code: "timeout", phase: "connect" } as const;
  assertEquals(auditedPeer(peerResultOf()), auditedPeerOf({ userAgent: "/test:1.0/" }));
  assertEquals(auditedPeer(failedPeerResultOf()), {
    ...{ network: "ipv4", error, services: 0n, userAgent: "", startHeight: null },
    ...{ connectTime: null, handshakeTime: 83.35 },
  });
});

Deno.test("auditedPeer() keeps that there was no route", () => {
  const error = { code: "host_unreachable", phase: "connect", noRoute: true } as const;
  assertEquals(
    auditedPeer(failedPeerResultOf("timeout", "connect", { error: { ...error, message: "no" } })).error,
    error,
  );
});

Deno.test("auditedPeer() has empty values for what an old peer did not say, and escapes its user agent", () => {
  const old = auditedPeer(peerResultOf({ version: versionMessage({ userAgent: null, startHeight: null }) }));
  assertEquals([old.userAgent, old.startHeight], ["", null]);
  const strange = auditedPeer(peerResultOf({ version: versionMessage({ userAgent: Uint8Array.of(0x1b, 0x5c) }) }));
  assertEquals(strange.userAgent, "\\x1b\\\\");
});
