import { assertEquals } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import { seedLine, SEEDS_HEADER } from "../../src/report/seeds.ts";
import type { SeedEntry } from "../../src/state/result.ts";

const average = (uptime: number) => ({ uptime, tries: 1 });

const ENTRY: SeedEntry = {
  address: ipAddress("203.0.113.7", 8333),
  good: true,
  lastSuccess: 1_795_000_000,
  uptime: {
    "2h": average(1),
    "8h": average(0.99999),
    "1d": average(0.5),
    "7d": average(0.01234),
    "30d": average(0),
  },
  height: 940_000,
  services: 0xc09n,
  version: 70016,
  userAgent: "/Satoshi:31.0.0/",
};

Deno.test("seedLine() has the columns of bitcoin-seeder's dump, beneath its header", () => {
  assertEquals(
    [SEEDS_HEADER, seedLine(ENTRY)].join("\n"),
    `# address                                        good  lastSuccess    %(2h)   %(8h)   %(1d)   %(7d)  %(30d)  blocks      svcs  version
203.0.113.7:8333                                    1   1795000000  100.00% 100.00%  50.00%   1.23%   0.00%  940000  00000c09  70016 "/Satoshi:31.0.0/"`,
  );
});

Deno.test("seedLine() keeps the columns of a short height and version", () => {
  const line = seedLine({ ...ENTRY, height: 7, version: 209 });
  assertEquals(line.slice(SEEDS_HEADER.indexOf("  blocks")), '       7  00000c09    209 "/Satoshi:31.0.0/"');
});

Deno.test("seedLine() has twelve words, whatever the network", () => {
  const onion = { network: "onion", host: `${"a".repeat(56)}.onion`, port: 8333 } as const;
  for (const address of [onion, ipAddress("2001:db8::1", 8333)]) {
    const words = seedLine({ ...ENTRY, address, good: false, services: (1n << 63n) + 1n }).split(/\s+/);
    assertEquals([words.length, words[1], words[9]], [12, "0", "8000000000000001"]);
  }
});
