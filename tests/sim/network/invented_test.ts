import { assertEquals } from "@std/assert";
import { formatAddress, parseAddress } from "../../../src/address/address.ts";
import { type Network, NETWORK_NAMES } from "../../../src/address/network.ts";
import { networkGroup } from "../../../src/address/network_group.ts";
import { inventAddress } from "../../../src/sim/network/invented.ts";

/** Some addresses: in each network the same on every machine. */
const INVENTED: readonly (readonly [network: Network, n: number, address: string])[] = [
  ["ipv4", 0, "30.0.0.1:18444"],
  ["ipv4", 1, "30.1.0.1:18444"],
  ["ipv4", 255, "30.255.0.1:18444"],
  ["ipv4", 256, "30.0.1.1:18444"],
  ["ipv4", 65_535, "30.255.255.1:18444"],
  ["ipv6", 0, "[3fff::1]:18444"],
  ["ipv6", 1, "[3fff:1::1]:18444"],
  ["ipv6", 4095, "[3fff:fff::1]:18444"],
  ["ipv6", 4096, "[3fff:0:1::1]:18444"],
  ["ipv6", 65_535, "[3fff:fff:f::1]:18444"],
  ["onion", 1, "kiwgyprckalsxydscqyc257rjpogdywqgw7lbliwmrgcheyqzmgvj4ad.onion:18444"],
  ["i2p", 1, "763epmlmsr3tjpa2r37tieejte2jjabz7acckwqr4byskzn6oyiq.b32.i2p:0"],
  ["cjdns", 1, "[fc16:8723:2bdf:c80a:39bc:5b4e:89dc:b2fd]:18444"],
];

Deno.test("inventAddress() gives an address of the network, with the port that it is given except in I2P", () => {
  for (const [network, n, text] of INVENTED) {
    const address = inventAddress(network, n, 18_444);
    assertEquals(formatAddress(address), text);
    assertEquals(parseAddress(text, { cjdns: network === "cjdns" }), address);
  }
});

Deno.test("inventAddress() never gives the same address twice, and spreads them over the network groups", () => {
  const groups = { ipv4: 256, ipv6: 4096, onion: 1, i2p: 1, cjdns: 1 };
  for (const network of NETWORK_NAMES) {
    const invented = Array.from({ length: groups[network] + 100 }, (_, n) => inventAddress(network, n, 8333));
    assertEquals(new Set(invented.map(({ host }) => host)).size, invented.length, network);
    assertEquals(new Set(invented.slice(0, groups[network]).map(networkGroup)).size, groups[network], network);
  }
});
