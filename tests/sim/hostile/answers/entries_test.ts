import { assertEquals } from "@std/assert";
import {
  addr,
  addrV2,
  compactSize,
  entryV1,
  entryV2,
  ipv4,
  ipv6,
  little,
  manyV1,
  manyV2,
  overlay,
} from "../../../../src/sim/hostile/answers/entries.ts";
import { hex } from "../../../support/bytes.ts";
import { frame } from "../../../support/raw.ts";

/** 13 March 2026, 19:21:29 UTC. */
const RECENT = "b9 63 b4 69";

const bytes = (text: string): number[] => [...hex(text)];

Deno.test("compactSize() is the shortest form, in little-endian", () => {
  const cases = [[0, "00"], [0xfc, "fc"], [0xfd, "fdfd00"], [0xffff, "fdffff"], [0x1_0000, "fe00000100"]] as const;
  for (const [value, text] of cases) assertEquals(compactSize(value), bytes(text));
});

Deno.test("little() is as many bytes as it is told to be, the lowest first", () => {
  assertEquals([little(0x0102, 2), little(0xff, 4), little(0xf102_0304, 4), little(0, 0)], [
    bytes("0201"),
    bytes("ff000000"),
    bytes("040302f1"),
    [],
  ]);
});

Deno.test("entryV2() is an entry of BIP 155, by default of a recent node on port 8333", () => {
  const address = { id: 1, bytes: [192, 0, 2, 7] };
  assertEquals(entryV2(address), bytes(`${RECENT} fd090c 01 04 c0000207 208d`));
  assertEquals(entryV2({ id: 6, bytes: [1], length: [0xfd, 1, 0] }, { time: 1, services: [2], port: 0x0100 }), [
    ...bytes("01000000 02 06 fd0100 01 0100"),
  ]);
  const long = { id: 99, bytes: new Array<number>(300).fill(9) };
  assertEquals(entryV2(long), bytes(`${RECENT} fd090c 63 fd2c01 ${"09".repeat(300)} 208d`));
});

Deno.test("entryV1() is an entry of addr, by default of a recent node on port 8333", () => {
  assertEquals(entryV1("192.0.2.7"), bytes(`${RECENT} 090c000000000000 00000000000000000000ffffc0000207 208d`));
  assertEquals(entryV1("2001:db8::1", { time: 1, services: [1, 0, 0, 0, 0, 0, 0, 0], port: 0xff01 }), [
    ...bytes("01000000 0100000000000000 20010db8000000000000000000000001 ff01"),
  ]);
});

Deno.test("ipv4(), ipv6() and overlay() are different addresses of their networks", () => {
  assertEquals([ipv4(0), ipv4(7), ipv4(256)].map((address) => address.bytes), [
    [192, 0, 2, 0],
    [192, 0, 2, 7],
    [192, 0, 2, 0],
  ]);
  assertEquals(ipv4(1).id, 1);
  assertEquals(ipv6(0x1f), { id: 2, bytes: bytes("20010db8 00000000 00000000 0000001f") });
  assertEquals(overlay(4, 0x102), { id: 4, bytes: bytes(`fc 02010000 ${"07".repeat(27)}`) });
  assertEquals(overlay(6, 1, 16), { id: 6, bytes: bytes(`fc 01000000 ${"07".repeat(11)}`) });
});

Deno.test("manyV1() and manyV2() are as many different addresses, in the range that is reserved for documentation", () => {
  const at = (text: string) => (entry: readonly number[]) => Uint8Array.from(entry).toHex().endsWith(text);
  const v2 = manyV2(300);
  assertEquals([v2.length, new Set(v2.map(String)).size], [300, 300]);
  assertEquals([v2.findIndex(at("c00002010400")), v2.findIndex(at("c00002010401"))], [1, 257]);
  assertEquals(manyV2(2, 256), v2.slice(256, 258));
  const v1 = manyV1(300);
  assertEquals([v1.length, new Set(v1.map(String)).size], [300, 300]);
  assertEquals([v1.findIndex(at("c00002010400")), v1.findIndex(at("c00002010401"))], [1, 257]);
});

Deno.test("addr() and addrV2() announce as many entries as they have, or other bytes", async () => {
  const entries = [[1, 2], [3]];
  assertEquals(await addr(entries)(0n), await frame("addr", hex("02 010203")));
  assertEquals(await addrV2(entries)(0n), await frame("addrv2", hex("02 010203")));
  assertEquals(await addrV2(new Array(300).fill([1]))(0n), await frame("addrv2", hex(`fd2c01 ${"01".repeat(300)}`)));
  assertEquals(await addr(entries, [9, 9])(0n), await frame("addr", hex("0909 010203")));
  assertEquals(await addrV2(entries, [9])(0n), await frame("addrv2", hex("09 010203")));
});
