import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Address } from "../../src/address/address.ts";
import { AddressTable } from "../../src/address/address_table.ts";
import { AddressError } from "../../src/address/errors.ts";
import { MAX_KEY_SIZE, readKey, writeKey } from "../../src/address/key.ts";
import { KeyBatch, MAX_KEY_WORDS } from "../../src/address/key_batch.ts";
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

Deno.test("AddressTable tells addresses apart by their ports and by their hosts, though some have the same bits of a hash", () => {
  const table = new AddressTable();
  for (let port = 1; port <= 65_535; port++) table.add({ network: "ipv4", host: "192.0.2.1", port });
  for (let i = 0; i < 65_536; i++) table.add({ network: "ipv4", host: `198.51.${i >> 8}.${i & 255}`, port: 1 });
  assertEquals(table.size, 65_535 + 65_536);
});

Deno.test("AddressTable has only zeros after a new key, however long that is", () => {
  const table = new AddressTable(0, 2);
  table.addKeys(batchOf(ONE_OF_EACH));
  for (const index of ONE_OF_EACH.keys()) {
    const start = table.wordOffset(index) + MAX_KEY_WORDS;
    assertEquals([...table.words.subarray(start, start + 2)], [0, 0]);
  }
});

/** The keys of addresses. */
function batchOf(addresses: readonly Address[]): KeyBatch {
  const batch = new KeyBatch(addresses.length);
  for (const [i, address] of addresses.entries()) writeKey(address, batch.bytes, i * MAX_KEY_SIZE);
  batch.count = addresses.length;
  return batch;
}

Deno.test("AddressTable takes many keys as it takes addresses, some of them twice", () => {
  const table = new AddressTable();
  const batch = batchOf([...ONE_OF_EACH, ...ONE_OF_EACH]);
  table.addKeys(batch);
  assertEquals([...batch.numbers], [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]);
  assertEquals(ONE_OF_EACH.map((address) => table.find(address)), [0, 1, 2, 3, 4, 5]);
  assertEquals(table.find({ network: "ipv4", host: "192.0.2.2", port: 8333 }), undefined);
});

Deno.test("AddressTable keeps words beside each key, zero at first, however much it grows", () => {
  const table = new AddressTable(1, 2);
  const addresses = Array.from({ length: 3000 }, (_, i): Address => ({ ...ONE_OF_EACH[i % 6] as Address, port: i }));
  const wordsOf = (index: number) => {
    const start = table.wordOffset(index) + MAX_KEY_WORDS;
    return table.words.subarray(start, start + 2);
  };
  for (const address of addresses) {
    const index = table.add(address);
    assertEquals([...wordsOf(index)], [0, 0]);
    wordsOf(index).set([index, 7]);
  }
  for (const [i, address] of addresses.entries()) {
    assertEquals([...wordsOf(i)], [i, 7]);
    assertEquals(readKey(table.bytes, table.keyOffset(i)), address);
  }
});

Deno.test("AddressTable finds what is left after removals, and gives the numbers of what was removed to others", () => {
  for (const seed of [0, 1, 2]) {
    const table = new AddressTable(seed, 1);
    const addresses = Array.from({ length: 1500 }, (_, i): Address => ({ ...ONE_OF_EACH[i % 6] as Address, port: i }));
    const numbers = addresses.map((address) => table.add(address));
    const gone = addresses.filter((_, i) => i % 3 === 0);
    for (const address of gone) table.remove(table.find(address) ?? NaN);
    assertEquals([table.size, table.end], [1000, 1500]);
    for (const [i, address] of addresses.entries()) {
      assertEquals(table.find(address), i % 3 === 0 ? undefined : numbers[i]);
    }
    assertThrows(() => table.at(0), RangeError);
    for (const address of gone) table.words[table.wordOffset(table.add(address)) + MAX_KEY_WORDS] = 1;
    assertEquals([table.size, table.end], [1500, 1500]);
    assertEquals(addresses.map((address) => table.at(table.find(address) ?? NaN)), addresses);
  }
});

Deno.test("AddressTable has room for what comes and goes, however often", () => {
  const table = new AddressTable();
  for (let port = 0; port < 2000; port++) {
    const address = { network: "ipv4", host: "192.0.2.1", port } as const;
    assertEquals(table.add(address), 0);
    table.remove(0);
    assertEquals(table.find(address), undefined);
  }
  assertEquals([table.size, table.end], [0, 1]);
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
  for (const index of [-1, 1, 1e6, NaN]) {
    assertThrows(() => table.at(index), RangeError, `Cannot read address ${index}: there is none`);
  }
  assert(table.at(0));
});
