import { assertEquals } from "@std/assert";
import { networkOfId, NETWORKS, sizeOfId } from "../../src/address/network.ts";

Deno.test("networkOfId() knows the networks of BIP 155 except Tor version 2 and Yggdrasil", () => {
  const ids = Array.from({ length: 256 }, (_, id) => networkOfId(id));
  assertEquals(ids.slice(0, 8), [undefined, "ipv4", "ipv6", undefined, "onion", "i2p", "cjdns", undefined]);
  assertEquals(ids.filter((network) => network !== undefined).length, 5);
});

Deno.test("NETWORKS has the id and the size of each network, as BIP 155 has them", () => {
  assertEquals(NETWORKS, {
    ipv4: { id: 1, size: 4 },
    ipv6: { id: 2, size: 16 },
    onion: { id: 4, size: 32 },
    i2p: { id: 5, size: 32 },
    cjdns: { id: 6, size: 16 },
  });
});

Deno.test("sizeOfId() is 0 for every ID that stands for no network", () => {
  const sizes = Array.from({ length: 256 }, (_, id) => sizeOfId(id));
  assertEquals(sizes.slice(0, 8), [0, 4, 16, 0, 32, 32, 16, 0]);
  assertEquals(sizes.filter((size) => size !== 0).length, 5);
});
