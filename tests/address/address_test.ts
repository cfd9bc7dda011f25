import { assertEquals, assertThrows } from "@std/assert";
import { type Address, formatAddress, parseAddress } from "../../src/address/address.ts";
import { AddressError } from "../../src/address/errors.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";

Deno.test("formatAddress() puts a host with colons in brackets, and the port last", () => {
  assertEquals(ONE_OF_EACH.map(formatAddress), [
    "192.0.2.1:8333",
    "[2001:db8::1]:18333",
    "[fe80::1%eth0]:8333",
    "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion:65535",
    "ukeu3k5oycgaauneqgtnvselmt4yemvoilkln7jpvamvfx7dnkdq.b32.i2p:0",
    "[fc00:1:2:3:4:5:6:7]:8333",
  ]);
});

Deno.test("parseAddress() reads what formatAddress() writes", () => {
  for (const address of ONE_OF_EACH) assertEquals(parseAddress(formatAddress(address), { cjdns: true }), address);
});

Deno.test("parseAddress() reads other ways to write the host, and gives the canonical one", () => {
  const cases: readonly (readonly [text: string, address: Address])[] = [
    ["[::ffff:1.2.3.4]:8333", { network: "ipv4", host: "1.2.3.4", port: 8333 }],
    ["[2001:DB8::0]:0", { network: "ipv6", host: "2001:db8::", port: 0 }],
    ["[fc00::1]:1", { network: "ipv6", host: "fc00::1", port: 1 }],
  ];
  for (const [text, address] of cases) assertEquals(parseAddress(text), address, text);
});

Deno.test("parseAddress() reads nothing else", () => {
  const strange = ["1.2.3.4", "1.2.3.4:", "1.2.3.4:65536", "1.2.3.4:+1", "1.2.3.4:123456", "[1.2.3.4]:1", "::1:8333"];
  for (
    const text of [...strange, "[::1]", "[::1]:", "x[::1]:1", "[[::1]]:1", "seed.example:8333", ":1", "1.2.3.4:1 "]
  ) {
    assertEquals(parseAddress(text), undefined, text);
  }
  assertThrows(() => parseAddress("example.onion:8333"), AddressError, "56 characters");
});
