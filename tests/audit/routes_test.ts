import { assertEquals } from "@std/assert";
import type { AuditedPeer } from "../../src/audit/peer.ts";
import { hasRoute, networksWithoutRoute } from "../../src/audit/routes.ts";
import { auditedPeerOf, failedAuditedPeerOf } from "../support/results.ts";

const SUCCESS = auditedPeerOf();
const UNREACHABLE = failedAuditedPeerOf("host_unreachable");
const NO_ROUTE = failedAuditedPeerOf("host_unreachable", {
  error: { code: "host_unreachable", phase: "connect", noRoute: true },
});

/** The families without a route when the IPv4 and the IPv6 addresses end so. */
function without(ipv4: readonly AuditedPeer[], ipv6: readonly AuditedPeer[]): string[] {
  const peers = new Map([
    ...ipv4.map((peer, i) => [`30.1.0.${i + 1}`, peer] as const),
    ...ipv6.map((peer, i) => [`3fff::${i + 1}`, { ...peer, network: "ipv6" } as const] as const),
  ]);
  return [...networksWithoutRoute(peers)];
}

Deno.test("networksWithoutRoute() takes the operating system's word that there is no route, of one address even", () => {
  assertEquals(without([SUCCESS], [NO_ROUTE]), ["ipv6"]);
  assertEquals(without([NO_ROUTE, NO_ROUTE], [NO_ROUTE]), ["ipv4", "ipv6"]);
  assertEquals(without([SUCCESS], [NO_ROUTE, UNREACHABLE]), ["ipv6"]);
  assertEquals(without([], []), []);
});

Deno.test("networksWithoutRoute() takes a few addresses that a router calls unreachable for dead, and many for no route", () => {
  assertEquals(without([SUCCESS], [UNREACHABLE]), []);
  assertEquals(without([SUCCESS], new Array(4).fill(UNREACHABLE)), []);
  assertEquals(without([SUCCESS], new Array(5).fill(UNREACHABLE)), ["ipv6"]);
});

Deno.test("networksWithoutRoute() takes any other end of a connect for a sign that there is a route", () => {
  for (const code of ["timeout", "connection_refused", "connection_reset"] as const) {
    assertEquals(without([], [NO_ROUTE, failedAuditedPeerOf(code)]), [], code);
  }
  assertEquals(without([], [...new Array(9).fill(UNREACHABLE), SUCCESS]), []);
  assertEquals(
    without([], [{ ...NO_ROUTE, error: { code: "host_unreachable", phase: "version", noRoute: true } }]),
    [],
  );
});

Deno.test("networksWithoutRoute() counts a family out if our own proxy failed for all of it", () => {
  const stopped = [failedAuditedPeerOf("proxy_unreachable"), failedAuditedPeerOf("proxy_refused")];
  assertEquals(without(stopped, [SUCCESS]), ["ipv4"]);
  assertEquals(without(stopped.slice(1), [SUCCESS]), ["ipv4"]);
  assertEquals(without([...stopped, SUCCESS], [SUCCESS]), []);
  assertEquals(without([...stopped, NO_ROUTE], []), []);
  assertEquals(without([failedAuditedPeerOf("proxy_failure")], []), []);
  assertEquals(networksWithoutRoute(new Map([["seed.example", { ...NO_ROUTE, network: null }]])), new Set());
});

Deno.test("hasRoute() takes for no route what our own proxy did not try, and the families that have none", () => {
  const noRoute = new Set(["ipv4"] as const);
  const peers = [SUCCESS, UNREACHABLE, failedAuditedPeerOf("proxy_refused"), { ...SUCCESS, network: null }];
  assertEquals(peers.map((peer) => hasRoute(peer, new Set())), [true, true, false, true]);
  assertEquals(peers.map((peer) => hasRoute(peer, noRoute)), [false, false, false, true]);
});

Deno.test("networksWithoutRoute() ignores addresses that nobody can dial", () => {
  const undialable = ["0.0.0.0", "255.255.255.255", "224.0.0.1", "224.0.0.2", "224.0.0.3"];
  assertEquals(networksWithoutRoute(new Map(undialable.map((host) => [host, UNREACHABLE]))), new Set());
  assertEquals(networksWithoutRoute(new Map([["0.0.0.0", UNREACHABLE], ["30.1.0.1", NO_ROUTE]])), new Set(["ipv4"]));
});
