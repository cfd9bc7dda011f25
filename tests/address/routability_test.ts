import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { AddressError } from "../../src/address/errors.ts";
import { type Host, parseHost } from "../../src/address/host.ts";
import { formatI2p } from "../../src/address/i2p.ts";
import { MAX_KEY_SIZE, writeKey } from "../../src/address/key.ts";
import { formatOnion } from "../../src/address/onion.ts";
import { whyKeyUnroutable, whyUndialable, whyUnroutable } from "../../src/address/routability.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";

function hostOf(text: string): Host {
  const host = parseHost(text);
  assert(host, text);
  return host;
}

/** The first and the last address of every block that is not routable, the RFC that says so, and its neighbours that are. */
const BLOCKS: readonly (readonly [first: string, last: string, rfc: string, ...neighbours: string[]])[] = [
  ["0.0.0.0", "0.255.255.255", "1122", "1.0.0.0"],
  ["10.0.0.0", "10.255.255.255", "1918", "9.255.255.255", "11.0.0.0"],
  ["100.64.0.0", "100.127.255.255", "6598", "100.63.255.255", "100.128.0.0"],
  ["127.0.0.0", "127.255.255.255", "1122", "126.255.255.255", "128.0.0.0"],
  ["169.254.0.0", "169.254.255.255", "3927", "169.253.255.255", "169.255.0.0"],
  ["172.16.0.0", "172.31.255.255", "1918", "172.15.255.255", "172.32.0.0"],
  ["192.0.0.0", "192.0.0.255", "6890", "191.255.255.255", "192.0.1.0"],
  ["192.0.2.0", "192.0.2.255", "5737", "192.0.1.255", "192.0.3.0"],
  ["192.168.0.0", "192.168.255.255", "1918", "192.167.255.255", "192.169.0.0"],
  ["198.18.0.0", "198.19.255.255", "2544", "198.17.255.255", "198.20.0.0"],
  ["198.51.100.0", "198.51.100.255", "5737", "198.51.99.255", "198.51.101.0"],
  ["203.0.113.0", "203.0.113.255", "5737", "203.0.112.255", "203.0.114.0"],
  ["224.0.0.0", "239.255.255.255", "5771", "223.255.255.255"],
  ["240.0.0.0", "255.255.255.254", "1112"],
  ["255.255.255.255", "255.255.255.255", "919"],
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
  Deno.test(`whyUnroutable() knows ${first} to ${last} of RFC ${rfc}, and not their neighbours`, () => {
    for (const ip of [first, last]) assertStringIncludes(whyUnroutable(hostOf(ip)) ?? "", `RFC ${rfc}`, ip);
    for (const ip of neighbours) assertEquals(whyUnroutable(hostOf(ip)), undefined, ip);
  });
}

Deno.test("whyUnroutable() treats an IPv4-mapped address as IPv4, and ignores a zone", () => {
  assertEquals(whyUnroutable(hostOf("::ffff:10.0.0.1")), "for private use, RFC 1918");
  assertEquals(whyUnroutable(hostOf("fe80::1%eth0")), "link-local, RFC 4862");
});

Deno.test("whyUnroutable() looks at the IPv4 address within 6to4, NAT64, SIIT and Teredo addresses", () => {
  const cases = [
    ["2002:a01:203::1", "6to4 (RFC 3056) for 10.1.2.3, which is for private use, RFC 1918"],
    ["64:ff9b::127.0.0.1", "NAT64 (RFC 6052) for 127.0.0.1, which is loopback, RFC 1122"],
    ["::ffff:0:192.168.1.1", "IPv4-translated (RFC 2765) for 192.168.1.1, which is for private use, RFC 1918"],
    // Of a Teredo address the client counts, and its bits are inverted; the server's 192.168.1.1 does not.
    ["2001:0:c0a8:101::f5fe:fdfc", "Teredo (RFC 4380) for 10.1.2.3, which is for private use, RFC 1918"],
    ["2001:0:c0a8:101::fefd:fcfb", undefined],
    ["2002:102:304::1", undefined],
    ["64:ff9b::1.2.3.4", undefined],
    ["::ffff:0:1.2.3.4", undefined],
  ] as const;
  for (const [ip, why] of cases) assertEquals(whyUnroutable(hostOf(ip)), why, ip);
});

