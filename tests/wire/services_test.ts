import { assertEquals } from "@std/assert";
import { parseServices, SERVICE_BITS, serviceFlags, serviceNames } from "../../src/wire/services.ts";

const ALL = (1n << 64n) - 1n;

/** Bitcoin Core's `protocol.h` and the names that its `getpeerinfo` gives; BIP 64; Bitcoin Unlimited. */
const KNOWN: readonly (readonly [services: bigint, name: string])[] = [
  [0x001n, "NETWORK"],
  [0x002n, "GETUTXO"],
  [0x004n, "BLOOM"],
  [0x008n, "WITNESS"],
  [0x010n, "XTHIN"],
  [0x040n, "COMPACT_FILTERS"],
  [0x400n, "NETWORK_LIMITED"],
  [0x800n, "P2P_V2"],
];

Deno.test("serviceNames() knows the bits of Bitcoin Core, GETUTXO and XTHIN, and parseServices() their names", () => {
  for (const [services, name] of KNOWN) {
    assertEquals(serviceNames(services), [name]);
    assertEquals(parseServices(name), services);
  }
  assertEquals([...SERVICE_BITS.keys()], KNOWN.map(([, name]) => name));
});

Deno.test("serviceNames() names each unknown bit by its power of two", () => {
  for (let bit = 0n; bit < 64n; bit++) {
    if (KNOWN.some(([services]) => services === 1n << bit)) continue;
    assertEquals(serviceNames(1n << bit), [`UNKNOWN[2^${bit}]`]);
  }
});

Deno.test("serviceNames() lists all bits that are set, lowest first", () => {
  assertEquals(serviceNames(0n), []);
  assertEquals(serviceNames(0xc09n), ["NETWORK", "WITNESS", "NETWORK_LIMITED", "P2P_V2"]);
  assertEquals(serviceNames((1n << 63n) | 0x21n), ["NETWORK", "UNKNOWN[2^5]", "UNKNOWN[2^63]"]);
  assertEquals(serviceNames(ALL).length, 64);
  assertEquals(serviceNames(1n << 64n | 1n), ["NETWORK"]);
});

Deno.test("parseServices() reads decimal, hex and names", () => {
  const cases: readonly (readonly [text: string, services: bigint])[] = [
    ["0", 0n],
    ["1033", 0x409n],
    ["007", 7n],
    ["18446744073709551615", ALL],
    ["0x0", 0n],
    ["0x409", 0x409n],
    ["0XcD", 0xcdn],
    ["0xffffffffffffffff", ALL],
    ["NETWORK", 1n],
    ["network,Witness", 9n],
    ["NODE_NETWORK,node_p2p_v2", 0x801n],
    ["NETWORK, WITNESS", 9n],
    ["WITNESS,NETWORK,WITNESS", 9n],
    [KNOWN.map(([, name]) => name).join(","), 0xc5fn],
  ];
  for (const [text, services] of cases) assertEquals(parseServices(text), services, text);
});

Deno.test("parseServices() refuses any other text", () => {
  const texts = [
    ...["", " ", ",", "NETWORK,", ",NETWORK", "NETWORK,,WITNESS", "NETWORK WITNESS", "NETWORK|WITNESS"],
    ...[
      "BEER",
      "NETWORK,BEER",
      "NODE_",
      "NODE_NODE_NETWORK",
      "NETWORKNODE_",
      "P2P_NODE_V2",
      "UNKNOWN[2^5]",
      "NETWORK,1",
    ],
    ...["-1", "+1", "1.0", "1e3", " 1", "1 ", "1\n", "1_000", "1n", "0b1", "0o7", "409h", "c09", "0x", "0xg", "x1"],
    // 2^64, and forms with more digits than 64 bits can need.
    ...["18446744073709551616", "99999999999999999999", "0x10000000000000000", "0".repeat(21), `0x${"0".repeat(17)}`],
  ];
  for (const text of texts) assertEquals(parseServices(text), undefined, JSON.stringify(text));
});

Deno.test("serviceFlags() has the bits with these names, and no others", () => {
  assertEquals([serviceFlags(), serviceFlags("P2P_V2"), serviceFlags("NETWORK", "WITNESS")], [0n, 0x800n, 9n]);
});
