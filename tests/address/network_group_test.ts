import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { AddressError } from "../../src/address/errors.ts";
import { parseHost } from "../../src/address/host.ts";
import { formatNetworkGroup, networkGroup } from "../../src/address/network_group.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";

function group(ip: string): string {
  const host = parseHost(ip);
  assert(host);
  return formatNetworkGroup(networkGroup(host));
}

Deno.test("networkGroup() is the /16 of an IPv4 address and the /32 of an IPv6 one", () => {
  const cases = [
    ["203.0.113.7", "203.0.0.0/16"],
    ["203.1.0.0", "203.1.0.0/16"],
    ["0.0.0.0", "0.0.0.0/16"],
    ["255.255.255.255", "255.255.0.0/16"],
    ["127.0.0.1", "127.0.0.0/16"],
    ["2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db8::/32"],
    ["2001:db9::", "2001:db9::/32"],
    ["2001:470:abcd:9999:9999:9999:9999:9999", "2001:470::/32"],
    ["2001:2001:9999:9999:9999:9999:9999:9999", "2001:2001::/32"],
    ["::1", "::/32"],
    ["ffff:ffff::", "ffff:ffff::/32"],
    ["fe80::1%eth0", "fe80::/32"],
  ] as const;
  for (const [ip, expected] of cases) assertEquals(group(ip), expected, ip);
});

Deno.test("networkGroup() of a 6to4, NAT64, SIIT or Teredo address is that of the IPv4 address within", () => {
  // Source: Bitcoin Core's `netbase_tests.cpp` (`netbase_getgroup`).
  const same = [
    "1.2.3.4",
    "::ffff:0:102:304",
    "64:ff9b::102:304",
    "2002:102:304:9999:9999:9999:9999:9999",
    "2001:0:9999:9999:9999:9999:fefd:fcfb",
  ];
  for (const ip of same) assertEquals(group(ip), "1.2.0.0/16", ip);
  assertEquals(group("64:ff9b::10.1.2.3"), "10.1.0.0/16");
});

Deno.test("networkGroup() is one for all of an overlay network, and another for each", () => {
  const onion = { network: "onion", host: "kpgvmscirrdqpekbqjsvw5teanhatztpp2gl6eee4zkowvwfxwenqaid.onion" } as const;
  const overlays = ONE_OF_EACH.filter(({ network }) => !network.startsWith("ip"));
  assertEquals(overlays.map((address) => formatNetworkGroup(networkGroup(address))), ["onion", "i2p", "cjdns"]);
  assertEquals(formatNetworkGroup(networkGroup(onion)), "onion");
  // In the numbers, 1.2.0.0/16 is not 102::/32.
  assertNotEquals(group("1.2.0.0"), group("102::"));
});

Deno.test("networkGroup() refuses an invalid host", () => {
  assertThrows(() => networkGroup({ network: "ipv4", host: "seed.example" }), AddressError, "seed.example");
});

Deno.test("networkGroup() is an integer from 0 to 2^34 - 1", () => {
  const last = { network: "ipv4", host: "255.255.255.255", port: 1 } as const;
  for (const address of [...ONE_OF_EACH, last]) {
    const group = networkGroup(address);
    assert(Number.isInteger(group) && group >= 0 && group < 2 ** 34, `${address.host}: ${group}`);
  }
});

Deno.test("formatNetworkGroup() names no network where there is none", () => {
  assertEquals(formatNetworkGroup(2 ** 33), "none");
});
