import { assertEquals, assertThrows } from "@std/assert";
import { hostOf } from "../../src/address/host.ts";
import { mapIpv4, readIpv4 } from "../../src/address/ip.ts";
import { networkOfId } from "../../src/address/network.ts";
import { addrMessage } from "../../src/wire/addr.ts";
import { type AddrMessageType, AddrReader } from "../../src/wire/addr_reader.ts";
import { concat, hex } from "../support/bytes.ts";
import { assertWireError } from "../support/errors.ts";
import { as } from "../support/untyped.ts";

/** An entry of `addrv2` around the network ID, length and address of a vector. */
function addrV2Entry(address: string): Uint8Array<ArrayBuffer> {
  return concat(hex("61bc6649 fd0904"), hex(address), hex("208d"));
}

const ONE = hex("01");

/** What a message says about its last entry; for a skipped one the network ID is 0. */
function lastEntry(type: AddrMessageType, payload: Uint8Array): { id: number; host: string; port: number } {
  const reader = new AddrReader(type, payload);
  while (reader.next());
  const { networkId: id, offset, size, port } = reader;
  const network = networkOfId(id);
  const bytes = payload.subarray(offset, offset + size);
  const host = network === undefined ? "" : hostOf(network, id === 1 ? mapIpv4(readIpv4(bytes, 0)) : bytes).host;
  return { id, host, port };
}

/** Source: Bitcoin Core `net_tests.cpp`, `cnetaddr_unserialize_v2`. The ID is 0 where it says `!IsValid()`. */
const VALID: readonly (readonly [name: string, bytes: string, id: number, host: string])[] = [
  ["IPv4", "01 04 01020304", 1, "1.2.3.4"],
  ["IPv6", "02 10 0102030405060708090a0b0c0d0e0f10", 2, "102:304:506:708:90a:b0c:d0e:f10"],
  [
    "IPv6 with an internal name",
    "02 10 fd6b88c08724ca978112ca1bbdcafac2",
    2,
    "fd6b:88c0:8724:ca97:8112:ca1b:bdca:fac2",
  ],
  ["IPv6 with an IPv4 address", "02 10 00000000000000000000ffff01020304", 0, ""],
  ["IPv6 with a Tor v2 name", "02 10 fd87d87eeb430102030405060708090a", 0, ""],
  ["Tor v2", "03 0a f1f2f3f4f5f6f7f8f9fa", 0, ""],
  [
    "Tor v3",
    "04 20 79bcc625184b05194975c28b66b66b0469f7f6556fb1ac3189a79b40dda32f1f",
    4,
    "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion",
  ],
  [
    "I2P",
    "05 20 a2894dabaec08c0051a481a6dac88b64f98232ae42d4b6fd2fa81952dfe36a87",
    5,
    "ukeu3k5oycgaauneqgtnvselmt4yemvoilkln7jpvamvfx7dnkdq.b32.i2p",
  ],
  ["CJDNS", "06 10 fc000001000200030004000500060007", 6, "fc00:1:2:3:4:5:6:7"],
  ["CJDNS with another first byte", "06 10 aa000001000200030004000500060007", 6, "aa00:1:2:3:4:5:6:7"],
  ["an unknown network", "aa 04 01020304", 0, ""],
  ["an unknown network without an address", "aa 00", 0, ""],
  ["Yggdrasil", "07 10 02000000000000000000000000000001", 0, ""],
];

/** The same test's addresses that make it throw. */
const INVALID:
  readonly (readonly [name: string, bytes: string, code: "truncated" | "wrong_length" | "limit_exceeded"])[] = [
    ["IPv4 of another length", "01 05 0102030400", "wrong_length"],
    ["an address of 513 bytes", "01 fd0102 01020304", "limit_exceeded"],
    ["IPv6 of another length", "02 04 00000000", "wrong_length"],
    ["Tor v3 of another length", "04 00 00", "wrong_length"],
    ["I2P of another length", "05 03 00", "wrong_length"],
    ["CJDNS of another length", "06 01 00", "wrong_length"],
    ["an unknown network with an address of 32 MiB", "aa fe00000002 01020304050607", "limit_exceeded"],
    ["an unknown network with an address of 2^32 bytes", "aa ff0000000001000000 01", "limit_exceeded"],
  ];

