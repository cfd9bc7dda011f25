import { assertEquals, assertThrows } from "@std/assert";
import { AddressError } from "../../src/address/errors.ts";
import { type Host, hostBytes, hostOf, ipHost, isLinkLocal, parseHost, zoneOf } from "../../src/address/host.ts";
import type { Network } from "../../src/address/network.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";
import { hex } from "../support/bytes.ts";

Deno.test("parseHost() gives one text for all ways to write an address, and its network", () => {
  const cases: readonly (readonly [text: string, network: Network, host: string])[] = [
    ["192.0.2.1", "ipv4", "192.0.2.1"],
    ["::ffff:192.0.2.1", "ipv4", "192.0.2.1"],
    ["::FFFF:c000:201", "ipv4", "192.0.2.1"],
    ["2001:DB8:0:0:0:0:0:1", "ipv6", "2001:db8::1"],
    ["fc00::1", "ipv6", "fc00::1"],
    ["FE80:0::1%eth0", "ipv6", "fe80::1%eth0"],
    [
      "PG6MMJIYJMCRSSLVYKFWNNTLARU7P5SVN6Y2YMMJU6NUBXNDF4PSCRYD.ONION",
      "onion",
      "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion",
    ],
    [
      "UDHDrtrcetjm5sxzskjyr5ztpeszydbh4dpl3pl4utgqqw2v4jna.b32.I2P",
      "i2p",
      "udhdrtrcetjm5sxzskjyr5ztpeszydbh4dpl3pl4utgqqw2v4jna.b32.i2p",
    ],
  ];
  for (const [text, network, host] of cases) assertEquals(parseHost(text), { network, host }, text);
});

Deno.test("parseHost() reads no name, no port and no bracket", () => {
  const strange = [
    "seed.example",
    "localhost",
    "example.i2p",
    "1.2.3",
    "1.2.3.4.",
    "[::1]",
    "1.2.3.4:8333",
    "",
    "eth0%1",
  ];
  for (const text of strange) assertEquals(parseHost(text), undefined, text);
});

Deno.test("parseHost() takes fc00::/8 for CJDNS if asked to, and nothing else", () => {
  const networks = ["fc00::", "fcff:ffff::1", "fbff::1", "fd00::1", "::ffff:1.2.3.4", "1.2.3.4"].map((text) =>
    parseHost(text, { cjdns: true })?.network
  );
  assertEquals(networks, ["cjdns", "cjdns", "ipv6", "ipv6", "ipv4", "ipv4"]);
});

Deno.test("parseHost() keeps the zone of a link-local address, a name or a number, in the case it has", () => {
  const texts = [
    "fe80::1%1",
    "fe80::1%enp0s31f6",
    "febf:ffff::%br-lan",
    "fe80::1%wlan0.5",
    "fe80::1%Eth0",
    `fe80::1%${"a".repeat(15)}`,
  ];
  for (const text of texts) assertEquals(parseHost(text), { network: "ipv6", host: text }, text);
});

Deno.test("parseHost() says that only a link-local address has a zone", () => {
  for (const text of ["2001:db8::1%eth0", "::1%lo", "fec0::1%1", "fe7f::1%1", "1.2.3.4%eth0", "::ffff:1.2.3.4%1"]) {
    assertThrows(() => parseHost(text), AddressError, "only a link-local address (fe80::/10) can have a zone", text);
  }
});

Deno.test("parseHost() says what a zone is", () => {
  const zones = ["", "a b", "a/b", "eth0%1", "e\0", "é", "a".repeat(16), "eth0:8333", "eth0]"];
  for (const zone of zones) {
    assertThrows(() => parseHost(`fe80::1%${zone}`), AddressError, "1 to 15 characters, as in fe80::1%eth0", zone);
  }
});

Deno.test("parseHost() says what is wrong with an onion or I2P name", () => {
  assertThrows(() => parseHost("example.onion"), AddressError, "56 characters");
  assertThrows(() => parseHost("example.b32.i2p"), AddressError, "52 characters");
});

Deno.test("hostBytes() and hostOf() are each other's inverse, except for the zone", () => {
  for (const { network, host } of ONE_OF_EACH) {
    const bytes = hostBytes({ network, host });
    assertEquals(bytes.length, network === "onion" || network === "i2p" ? 32 : 16);
    assertEquals(hostOf(network, bytes), { network, host: host.replace(/%.*/, "") });
  }
});

Deno.test("hostBytes() refuses a text that is of another network", () => {
  const wrong: readonly Host[] = [
    { network: "ipv4", host: "::1" },
    { network: "ipv6", host: "1.2.3.4" },
    { network: "ipv6", host: "seed.example" },
    { network: "cjdns", host: "example" },
    { network: "onion", host: "1.2.3.4" },
    { network: "onion", host: "ukeu3k5oycgaauneqgtnvselmt4yemvoilkln7jpvamvfx7dnkdq.b32.i2p" },
    { network: "i2p", host: "fc00::1" },
    { network: "i2p", host: "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion" },
  ];
  for (const host of wrong) {
    assertThrows(() => hostBytes(host), AddressError, `${host.host} is not a valid ${host.network} address`);
  }
});

Deno.test("ipHost() tells IPv4 by its prefix", () => {
  assertEquals(ipHost(hex("00000000000000000000ffff01020304")), { network: "ipv4", host: "1.2.3.4" });
  assertEquals(ipHost(hex("00000000000000000000fffe01020304")), { network: "ipv6", host: "::fffe:102:304" });
});

Deno.test("isLinkLocal() is true of fe80::/10 and nothing else", () => {
  const bytes = (ip: string) => hostBytes({ network: "ipv6", host: ip });
  assertEquals(["fe80::", "fe80::1", "febf:ffff::"].map((ip) => isLinkLocal(bytes(ip))), [true, true, true]);
  assertEquals(["fe7f:ffff::", "fec0::", "ff80::", "::fe80"].map((ip) => isLinkLocal(bytes(ip))), [
    false,
    false,
    false,
    false,
  ]);
});

Deno.test("zoneOf() is what is after the percent sign", () => {
  assertEquals(["fe80::1%eth0", "fe80::1%1", "fe80::1"].map(zoneOf), ["eth0", "1", undefined]);
});
