import { assertEquals } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import {
  NETWORK_ADDRESS_SIZE,
  type NetworkAddress,
  readNetworkAddress,
  UNSPECIFIED_ADDRESS,
  writeNetworkAddress,
} from "../../src/wire/network_address.ts";
import { PayloadReader } from "../../src/wire/reader.ts";
import { PayloadWriter } from "../../src/wire/writer.ts";
import { hex } from "../support/bytes.ts";
import { assertWireError } from "../support/errors.ts";

const CASES: readonly (readonly [address: NetworkAddress, bytes: string])[] = [
  // Bitcoin Wiki, "Protocol documentation", network address.
  [{ services: 1n, ...ipAddress("10.0.0.1", 8333) }, "0100000000000000 00000000000000000000ffff0a000001 208d"],
  [UNSPECIFIED_ADDRESS, "0000000000000000 00000000000000000000000000000000 0000"],
  [{ services: 0xc09n, ...ipAddress("2001:db8::1", 65535) }, "090c000000000000 20010db8000000000000000000000001 ffff"],
  [
    { services: (1n << 64n) - 1n, ...ipAddress("0.0.0.0", 1) },
    "ffffffffffffffff 00000000000000000000ffff00000000 0001",
  ],
];

function write(address: NetworkAddress): Uint8Array {
  const writer = new PayloadWriter(NETWORK_ADDRESS_SIZE);
  writeNetworkAddress(writer, address, "x");
  return writer.finish();
}

Deno.test("readNetworkAddress() and writeNetworkAddress() agree on services, IP and port", () => {
  for (const [address, bytes] of CASES) {
    assertEquals(readNetworkAddress(new PayloadReader(hex(bytes)), "x"), address);
    assertEquals(write(address), hex(bytes));
  }
});

Deno.test("writeNetworkAddress() takes any way to write an IP address", () => {
  const written = (host: string) => write({ ...UNSPECIFIED_ADDRESS, host });
  assertEquals(written("2001:DB8:0::0:1"), written("2001:db8::1"));
  assertEquals(written("::ffff:102:304"), written("1.2.3.4"));
  assertEquals(written("fe80::1%eth0"), written("fe80::1"));
});

Deno.test("readNetworkAddress() names the part of the field that is cut short", () => {
  const whole = hex(CASES[0]?.[1] ?? "");
  for (let length = 0; length < NETWORK_ADDRESS_SIZE; length++) {
    const part = length < 8 ? "services" : length < 24 ? "ip" : "port";
    const reader = new PayloadReader(whole.subarray(0, length));
    assertWireError(() => readNetworkAddress(reader, "addr"), "truncated", `addr.${part}:`, `${length}`);
  }
});

Deno.test("writeNetworkAddress() refuses what the field cannot hold, and names it", () => {
  const cases: readonly (readonly [part: string, Partial<NetworkAddress>])[] = [
    ["services", { services: -1n }],
    ["services", { services: 1n << 64n }],
    ["ip", { host: "" }],
    ["ip", { host: "seed.example" }],
    ["ip", { host: "[::1]" }],
    ["port", { port: -1 }],
    ["port", { port: 65536 }],
    ["port", { port: 0.5 }],
  ];
  for (const [part, fields] of cases) {
    assertWireError(() => write({ ...UNSPECIFIED_ADDRESS, ...fields }), "out_of_range", `Cannot write x.${part}:`);
  }
});