Deno.test("AddrReader reads addresses as Bitcoin Core does", () => {
  for (const [name, bytes, id, host] of VALID) {
    assertEquals(lastEntry("addrv2", concat(ONE, addrV2Entry(bytes))), { id, host, port: 8333 }, name);
  }
});

Deno.test("AddrReader refuses addresses that Bitcoin Core refuses", () => {
  for (const [name, bytes, code] of INVALID) {
    const payload = concat(ONE, addrV2Entry(bytes));
    assertWireError(() => lastEntry("addrv2", payload), code, "of addrv2[0]", name);
  }
});

Deno.test("AddrReader says in which entry and field bytes are missing", () => {
  const payload = concat(hex("02"), addrV2Entry("01 04 01020304"), addrV2Entry("01 04 0102").subarray(0, -2));
  assertWireError(
    () => lastEntry("addrv2", payload),
    "truncated",
    "Cannot read the address of addrv2[1]: expected 4 bytes at offset 25, 2 of them are missing",
  );
});

Deno.test("AddrReader refuses a message cut short at any byte", () => {
  const v2 = concat(ONE, addrV2Entry("01 04 01020304"));
  for (let end = 0; end < v2.length; end++) {
    assertWireError(() => lastEntry("addrv2", v2.subarray(0, end)), "truncated");
  }
  for (let end = 0; end < 31; end++) {
    assertWireError(() => lastEntry("addr", concat(ONE, new Uint8Array(30)).subarray(0, end)), "truncated");
  }
});

Deno.test("AddrReader reads services of 64 bits, as eight bytes or as a CompactSize in its shortest form", () => {
  const cases = [
    ["00", 0, 0],
    ["fc", 0xfc, 0],
    ["fdfd00", 0xfd, 0],
    ["fdffff", 0xffff, 0],
    ["fe00000100", 0x1_0000, 0],
    ["feffffffff", 0xffff_ffff, 0],
    ["ff0000000001000000", 0, 1],
    ["ff090c0000000000ff", 0xc09, 0xff00_0000],
  ] as const;
  for (const [services, low, high] of cases) {
    const reader = new AddrReader("addrv2", hex(`01 ffffffff ${services} 01 04 01020304 0000`));
    assertEquals(reader.next(), true);
    assertEquals([reader.time, reader.servicesLow, reader.servicesHigh], [0xffff_ffff, low, high], services);
  }
  for (const services of ["fdfc00", "fd0100", "feffff0000", "ffffffffff00000000"]) {
    const payload = hex(`01 00000000 ${services} 01 04 01020304 0000`);
    assertWireError(() => lastEntry("addrv2", payload), "non_canonical", "the services of addrv2[0]", services);
  }
});

Deno.test("AddrReader reads addr: IPv4 mapped into IPv6, IPv6, and nothing of an old onion name", () => {
  const cases = [
    ["00000000000000000000ffff01020304", 1, "1.2.3.4"],
    ["20010db8000000000000000000000001", 2, "2001:db8::1"],
    ["fc000001000200030004000500060007", 2, "fc00:1:2:3:4:5:6:7"],
    ["fd87d87eeb430102030405060708090a", 0, ""],
  ] as const;
  for (const [ip, id, host] of cases) {
    const payload = hex(`01 61bc6649 090c000000000001 ${ip} 208d`);
    assertEquals(lastEntry("addr", payload), { id, host, port: 8333 });
    const reader = new AddrReader("addr", payload);
    reader.next();
    assertEquals([reader.time, reader.servicesLow, reader.servicesHigh], [0x4966bc61, 0xc09, 0x0100_0000]);
  }
});

