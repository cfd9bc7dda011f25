import { assertEquals } from "@std/assert";
import { networksWithoutRoute } from "../../src/audit/routes.ts";
import type { PeerRecord } from "../../src/scan/record.ts";
import { failedPeerOf, peerOf } from "../support/records.ts";

const ipv6 = (peer: PeerRecord): PeerRecord => ({ ...peer, network: "ipv6" });

const UNREACHABLE = failedPeerOf("host_unreachable");

Deno.test("networksWithoutRoute() are the families of which every address is unreachable", () => {
  assertEquals(networksWithoutRoute([peerOf(), ipv6(UNREACHABLE), ipv6(UNREACHABLE)]), new Set(["ipv6"]));
  assertEquals(networksWithoutRoute([UNREACHABLE, ipv6(UNREACHABLE)]), new Set(["ipv4", "ipv6"]));
  assertEquals(networksWithoutRoute([]), new Set());
});

Deno.test("networksWithoutRoute() takes any other end of a connect for a sign that there is a way", () => {
  for (const code of ["timeout", "connection_refused", "connection_reset"] as const) {
    assertEquals(networksWithoutRoute([ipv6(UNREACHABLE), ipv6(failedPeerOf(code))]), new Set(), code);
  }
  assertEquals(networksWithoutRoute([ipv6(UNREACHABLE), ipv6(peerOf())]), new Set());
  const error = { code: "host_unreachable", phase: "version", message: "no route to host" } as const;
  assertEquals(networksWithoutRoute([ipv6({ ...UNREACHABLE, error })]), new Set());
});
