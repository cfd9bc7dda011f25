import { assertEquals } from "@std/assert";
import { RouteCheck } from "../../src/cli/route_check.ts";
import type { PeerResult } from "../../src/scan/result.ts";
import { auditResultOf, failedPeerResultOf, peerResultOf } from "../support/results.ts";

/** A peer on a network, to which there may be no route. */
function peer(host: string, network: "ipv4" | "ipv6", noRoute: boolean): PeerResult {
  const result = failedPeerResultOf("host_unreachable", "connect");
  const { outcome } = result;
  const error = outcome.error === null ? null : { ...outcome.error, ...noRoute ? { noRoute } : {} };
  return { ...result, address: { network, host, port: 8333 }, outcome: { ...outcome, error } };
}

function warningOf(...results: Parameters<RouteCheck["add"]>[0][]): string | null {
  const check = new RouteCheck();
  for (const result of results) check.add(result);
  return check.warning;
}

const ONION = {
  network: "onion",
  host: "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion",
  port: 8333,
} as const;

const UNTRIED = Array.from({ length: 5 }, (_, i) => peer(`2001:db8::${i}`, "ipv6", true));

Deno.test("RouteCheck warns if there is no route to any address of a family", () => {
  assertEquals(
    warningOf(...UNTRIED, peerResultOf(), { ...peerResultOf(), address: ONION }, auditResultOf()),
    "this machine has no IPv6: none of 5 addresses could be tried, so nothing is known of them; -4 leaves them out",
  );
  const ipv4 = Array.from({ length: 7 }, (_, i) => peer(`192.0.2.${i}`, "ipv4", true));
  assertEquals(
    warningOf(...ipv4),
    "this machine has no IPv4: none of 7 addresses could be tried, so nothing is known of them; -6 leaves them out",
  );
});

Deno.test("RouteCheck is silent about a few addresses, and if one of them could be tried", () => {
  assertEquals(warningOf(...UNTRIED.slice(1)), null);
  assertEquals(warningOf(...UNTRIED, peer("2001:db8::9", "ipv6", false)), null);
  const ipv4 = Array.from({ length: 5 }, (_, i) => peer(`192.0.2.${i}`, "ipv4", i > 0));
  assertEquals(warningOf(...ipv4), null);
  assertEquals(warningOf(), null);
});
