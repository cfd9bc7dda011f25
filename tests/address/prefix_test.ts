import { assertEquals, assertThrows } from "@std/assert";
import { parseIp } from "../../src/address/ip.ts";
import { parsePrefix, PrefixTable, startsWith } from "../../src/address/prefix.ts";

function isIn(ip: string, prefix: string): boolean {
  return startsWith(Uint8Array.of(0, ...parseIp(ip) ?? []), 1, parsePrefix(prefix));
}

Deno.test("startsWith() is true of the addresses of a block, whatever the length of its prefix", () => {
  for (let length = 0; length <= 32; length++) {
    assertEquals(isIn("255.255.255.255", `255.255.255.255/${length}`), true);
    const flipped = length === 0 ? 0xffff_ffff : (0xffff_ffff ^ 2 ** (32 - length)) >>> 0;
    const ip = [24, 16, 8, 0].map((shift) => flipped >>> shift & 0xff).join(".");
    assertEquals(isIn(ip, `255.255.255.255/${length}`), length === 0, `/${length}`);
  }
});

Deno.test("startsWith() keeps IPv4 and IPv6 apart, unless the block is around both", () => {
  assertEquals(isIn("::102:304", "1.2.3.4/0"), false);
  assertEquals(isIn("1.2.3.4", "1.2.3.4/0"), true);
  assertEquals(isIn("1.2.3.4", "::/0"), true);
});

Deno.test("parsePrefix() refuses what has no address", () => {
  assertThrows(() => parsePrefix("seed.example/8"), TypeError, "seed.example/8");
});

Deno.test("PrefixTable finds the value of the first block that an address is in", () => {
  const table = new PrefixTable([["10.1.0.0/16", "one"], ["10.0.0.0/8", "ten"], ["2001:db8::/32", "docs"]]);
  const find = (ip: string) => table.find(Uint8Array.of(0, ...parseIp(ip) ?? []), 1);
  const ips = ["10.1.2.3", "10.2.0.0", "2001:db8:1::", "11.0.0.0", "::"];
  assertEquals(ips.map(find), ["one", "ten", "docs", undefined, undefined]);
});

Deno.test("PrefixTable has blocks around all of IPv4, and blocks of either kind apart", () => {
  const find = (ip: string, ...rows: [string, string][]) =>
    new PrefixTable(rows).find(parseIp(ip) ?? new Uint8Array(), 0);
  assertEquals(find("1.2.3.4", ["1.2.3.5/32", "no"], ["1.2.3.4/32", "host"], ["::/0", "all"]), "host");
  assertEquals(find("1.2.3.4", ["::102:304/128", "no"], ["0.0.0.0/0", "ipv4"], ["::/0", "all"]), "ipv4");
  assertEquals(find("1.2.3.4", ["::/96", "no"], ["::/80", "around"]), "around");
  assertEquals(find("::102:304", ["0.0.0.0/0", "ipv4"], ["::/0", "all"]), "all");
});
