import { assertEquals, assertStrictEquals } from "@std/assert";
import { chainByMagic, CHAINS, findChain, MAINNET } from "../../src/wire/chains.ts";
import { FOREIGN_CHAINS } from "../../src/wire/foreign_chains.ts";
import { concat, hex } from "../support/bytes.ts";

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

Deno.test("The magic of signet is that of BIP 325: the double SHA-256 of its challenge", async () => {
  // A 1-of-2 multisig script of 71 bytes: the default signet's, from Bitcoin Core.
  const challenge = hex(`
    51                                                                     # OP_1
    21 03ad5e0edad18cb1f0fc0d28a3d4f1f3e445640337489abb10404f2d1e086be430
    21 0359ef5021964fe22d6f8e05b2463c9540ce96883fe3b278760f048f5189f2e6c4
    52 ae                                                                  # OP_2 OP_CHECKMULTISIG
  `);
  const serialized = concat(Uint8Array.of(challenge.length), challenge);
  const once = await crypto.subtle.digest("SHA-256", serialized);
  const hash = await crypto.subtle.digest("SHA-256", once);
  assertEquals(findChain("signet")?.magic, new DataView(hash).getUint32(0));
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
