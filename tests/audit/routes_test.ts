import { assertEquals } from "@std/assert";
import { networksWithoutRoute } from "../../src/audit/routes.ts";
import type { AuditedPeer } from "../../src/audit/peer.ts";
import { auditedPeerOf, failedAuditedPeerOf } from "../support/results.ts";

const ipv6 = (peer: AuditedPeer): AuditedPeer => ({ ...peer, network: "ipv6" });

const UNREACHABLE = failedAuditedPeerOf("host_unreachable");

Deno.test("networksWithoutRoute() are the families of which every address is unreachable", () => {
  assertEquals(networksWithoutRoute([auditedPeerOf(), ipv6(UNREACHABLE), ipv6(UNREACHABLE)]), new Set(["ipv6"]));
  assertEquals(networksWithoutRoute([UNREACHABLE, ipv6(UNREACHABLE)]), new Set(["ipv4", "ipv6"]));
  assertEquals(networksWithoutRoute([]), new Set());
});

Deno.test("networksWithoutRoute() takes any other end of a connect for a sign that there is a way", () => {
  for (const code of ["timeout", "connection_refused", "connection_reset"] as const) {
    assertEquals(networksWithoutRoute([ipv6(UNREACHABLE), ipv6(failedAuditedPeerOf(code))]), new Set(), code);
  }
  assertEquals(networksWithoutRoute([ipv6(UNREACHABLE), ipv6(auditedPeerOf())]), new Set());
  const error = { code: "host_unreachable", phase: "version" } as const;
  assertEquals(networksWithoutRoute([ipv6({ ...UNREACHABLE, error })]), new Set());
});
