import { assertEquals } from "@std/assert";
import { formatIp, isIpv4Mapped, isOnionCat, parseIp, parseIpv4 } from "../../src/address/ip.ts";
import { hex } from "../support/bytes.ts";

/** Texts that are canonical already, each with its bytes. */
const CANONICAL: readonly (readonly [text: string, bytes: string])[] = [
  ["0.0.0.0", "00000000000000000000ffff 00000000"],
  ["1.2.3.4", "00000000000000000000ffff 01020304"],
  ["255.255.255.255", "00000000000000000000ffff ffffffff"],
  ["::", "0000 0000 0000 0000 0000 0000 0000 0000"],
  ["::1", "0000 0000 0000 0000 0000 0000 0000 0001"],
  ["1::", "0001 0000 0000 0000 0000 0000 0000 0000"],
  ["1:2:3:4:5:6:7:8", "0001 0002 0003 0004 0005 0006 0007 0008"],
  ["abcd:ef01:2345:6789:abcd:ef01:2345:6789", "abcd ef01 2345 6789 abcd ef01 2345 6789"],
  // RFC 5952, section 4.2.2: one zero group is not shortened.
  ["2001:db8:0:1:1:1:1:1", "2001 0db8 0000 0001 0001 0001 0001 0001"],
  ["0:1:1:1:1:1:1:1", "0000 0001 0001 0001 0001 0001 0001 0001"],
  ["1:1:1:1:1:1:1:0", "0001 0001 0001 0001 0001 0001 0001 0000"],
  ["1:0:1:0:1:0:1:0", "0001 0000 0001 0000 0001 0000 0001 0000"],
  // Section 4.2.3: the longest run is, of equal ones the first.
  ["2001:0:0:1::1", "2001 0000 0000 0001 0000 0000 0000 0001"],
  ["1::2:0:0:3", "0001 0000 0000 0000 0002 0000 0000 0003"],
  ["2001:db8::1:0:0:1", "2001 0db8 0000 0000 0001 0000 0000 0001"],
  ["::1:0:0:1:0:0", "0000 0000 0001 0000 0000 0001 0000 0000"],
  ["1:0:0:1::", "0001 0000 0000 0001 0000 0000 0000 0000"],
  // Near ::ffff:0:0/96, but not in it.
  ["::fffe:102:304", "00000000000000000000fffe 01020304"],
  ["::ffff:0:102:304", "0000000000000000ffff0000 01020304"],
  ["1::ffff:102:304", "00010000000000000000ffff 01020304"],
  ["::102:304", "000000000000000000000000 01020304"],
  ["64:ff9b::102:304", "0064 ff9b 0000 0000 0000 0000 0102 0304"],
  // OnionCat, once Tor in `addr`.
  ["fd87:d87e:eb43::1", "fd87 d87e eb43 0000 0000 0000 0000 0001"],
];

/** Other ways to write an address. */
const EQUIVALENT: readonly (readonly [text: string, canonical: string])[] = [
  ["2001:DB8::A", "2001:db8::a"],
  ["2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"],
  ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
  ["0:0:0:0:0:0:0:0", "::"],
  ["::0", "::"],
  ["0::", "::"],
  ["0::0", "::"],
  ["::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"],
  ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
  ["1:2:3::5:6:7:8", "1:2:3:0:5:6:7:8"],
  ["::ffff:1.2.3.4", "1.2.3.4"],
  ["::FFFF:102:304", "1.2.3.4"],
  ["0:0:0:0:0:ffff:1.2.3.4", "1.2.3.4"],
  ["::1.2.3.4", "::102:304"],
  ["64:ff9b::1.2.3.4", "64:ff9b::102:304"],
  ["1:2:3:4:5:6:7.8.9.10", "1:2:3:4:5:6:708:90a"],
];

