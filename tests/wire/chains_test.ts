import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  CHAIN,
  chainByMagic,
  CHAINS,
  findChain,
  formatMagic,
  MAINNET,
  nameOfOther,
  SIGNET,
} from "../../src/wire/chains.ts";
import { FOREIGN_CHAINS } from "../../src/wire/foreign_chains.ts";

/** Bitcoin Core, `kernel/chainparams.cpp`; Namecoin Core, `chainparams.cpp`. */
const EXPECTED: readonly (readonly [name: string, magic: string, port: number, aliases: string[]])[] = [
  ["mainnet", "f9beb4d9", 8333, ["main"]],
  ["testnet3", "0b110907", 18333, ["testnet", "test"]],
  ["testnet4", "1c163f28", 48333, []],
  ["signet", "0a03cf40", 38333, []],
  ["regtest", "fabfb5da", 18444, ["regnet"]],
  ["namecoin", "f9beb4fe", 8334, []],
];

Deno.test("CHAINS has the magic and the port of each chain, mainnet first", () => {
  const chains = CHAINS.map((
    { name, magic, port, aliases },
  ) => [name, magic.toString(16).padStart(8, "0"), port, aliases]);
  assertEquals(chains, EXPECTED.map((row) => [...row]));
  assertStrictEquals(CHAINS[0], MAINNET);
});

Deno.test("nameOfOther() names the chain of a magic, and tells the default signet from a custom one", () => {
  assertEquals(nameOfOther(MAINNET.magic, SIGNET), "mainnet");
  assertEquals(nameOfOther(SIGNET.magic, MAINNET), "signet");
  assertEquals(nameOfOther(SIGNET.magic, { ...SIGNET, magic: 0x54d26fbd }), "the default signet");
  assertEquals(nameOfOther(0x54d26fbd, SIGNET), undefined);
});

Deno.test("findChain() finds each chain by its name and its aliases, and nothing else", () => {
  for (const chain of CHAINS) {
    for (const name of [chain.name, ...chain.aliases]) assertStrictEquals(findChain(name), chain);
  }
  for (const name of ["", "bitcoin", "testnet5", "toString", "__proto__"]) assertEquals(findChain(name), undefined);
});

Deno.test("chainByMagic() finds each chain by its magic, another coin's too, and nothing else", () => {
  for (const chain of [...CHAINS, ...FOREIGN_CHAINS]) assertStrictEquals(chainByMagic(chain.magic), chain);
  // Zero, the magic of mainnet in the other byte order, one bit off, and HTTP.
  for (const magic of [0, 0xd9b4bef9, 0xf9beb4d8, 0x48545450]) assertEquals(chainByMagic(magic), undefined);
});

Deno.test("CHAINS has no name, alias, magic or port twice", () => {
  const names = CHAINS.flatMap(({ name, aliases }) => [name, ...aliases]);
  for (const values of [names, CHAINS.map(({ magic }) => magic), CHAINS.map(({ port }) => port)]) {
    assertEquals(new Set<unknown>(values).size, values.length);
  }
});

Deno.test("formatMagic() has eight digits in the order of the wire", () => {
  assertEquals([MAINNET.magic, 0x0a03cf40, 0].map(formatMagic), ["0xf9beb4d9", "0x0a03cf40", "0x00000000"]);
});

Deno.test("CHAIN takes a magic of 32 bits", () => {
  for (const magic of [0, 0xffff_ffff]) CHAIN.check("chain", { ...MAINNET, magic });
  for (const magic of [-1, 0x1_0000_0000]) {
    assertThrows(() => CHAIN.check("chain", { ...MAINNET, magic }), RangeError, "chain.magic");
  }
});
