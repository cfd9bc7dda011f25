import { assert, assertEquals, assertThrows } from "@std/assert";
import { formatAddress, parseAddress } from "../../src/address/address.ts";
import { Exclusions } from "../../src/crawl/exclusions.ts";
import { TargetError } from "../../src/scan/target.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";

/** Which of the addresses are on the list. */
function excluded(written: readonly string[], addresses: readonly string[]): string[] {
  const exclusions = new Exclusions(written);
  return addresses.filter((text) => {
    const address = parseAddress(text, { cjdns: true });
    assert(address !== undefined, text);
    return exclusions.has(address);
  });
}

Deno.test("Exclusions has nothing on an empty list", () => {
  const exclusions = new Exclusions();
  for (const address of ONE_OF_EACH) assertEquals(exclusions.has(address), false);
});

Deno.test("Exclusions takes an address of every network, with one port or with all", () => {
  for (const address of ONE_OF_EACH) {
    const other = { ...address, port: address.port === 0 ? 0 : address.port + 1 };
    const withPort = new Exclusions([formatAddress(address)]);
    assertEquals([withPort.has(address), withPort.has(other)], [true, address.network === "i2p"]);
    const without = new Exclusions([address.host]);
    assertEquals([without.has(address), without.has(other)], [true, true]);
  }
});

Deno.test("Exclusions takes an onion or I2P name for any of its ports", () => {
  for (const { network, host } of ONE_OF_EACH.filter(({ network }) => network === "onion" || network === "i2p")) {
    const exclusions = new Exclusions([host]);
    assertEquals([0, 1, 65_535].map((port) => exclusions.has({ network, host, port })), [true, true, true]);
  }
});

Deno.test("Exclusions takes prefixes from their first address to their last, whatever bits come after", () => {
  const prefixes = ["192.0.2.77/24", "198.51.100.128/25", "2001:db8:1::/48", "203.0.113.5/32", "[fc12:3400::]/24"];
  const within = [
    "192.0.2.0:1",
    "192.0.2.255:65535",
    "198.51.100.128:8333",
    "198.51.100.255:8333",
    "[2001:db8:1::]:8333",
    "[2001:db8:1:ffff:ffff:ffff:ffff:ffff]:8333",
    "203.0.113.5:8333",
    "[fc12:34ff::1]:8333",
  ];
  const outside = [
    "192.0.1.255:8333",
    "192.0.3.0:8333",
    "198.51.100.127:8333",
    "198.51.101.0:8333",
    "[2001:db8:0:ffff:ffff:ffff:ffff:ffff]:8333",
    "[2001:db8:2::]:8333",
    "203.0.113.4:8333",
    "203.0.113.6:8333",
    "[fc12:3500::1]:8333",
  ];
  assertEquals(excluded(prefixes, [...within, ...outside]), within);
});

Deno.test("Exclusions takes prefixes within others, and in any order", () => {
  const prefixes = ["192.0.2.200/32", "192.0.2.0/24", "192.0.2.0/25", "192.0.0.0/20", "192.0.2.1"];
  const addresses = ["192.0.2.201:8333", "192.0.2.130:8333", "192.0.15.255:8333", "192.0.16.0:8333"];
  assertEquals(excluded(prefixes, addresses), addresses.slice(0, 3));
  for (const same of [["192.0.2.0/32", "192.0.2.0/24"], ["192.0.2.0/24", "192.0.2.0/32"]]) {
    assertEquals(excluded(same, ["192.0.2.0:1", "192.0.2.255:1", "192.0.3.0:1"]).length, 2);
  }
  assertEquals(excluded(["10.0.0.0/8", "192.0.2.0/24", "192.0.2.7"], ["192.0.2.8:1"]).length, 1);
});

Deno.test("Exclusions takes whole families", () => {
  assertEquals(excluded(["0.0.0.0/0"], ["192.0.2.1:8333", "[2001:db8::1]:8333"]), ["192.0.2.1:8333"]);
  assertEquals(excluded(["2000::/3"], ["192.0.2.1:8333", "[2001:db8::1]:8333"]), ["[2001:db8::1]:8333"]);
});

Deno.test("Exclusions takes an IPv4-mapped address and prefix for IPv4", () => {
  assertEquals(excluded(["::ffff:192.0.2.1", "::ffff:198.51.100.0/120"], ["192.0.2.1:1", "198.51.100.9:1"]), [
    "192.0.2.1:1",
    "198.51.100.9:1",
  ]);
});

Deno.test("Exclusions takes what is added after it was asked", () => {
  const exclusions = new Exclusions(["192.0.2.1"]);
  const address = { network: "ipv4", host: "198.51.100.1", port: 8333 } as const;
  assertEquals(exclusions.has(address), false);
  exclusions.add("198.51.100.0/24");
  assertEquals(exclusions.has(address), true);
});

Deno.test("Exclusions refuses what is neither an address nor a range, and says what it expects", () => {
  const cases: [written: string, reason: string][] = [
    ["seed.example", "expected an address"],
    ["node.example:8333", "expected an address"],
    ["192.0.2.0/33", "from 0 to 32"],
    ["2001:db8::/129", "from 0 to 128"],
    ["192.0.2.0/", "from 0 to 32"],
    ["192.0.2.0/255.255.255.0", "from 0 to 32"],
    ["192.0.2.0/-1", "from 0 to 32"],
    ["192.0.2.1-9", "a range such as 192.0.2.0/24"],
    ["192.0.2.*", "a range such as 192.0.2.0/24"],
    ["192.0.2/24", "a range such as 192.0.2.0/24"],
    ["192.0.2.1:0", "the port must be a number from 1 to 65535"],
    [`${"a".repeat(56)}.onion`, ""],
    ["", "the name is empty"],
  ];
  for (const [written, reason] of cases) assertThrows(() => new Exclusions([written]), TargetError, reason, written);
});

Deno.test("Exclusions finds its way in a long list", () => {
  const written = Array.from({ length: 65_536 }, (_, i) => `10.${i >> 8}.${i & 0xff}.${i % 7}`);
  assertEquals(excluded(written, ["10.0.7.0:1", "10.0.7.1:1", "10.255.255.1:1", "10.255.255.2:1"]), [
    "10.0.7.0:1",
    "10.255.255.1:1",
  ]);
});
