import { assertEquals } from "@std/assert";
import {
  NETWORK_ADDRESS_SIZE,
  type NetworkAddress,
  readNetworkAddress,
  UNSPECIFIED_ADDRESS,
  writeNetworkAddress,
} from "../../src/wire/network_address.ts";
import { Reader } from "../../src/wire/reader.ts";
import { Writer } from "../../src/wire/writer.ts";
import { hex } from "../support/bytes.ts";
import { assertWireError } from "../support/errors.ts";

const CASES: readonly (readonly [address: NetworkAddress, bytes: string])[] = [
  // Bitcoin Wiki, "Protocol documentation", network address.
  [{ services: 1n, ip: "10.0.0.1", port: 8333 }, "0100000000000000 00000000000000000000ffff0a000001 208d"],
  [UNSPECIFIED_ADDRESS, "0000000000000000 00000000000000000000000000000000 0000"],
  [{ services: 0xc09n, ip: "2001:db8::1", port: 65535 }, "090c000000000000 20010db8000000000000000000000001 ffff"],
  [{ services: (1n << 64n) - 1n, ip: "0.0.0.0", port: 1 }, "ffffffffffffffff 00000000000000000000ffff00000000 0001"],
];

function write(address: NetworkAddress): Uint8Array {
  const writer = new Writer(NETWORK_ADDRESS_SIZE);
  writeNetworkAddress(writer, address, "x");
  return writer.finish();
}

Deno.test("readNetworkAddress() and writeNetworkAddress() agree on services, IP and port", () => {
  for (const [address, bytes] of CASES) {
    assertEquals(readNetworkAddress(new Reader(hex(bytes)), "x"), address);
    assertEquals(write(address), hex(bytes));
  }
});

Deno.test("writeNetworkAddress() takes any way to write an IP address", () => {
  const address = { services: 0n, port: 1 };
  assertEquals(write({ ...address, ip: "2001:DB8:0::0:1" }), write({ ...address, ip: "2001:db8::1" }));
  assertEquals(write({ ...address, ip: "::ffff:102:304" }), write({ ...address, ip: "1.2.3.4" }));
});

Deno.test("readNetworkAddress() names the part of the field that is cut short", () => {
  const whole = hex(CASES[0]?.[1] ?? "");
  for (let length = 0; length < NETWORK_ADDRESS_SIZE; length++) {
    const part = length < 8 ? "services" : length < 24 ? "ip" : "port";
    const reader = new Reader(whole.subarray(0, length));
    assertWireError(() => readNetworkAddress(reader, "addr"), "truncated", `addr.${part}:`, `${length}`);
  }
});

Deno.test("writeNetworkAddress() refuses what the field cannot hold, and names it", () => {
  const cases: readonly (readonly [part: string, Partial<NetworkAddress>])[] = [
    ["services", { services: -1n }],
    ["services", { services: 1n << 64n }],
    ["ip", { ip: "" }],
    ["ip", { ip: "seed.example" }],
    ["ip", { ip: "[::1]" }],
    ["ip", { ip: "fe80::1%eth0" }],
    ["port", { port: -1 }],
    ["port", { port: 65536 }],
    ["port", { port: 0.5 }],
  ];
  for (const [part, fields] of cases) {
    assertWireError(() => write({ ...UNSPECIFIED_ADDRESS, ...fields }), "out_of_range", `Cannot write x.${part}:`);
  }
});
