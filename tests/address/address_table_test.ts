import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Address } from "../../src/address/address.ts";
import { AddressTable } from "../../src/address/address_table.ts";
import { AddressError } from "../../src/address/errors.ts";
import { MAX_KEY_SIZE, writeKey } from "../../src/address/key.ts";
import { ONE_OF_EACH } from "../support/addresses.ts";

Deno.test("AddressTable numbers addresses in their order, each once", () => {
  const table = new AddressTable();
  assertEquals(ONE_OF_EACH.map((address) => table.add(address)), [0, 1, 2, 3, 4, 5]);
  assertEquals(ONE_OF_EACH.map((address) => table.add({ ...address })), [0, 1, 2, 3, 4, 5]);
  assertEquals(table.size, 6);
  assertEquals(ONE_OF_EACH.map((_, i) => table.at(i)), ONE_OF_EACH);
});

Deno.test("AddressTable.addIfNew() says whether an address was not there", () => {
  const table = new AddressTable();
  const address = { network: "ipv4", host: "192.0.2.1", port: 8333 } as const;
  assertEquals([table.addIfNew(address), table.addIfNew(address), table.addIfNew({ ...address, port: 1 })], [
    true,
    false,
    true,
  ]);
});

Deno.test("AddressTable takes keys as it takes addresses", () => {
  const table = new AddressTable();
  const key = new Uint8Array(3 + MAX_KEY_SIZE);
  for (const [i, address] of ONE_OF_EACH.entries()) {
    writeKey(address, key, 3);
    assertEquals([table.addKey(key, 3), table.add(address)], [i, i]);
  }
});

for (const seed of [0, 0xffff_ffff]) {
  Deno.test(`AddressTable finds each of many addresses again, with the seed ${seed}`, () => {
    const table = new AddressTable(seed);
    const addresses = Array.from({ length: 5000 }, (_, i): Address => ({ ...ONE_OF_EACH[i % 6] as Address, port: i }));
    for (const [i, address] of addresses.entries()) assertEquals(table.add(address), i);
    for (const [i, address] of addresses.entries()) assertEquals(table.add(address), i);
    assertEquals(table.size, 5000);
    for (const [i, address] of addresses.entries()) assertEquals(table.at(i), address);
  });
}

Deno.test("AddressTable is unchanged after an invalid address", () => {
  const table = new AddressTable();
  assertThrows(() => table.add({ network: "ipv4", host: "seed.example", port: 1 }), AddressError);
  assertEquals(table.size, 0);
});

Deno.test("AddressTable.at() refuses a number without an address", () => {
  const table = new AddressTable();
  table.add({ network: "ipv4", host: "192.0.2.1", port: 1 });
  for (const index of [-1, 1, NaN]) assertThrows(() => table.at(index), RangeError, "expected a number below 1");
  assert(table.at(0));
});
