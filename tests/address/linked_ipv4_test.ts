import { assertEquals } from "@std/assert";
import { formatIp, mapIpv4, parseIp } from "../../src/address/ip.ts";
import { linkedIpv4 } from "../../src/address/linked_ipv4.ts";

function linked(ip: string): string | undefined {
  const found = linkedIpv4(Uint8Array.of(0xff, ...parseIp(ip) ?? []), 1);
  return found && `${formatIp(mapIpv4(found.ipv4))} ${found.name}`;
}

Deno.test("linkedIpv4() finds the IPv4 address in 6to4, NAT64, SIIT and Teredo addresses", () => {
  // Source: Bitcoin Core's `netbase_tests.cpp` (`netbase_getgroup`).
  assertEquals(linked("2002:102:304:9999:9999:9999:9999:9999"), "1.2.3.4 6to4 (RFC 3056)");
  assertEquals(linked("64:ff9b::102:304"), "1.2.3.4 NAT64 (RFC 6052)");
  assertEquals(linked("::ffff:0:102:304"), "1.2.3.4 IPv4-translated (RFC 2765)");
  assertEquals(linked("2001:0:9999:9999:9999:9999:fefd:fcfb"), "1.2.3.4 Teredo (RFC 4380)");
  // The same at the ends of the range.
  assertEquals(linked("2002:ffff:ffff::"), "255.255.255.255 6to4 (RFC 3056)");
  assertEquals(linked("2001::"), "255.255.255.255 Teredo (RFC 4380)");
  assertEquals(linkedIpv4(parseIp("2001::") ?? new Uint8Array(), 0)?.ipv4, 0xffff_ffff);
});

Deno.test("linkedIpv4() finds none in other addresses", () => {
  const others = [
    "2001:db8::1",
    "2003:102:304::",
    "2001:1::1",
    "64:ff9b:1::102:304",
    "64:ff9b::1:102:304",
    "::102:304",
  ];
  for (const ip of [...others, "::1:ffff:0:102:304", "::fffe:0:102:304"]) assertEquals(linked(ip), undefined, ip);
});
