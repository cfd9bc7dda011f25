import { assertEquals } from "@std/assert";
import { reachableNetworks } from "../../src/net/reach.ts";

const PROXY = { host: "127.0.0.1", port: 9050 };

Deno.test("reachableNetworks() are the internet and what there is a proxy, a bridge or an address for", () => {
  assertEquals(reachableNetworks({}), ["ipv4", "ipv6"]);
  assertEquals(reachableNetworks({ onion: [], cjdns: false }), ["ipv4", "ipv6"]);
  assertEquals(reachableNetworks({ proxy: PROXY }), ["ipv4", "ipv6", "onion"]);
  assertEquals(reachableNetworks({ onion: [PROXY] }), ["ipv4", "ipv6", "onion"]);
  assertEquals(reachableNetworks({ i2psam: PROXY, cjdns: true }), ["ipv4", "ipv6", "i2p", "cjdns"]);
});
