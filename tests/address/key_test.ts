import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Address } from "../../src/address/address.ts";
import { AddressError } from "../../src/address/errors.ts";
import {
  keyNetwork,
  keyPort,
  keySize,
  MAX_KEY_SIZE,
  readKey,
  writeKey,
  writeKeyOfBytes,
} from "../../src/address/key.ts";
import { NETWORKS } from "../../src/address/network.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";

function keyOf(address: Address): Uint8Array {
  const key = new Uint8Array(MAX_KEY_SIZE);
  return key.subarray(0, writeKey(address, key, 0));
}

Deno.test("writeKey() writes network, port and host", () => {
  assertEquals(ONE_OF_EACH.map((address) => keyOf(address).toHex()), [
    "0100208d" + "00000000000000000000ffffc0000201",
    "0200479d" + "20010db8000000000000000000000001",
    "8200208d" + "fe800000000000000000000000000001" + "65746830000000000000000000000000",
    "0400ffff" + "79bcc625184b05194975c28b66b66b0469f7f6556fb1ac3189a79b40dda32f1f",
    "05000000" + "a2894dabaec08c0051a481a6dac88b64f98232ae42d4b6fd2fa81952dfe36a87",
    "0600208d" + "fc000001000200030004000500060007",
  ]);
});

Deno.test("readKey() reads at an offset what writeKey() wrote there, and nothing around it is touched", () => {
  for (const address of ONE_OF_EACH) {
    const bytes = new Uint8Array(100).fill(0xee);
    const size = writeKey(address, bytes, 7);
    assertEquals([size, keySize(bytes, 7), keyNetwork(bytes, 7)], [size, size, address.network]);
    assertEquals([readKey(bytes, 7), keyPort(bytes, 7)], [address, address.port]);
    assert(bytes.subarray(0, 7).every((byte) => byte === 0xee));
    assert(bytes.subarray(7 + size).every((byte) => byte === 0xee));
  }
});

Deno.test("Keys are equal when the addresses are, and only then", () => {
  const addresses: Address[] = [...ONE_OF_EACH];
  for (const zone of ["eth1", "eth", "eth00", "1", "abcdefghijklmno"]) {
    addresses.push({ network: "ipv6", host: `fe80::1%${zone}`, port: 8333 });
  }
  addresses.push(
    { network: "ipv6", host: "fe80::1", port: 8333 },
    { network: "ipv4", host: "192.0.2.1", port: 8332 },
    { network: "ipv4", host: "192.0.2.2", port: 8333 },
    { network: "ipv6", host: "fc00:1:2:3:4:5:6:7", port: 8333 },
  );
  const keys = addresses.map((address) => keyOf(address).toHex());
  assertEquals(new Set(keys).size, keys.length);
  for (const address of addresses) assertEquals(readKey(keyOf(address), 0), address);
});

Deno.test("writeKey() refuses a host that is not of its network", () => {
  const target = new Uint8Array(MAX_KEY_SIZE);
  for (const network of ["ipv4", "ipv6", "onion", "i2p", "cjdns"] as const) {
    assertThrows(() => writeKey({ network, host: "seed.example", port: 1 }, target, 0), AddressError, "seed.example");
  }
});

Deno.test("writeKeyOfBytes() writes the key of an address given as its BIP 155 bytes", () => {
  for (const address of ONE_OF_EACH.filter(({ host }) => !host.includes("%"))) {
    const key = keyOf(address);
    const { id, size } = NETWORKS[address.network];
    const source = Uint8Array.of(1, 2, 3, ...key.subarray(key.length - size), 4);
    const target = new Uint8Array(50).fill(0xee);
    assertEquals(writeKeyOfBytes(id, source, 3, address.port, target, 5), key.length);
    assertEquals(target.subarray(5, 5 + key.length), key);
    assertEquals([target[4], target[5 + key.length]], [0xee, 0xee]);
  }
});

Deno.test("keyNetwork() refuses anything but a key", () => {
  for (const first of [0, 3, 7, 0x80, 0xff]) {
    assertThrows(() => keyNetwork(Uint8Array.of(first), 0), AddressError, `got a first byte of ${first}`);
  }
});
