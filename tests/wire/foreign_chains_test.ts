import { assert, assertEquals } from "@std/assert";
import { CHAINS, findChain } from "../../src/wire/chains.ts";
import { FOREIGN_CHAINS } from "../../src/wire/foreign_chains.ts";

Deno.test("FOREIGN_CHAINS has the magic of each coin whose nodes are likely to be encountered", () => {
  assertEquals(FOREIGN_CHAINS.map(({ name, magic }) => [name, magic.toString(16)]), [
    ["Bitcoin Cash, eCash or Bitcoin SV", "e3e1f3e8"],
    ["Litecoin", "fbc0b6db"],
    ["Dogecoin", "c0c0c0c0"],
    ["Dash", "bf0c6bbd"],
    ["Zcash", "24e92764"],
    ["Groestlcoin", "f9beb4d4"],
    ["Bitcoin Gold", "e1476d44"],
    ["testnet of Bitcoin Cash, eCash or Bitcoin SV", "f4e5f3f4"],
    ["Bitcoin SV scaling testnet", "fbcec4f9"],
    ["Litecoin testnet", "fdd2c8f1"],
    ["Dogecoin testnet", "fcc1b7dc"],
    ["Dash testnet", "cee2caff"],
    ["Zcash testnet", "fa1af9bf"],
  ]);
});

Deno.test("No two chains have the same magic, not even ours and another coin's", () => {
  const magics = [...CHAINS, ...FOREIGN_CHAINS].map(({ magic }) => magic);
  assertEquals(new Set(magics).size, magics.length);
});

Deno.test("A chain of another coin cannot be chosen by its name", () => {
  for (const { name } of FOREIGN_CHAINS) {
    assert([name, name.toLowerCase()].every((chain) => findChain(chain) === undefined), name);
  }
});