Deno.test("whyUnroutable() finds every onion and I2P name routable, and CJDNS within fc00::/8", () => {
  for (const address of ONE_OF_EACH.filter(({ network }) => !network.startsWith("ip"))) {
    assertEquals(whyUnroutable(address), undefined, address.host);
  }
  // Bytes that as an IP address would be multicast.
  const multicast = new Uint8Array(32).fill(0xff);
  const names = [["onion", formatOnion(multicast)], ["i2p", formatI2p(multicast)]] as const;
  for (const [network, host] of names) assertEquals(whyUnroutable({ network, host }), undefined, host);
  for (const host of ["fd00::1", "2001:db8::1", "1.2.3.4"]) {
    assertEquals(whyUnroutable({ network: "cjdns", host }), "a CJDNS address outside fc00::/8", host);
  }
});

Deno.test("whyKeyUnroutable() says the same of a key at an offset", () => {
  const keys = new Uint8Array(5 + MAX_KEY_SIZE);
  for (const address of ONE_OF_EACH) {
    writeKey(address, keys, 5);
    assertEquals(whyKeyUnroutable(keys, 5), whyUnroutable(address));
  }
});

Deno.test("whyUnroutable() refuses an invalid host", () => {
  assertThrows(() => whyUnroutable({ network: "ipv6", host: "seed.example" }), AddressError, "seed.example");
});

Deno.test("whyUndialable() names the addresses that no node can have, and no other", () => {
  const undialable = {
    "0.0.0.0": "an unspecified address, which no node can have",
    "0.0.0.1": "an unspecified address, which no node can have",
    "0.255.255.255": "an unspecified address, which no node can have",
    "::": "an unspecified address, which no node can have",
    "255.255.255.255": "the broadcast address, which no node can have",
    "224.0.0.0": "a multicast address, which no node can have",
    "239.255.255.255": "a multicast address, which no node can have",
    "ff00::": "a multicast address, which no node can have",
    "ff02::1": "a multicast address, which no node can have",
    "ffff:ffff::": "a multicast address, which no node can have",
    "fc00::": "a CJDNS address, in fc00::/8",
    "fcff:ffff::1": "a CJDNS address, in fc00::/8",
  };
  for (const [ip, reason] of Object.entries(undialable)) assertEquals(whyUndialable(hostOf(ip)), reason, ip);
  const others = [
    "1.0.0.0",
    "127.0.0.1",
    "223.255.255.255",
    "240.0.0.0",
    "255.255.255.254",
    "::1",
    "::2",
    "fbff::1",
    "fd00::1",
    "feff::1",
  ];
  for (const ip of [...others, "10.1.2.3", "2001:db8::1", "64:ff9b::224.0.0.1"]) {
    assertEquals(whyUndialable(hostOf(ip)), undefined, ip);
  }
});

Deno.test("whyUndialable() refuses what a peer calls a CJDNS address and is none", () => {
  assertEquals(whyUndialable({ network: "cjdns", host: "fc00::1" }), undefined);
  for (const host of ["::", "0.0.0.0", "127.0.0.1", "ff02::1", "fbff::1", "fd00::1", "seed.example"]) {
    assertEquals(whyUndialable({ network: "cjdns", host }), "a CJDNS address outside fc00::/8", host);
  }
});

Deno.test("whyUndialable() refuses text that is not an address, which would be looked up", () => {
  for (const text of ["seed.example", "1.2.3", "", "::1"]) {
    assertEquals(whyUndialable({ network: "ipv4", host: text }), "not an ipv4 address", text);
  }
  for (const text of ["seed.example", "::x", "1.2.3.4", "%eth0"]) {
    assertEquals(whyUndialable({ network: "ipv6", host: text }), "not an ipv6 address", text);
  }
});

Deno.test("whyUndialable() asks for the zone of a link-local address", () => {
  for (const ip of ["fe80::1", "febf:ffff::"]) {
    assertStringIncludes(whyUndialable(hostOf(ip)) ?? "", `without a zone: add the network interface`, ip);
    assertStringIncludes(whyUndialable(hostOf(ip)) ?? "", `${ip}%eth0`, ip);
    assertEquals(whyUndialable(hostOf(`${ip}%eth0`)), undefined);
  }
});
