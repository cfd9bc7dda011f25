import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { netgroup, whyUnroutable } from "../../src/audit/routable.ts";
import { canonicalIp } from "../../src/net/address.ts";

/** The first and the last address of every block that is not routable, the RFC that says so, and its neighbours that are. */
const BLOCKS: readonly (readonly [first: string, last: string, rfc: string, ...neighbours: string[]])[] = [
  ["0.0.0.0", "0.255.255.255", "1122", "1.0.0.0"],
  ["10.0.0.0", "10.255.255.255", "1918", "9.255.255.255", "11.0.0.0"],
  ["100.64.0.0", "100.127.255.255", "6598", "100.63.255.255", "100.128.0.0"],
  ["127.0.0.0", "127.255.255.255", "1122", "126.255.255.255", "128.0.0.0"],
  ["169.254.0.0", "169.254.255.255", "3927", "169.253.255.255", "169.255.0.0"],
  ["172.16.0.0", "172.31.255.255", "1918", "172.15.255.255", "172.32.0.0"],
  ["192.0.2.0", "192.0.2.255", "5737", "192.0.1.255", "192.0.3.0"],
  ["192.168.0.0", "192.168.255.255", "1918", "192.167.255.255", "192.169.0.0"],
  ["198.18.0.0", "198.19.255.255", "2544", "198.17.255.255", "198.20.0.0"],
  ["198.51.100.0", "198.51.100.255", "5737", "198.51.99.255", "198.51.101.0"],
  ["203.0.113.0", "203.0.113.255", "5737", "203.0.112.255", "203.0.114.0"],
  ["224.0.0.0", "239.255.255.255", "5771", "223.255.255.255", "240.0.0.0"],
  ["255.255.255.255", "255.255.255.255", "919", "255.255.255.254"],
  ["::", "::", "4291"],
  ["::1", "::1", "4291", "::2"],
  ["2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff", "4843", "2001:f:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff", "7343", "2001:30::"],
  ["2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "3849", "2001:db7:ffff::", "2001:db9::"],
  ["fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "4193", "fbff:ffff::", "fe00::"],
  ["fe80::", "fe80::ffff:ffff:ffff:ffff", "4862", "fe7f:ffff::", "fe80:0:0:1::"],
  ["ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "4291", "feff:ffff::"],
];

for (const [first, last, rfc, ...neighbours] of BLOCKS) {
  Deno.test(`whyUnroutable() knows ${first} to ${last} of RFC ${rfc}, and no address beside them`, () => {
    for (const ip of [first, last]) assertStringIncludes(whyUnroutable(ip) ?? "", `RFC ${rfc}`, ip);
    for (const ip of neighbours) assertEquals(whyUnroutable(ip), undefined, ip);
  });
}

Deno.test("whyUnroutable() takes an IPv4-mapped address for IPv4, as the resolver's answers are read", () => {
  assertEquals(whyUnroutable(canonicalIp("::ffff:10.0.0.1") ?? ""), "for private use, RFC 1918");
  assertEquals(whyUnroutable("seed.example"), "no IP address");
});

Deno.test("netgroup() is the /16 of an IPv4 address and the /32 of an IPv6 one", () => {
  const cases = [
    ["203.0.113.7", "203.0.0.0/16"],
    ["203.1.0.0", "203.1.0.0/16"],
    ["0.0.0.0", "0.0.0.0/16"],
    ["2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db8::/32"],
    ["2001:db9::", "2001:db9::/32"],
    ["::1", "::/32"],
  ] as const;
  for (const [ip, group] of cases) assertEquals(netgroup(ip), group, ip);
  assertThrows(() => netgroup("seed.example"), TypeError, '"seed.example"');
});
