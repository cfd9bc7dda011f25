import { assertEquals } from "@std/assert";
import { canonicalIp, formatSocketAddress, networkOf, whyUndialable } from "../../src/net/address.ts";

Deno.test("canonicalIp() gives one text for all ways to write an address", () => {
  assertEquals(canonicalIp("2001:DB8:0:0:0:0:0:1"), "2001:db8::1");
  assertEquals(canonicalIp("::ffff:192.0.2.1"), "192.0.2.1");
  assertEquals(canonicalIp("192.0.2.1"), "192.0.2.1");
  assertEquals(canonicalIp("seed.example"), undefined);
});

Deno.test("networkOf() and formatSocketAddress() tell IPv6 by its colons", () => {
  assertEquals([networkOf("192.0.2.1"), networkOf("2001:db8::1")], ["ipv4", "ipv6"]);
  assertEquals(formatSocketAddress({ ip: "192.0.2.1", port: 8333 }), "192.0.2.1:8333");
  assertEquals(formatSocketAddress({ ip: "2001:db8::1", port: 8333 }), "[2001:db8::1]:8333");
});

Deno.test("whyUndialable() names the addresses that no node can have, and no other", () => {
  const undialable = {
    "0.0.0.0": "an unspecified address",
    "0.1.2.3": "an unspecified address",
    "::": "an unspecified address",
    "224.0.0.0": "a multicast address",
    "239.255.255.255": "a multicast address",
    "ff00::": "a multicast address",
    "ff02::1": "a multicast address",
    "255.255.255.255": "the broadcast address",
    "::ffff:224.0.0.1": "a multicast address",
    "seed.example": "no IP address",
    "1.2.3": "no IP address",
    "::x": "no IP address",
  };
  for (const [ip, reason] of Object.entries(undialable)) assertEquals(whyUndialable(ip), reason, ip);
  for (const ip of ["1.0.0.0", "127.0.0.1", "223.255.255.255", "240.0.0.1", "::1", "fe80::1", "fdff::1"]) {
    assertEquals(whyUndialable(ip), undefined, ip);
  }
});
