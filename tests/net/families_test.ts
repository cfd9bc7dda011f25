import { assertEquals } from "@std/assert";
import { NETWORK_NAMES } from "../../src/address/network.ts";
import { familiesOf } from "../../src/net/families.ts";

Deno.test("familiesOf() are the networks with addresses in DNS", () => {
  assertEquals(familiesOf(NETWORK_NAMES), ["ipv4", "ipv6"]);
  assertEquals(familiesOf(["i2p", "ipv6"]), ["ipv6"]);
  assertEquals(familiesOf(["cjdns", "onion"]), []);
});