const INVALID: readonly string[] = [
  ...["", " ", "localhost", "seed.bitcoin.sipa.be"],
  // Not four numbers from 0 to 255.
  ...["1", "1.2", "1.2.3", "1.2.3.4.5", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.256", "1.2.3.999", "1.2.3.1000"],
  ...[
    "1,2,3,4",
    "1.2.3-4",
    "1.2.3.-4",
    "1.2.3.+4",
    "1.2.3.0x4",
    "1.2.3.4e0",
    "1.2.3.a",
    "1.2.3.٤",
    "16909060",
    "0x01020304",
  ],
  // Leading zeros, which some read as octal.
  ...["01.2.3.4", "1.2.3.00", "1.2.3.04", "1.2.3.004"],
  ...[" 1.2.3.4", "1.2.3.4 ", "1.2.3.4\n", "1.2. 3.4", "1.2.3.4:8333", "1.2.3.4/8", "1.2.3.4%eth0"],
  // Too few groups, too many, and a :: with none left to stand for.
  ...["1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8::", "1:2:3:4::5:6:7:8"],
  ...[":", ":::", "::::", "1::2::3", "1:::2", ":1", "1:", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "1:2:3:4:5:6:7:8:"],
  ...["12345::", "::10000", "g::", "::0x1", "::-1", "::1 ", " ::1", "::1\n", ": :1"],
  // Dotted decimal anywhere but at the end, broken, or with no room for it.
  ...["1.2.3.4::", "::1.2.3.4:5", "1.2.3.4:5:6:7:8:9:10:11", "::1.2.3", "::1.2.3.4.5", "::1.2.3.256", "::01.2.3.4"],
  ...["1:2:3:4:5:6:7:1.2.3.4", "1:2:3:4:5:1.2.3.4", "::1:2:3:4:5:6:7:1.2.3.4"],
  // Brackets, zones, prefixes and ports belong to others.
  ...[
    "[::1]",
    "[::1",
    "::1]",
    "fe80::1%eth0",
    "fe80::1%",
    "2001:db8::/32",
    "[2001:db8::1]:8333",
    "::ffff:1.2.3.4:8333",
  ],
];

const bytesOf = (text: string): Uint8Array => parseIp(text) ?? new Uint8Array();

Deno.test("parseIp() and formatIp() are each other's inverse on canonical text", () => {
  for (const [text, bytes] of CANONICAL) {
    assertEquals(parseIp(text), hex(bytes), text);
    assertEquals(formatIp(hex(bytes)), text, bytes);
  }
});

Deno.test("parseIp() reads other ways to write an address as the same bytes", () => {
  for (const [text, canonical] of EQUIVALENT) {
    assertEquals(parseIp(text), parseIp(canonical), text);
    assertEquals(formatIp(bytesOf(text)), canonical, text);
  }
});

Deno.test("parseIp() parses nothing but addresses", () => {
  for (const text of INVALID) assertEquals(parseIp(text), undefined, JSON.stringify(text));
});

Deno.test("formatIp() shortens zero groups as the URL standard does, wherever they are", () => {
  for (let zeros = 0; zeros < 256; zeros++) {
    const groups = Array.from({ length: 8 }, (_, i) => (zeros >> i) & 1 ? "0" : (0xa1b0 + i).toString(16));
    const bytes = bytesOf(groups.join(":"));
    const text = formatIp(bytes);
    assertEquals(`[${text}]`, new URL(`http://[${groups.join(":")}]/`).hostname);
    assertEquals(parseIp(text), bytes, text);
  }
});

Deno.test("isIpv4Mapped() is true of ::ffff:0:0/96 and nothing else", () => {
  for (const text of ["0.0.0.0", "1.2.3.4", "::ffff:0:0", "::ffff:ffff:ffff"]) {
    assertEquals(isIpv4Mapped(bytesOf(text)), true, text);
  }
  for (let bit = 0; bit < 96; bit++) {
    const bytes = bytesOf("1.2.3.4");
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assertEquals(isIpv4Mapped(bytes), false, bytes.toHex());
  }
});

Deno.test("parseIpv4() takes no character for a digit that is beside the digits", () => {
  for (const text of ["1.2.3.:", "1.2.3./", ":.2.3.4"]) assertEquals(parseIpv4(text), undefined, text);
});

Deno.test("isOnionCat() is true of fd87:d87e:eb43::/48 and nothing else, wherever it begins", () => {
  const address = bytesOf("fd87:d87e:eb43:1:2:3:4:5");
  assertEquals([isOnionCat(address), isOnionCat(Uint8Array.of(0, ...address), 1)], [true, true]);
  for (let bit = 0; bit < 128; bit++) {
    const bytes = address.slice();
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assertEquals(isOnionCat(bytes), bit >= 48, bytes.toHex());
  }
});