Deno.test("AddrReader refuses over 1,000 entries, and a count that is not the shortest", () => {
  assertEquals(new AddrReader("addr", hex("fde803")).count, 1000);
  assertWireError(() => new AddrReader("addr", hex("fde903")), "limit_exceeded", "addr.count: expected at most 1000");
  assertWireError(() => new AddrReader("addrv2", hex("feffffffff")), "limit_exceeded", "addrv2.count");
  assertWireError(() => new AddrReader("addrv2", hex("ffffffffffffffffff")), "limit_exceeded", "addrv2.count");
  assertWireError(() => new AddrReader("addr", hex("fd0100")), "non_canonical", "got 1 with marker 0xfd");
  assertWireError(() => new AddrReader("addr", hex("ff0100000000000000")), "non_canonical", "addr.count");
  assertWireError(() => new AddrReader("addr", hex("ffffffffff00000000")), "non_canonical", "got 4294967295");
  assertWireError(() => new AddrReader("addr", hex("ff01000000000000")), "truncated", "1 of them are missing");
  assertWireError(
    () => new AddrReader("addr", hex("feffffff")),
    "truncated",
    "expected 4 bytes at offset 1, 1 of them",
  );
});

Deno.test("AddrReader has nothing but zeros before the first entry", () => {
  const { time, servicesLow, servicesHigh, networkId, offset, size, port } = new AddrReader("addr", hex("00"));
  assertEquals([time, servicesLow, servicesHigh, networkId, offset, size, port], [0, 0, 0, 0, 0, 0, 0]);
});

Deno.test("AddrReader reads every field of an entry, of IPv4 four bytes", () => {
  const address = { network: "ipv4", host: "1.2.3.4", port: 8333 } as const;
  for (const [type, at] of [["addr", 1 + 4 + 8 + 12], ["addrv2", 1 + 4 + 9 + 1 + 1]] as const) {
    const { payload } = addrMessage(type, [{ time: 0x4966bc61, services: 0x0123_4567_89ab_cdefn, address }]);
    const reader = new AddrReader(type, payload);
    assertEquals([reader.next(), reader.time, reader.port], [true, 0x4966bc61, 8333]);
    assertEquals([reader.servicesLow, reader.servicesHigh], [0x89ab_cdef, 0x0123_4567]);
    assertEquals([reader.networkId, reader.offset, reader.size], [1, at, 4]);
    assertEquals(reader.next(), false);
  }
});

Deno.test("AddrReader takes no key or hash for a disguised IPv6 address", () => {
  for (const beginning of ["fd87d87eeb43", "00000000000000000000ffff"]) {
    const bytes = beginning.padEnd(64, "1");
    assertEquals(lastEntry("addrv2", concat(ONE, addrV2Entry(`05 20 ${bytes}`))).id, 5);
  }
});

Deno.test("AddrReader reads services around 32 bits as addrMessage() writes them", () => {
  const address = { network: "ipv4", host: "1.2.3.4", port: 1 } as const;
  for (const services of [0xfcn, 0xfdn, 0xffff_fffen, 0xffff_ffffn, 0x1_0000_0000n, 0x1_0000_0001n]) {
    const reader = new AddrReader("addrv2", addrMessage("addrv2", [{ time: 1, services, address }]).payload);
    assertEquals([reader.next(), reader.servicesLow, reader.servicesHigh], [
      true,
      Number(services & 0xffff_ffffn),
      Number(services >> 32n),
    ]);
  }
});

Deno.test("AddrReader keeps nothing of the entry before", () => {
  const address = { network: "ipv4", host: "1.2.3.4", port: 1 } as const;
  const entries = [0x1234_5678_9abc_def0n, 0n].map((services) => ({ time: 1, services, address }));
  const reader = new AddrReader("addrv2", addrMessage("addrv2", entries).payload);
  assertEquals([reader.next(), reader.servicesHigh], [true, 0x1234_5678]);
  assertEquals([reader.next(), reader.servicesLow, reader.servicesHigh], [true, 0, 0]);
});

Deno.test("AddrReader refuses what is no Uint8Array, as untyped code may pass it", () => {
  assertThrows(() => new AddrReader("addr", as("00")), TypeError, "Invalid payload: expected bytes, as a Uint8Array");
});
