import { assertEquals } from "@std/assert";
import { queriedNames } from "../../src/audit/seeds.ts";
import { chainSeeds } from "../../src/scan/chain_seeds.ts";
import { CHAINS, findChain, MAINNET, SIGNET } from "../../src/wire/chains.ts";

const FOURTEEN = "x1 x5 x9 x49 x809 x849 xd x400 x404 x408 x448 xc08 xc48 x40c";

/** The seeds of a chain, each with its subdomains as its operator writes them. */
function shown(chain: string): string[] {
  return chainSeeds(findChain(chain) ?? MAINNET).map((seed) => {
    const subdomains = queriedNames(seed).slice(1).map(({ name }) => name.slice(0, -1 - seed.name.length));
    return `${seed.name} ${subdomains.join(" ")}`;
  });
}

Deno.test("chainSeeds() are those of Bitcoin Core's chain parameters, in their order, each with what it supports", () => {
  assertEquals(shown("mainnet"), [
    "dnsseed.bluematt.me x9",
    "seed.bitcoin.jonasschnelli.ch x1 x5 x9 xd",
    "seed.btc.petertodd.net x1 x5 x9 xd",
    "seed.bitcoin.sprovoost.nl x9",
    "dnsseed.emzy.de x9",
    "seed.bitcoin.wiz.biz x9",
    `seed.mainnet.achownodes.xyz ${FOURTEEN}`,
  ]);
  assertEquals(shown("testnet3"), [
    "testnet-seed.bitcoin.jonasschnelli.ch x9",
    "seed.tbtc.petertodd.net x9",
    "testnet-seed.bluematt.me x9",
    `seed.testnet.achownodes.xyz ${FOURTEEN}`,
  ]);
  assertEquals(shown("testnet4"), ["seed.testnet4.bitcoin.sprovoost.nl x9", "seed.testnet4.wiz.biz x9"]);
  assertEquals(shown("signet"), ["seed.signet.bitcoin.sprovoost.nl x9", `seed.signet.achownodes.xyz ${FOURTEEN}`]);
});

Deno.test("chainSeeds() is empty for the chains without a seed", () => {
  const without = CHAINS.filter((chain) => chainSeeds(chain).length === 0);
  assertEquals(without.map(({ name }) => name), ["regtest", "namecoin"]);
  assertEquals(chainSeeds({ ...SIGNET, magic: 0x54d26fbd }), []);
});
