/**
 * The DNS seeds that Bitcoin Core ships.
 *
 * @module
 */

import { normalName } from "../net/special_names.ts";
import { type Chain, findChain } from "../wire/chains.ts";
import { serviceFlags } from "../wire/services.ts";

/** A DNS seed. */
export interface ChainSeed {
  /** Its name. */
  readonly name: string;
  /** The service bits of its subdomains: 9 stands for `x9.` before the name. */
  readonly serviceBits: readonly bigint[];
}

/** NETWORK and WITNESS, which Bitcoin Core asks every seed for (`SeedsServiceFlags` in its `protocol.h`). */
export const DEFAULT_BITS: readonly bigint[] = [serviceFlags("NETWORK", "WITNESS")];

const FOUR: readonly bigint[] = [0x1n, 0x5n, 0x9n, 0xdn];

const FOURTEEN: readonly bigint[] = [
  ...[0x1n, 0x5n, 0x9n, 0x49n, 0x809n, 0x849n, 0xdn],
  ...[0x400n, 0x404n, 0x408n, 0x448n, 0xc08n, 0xc48n, 0x40cn],
];

/**
 * Each seed with the bits that its operator supports, or `DEFAULT_BITS` if that is not documented.
 *
 * Source: the names and comments in Bitcoin Core's `kernel/chainparams.cpp` at 58a7869f.
 */
const SEEDS: ReadonlyMap<string, readonly (readonly [name: string, serviceBits: readonly bigint[]])[]> = new Map([
  ["mainnet", [
    ["dnsseed.bluematt.me", [0x9n]],
    ["seed.bitcoin.jonasschnelli.ch", FOUR],
    ["seed.btc.petertodd.net", FOUR],
    ["seed.bitcoin.sprovoost.nl", DEFAULT_BITS],
    ["dnsseed.emzy.de", DEFAULT_BITS],
    ["seed.bitcoin.wiz.biz", DEFAULT_BITS],
    ["seed.mainnet.achownodes.xyz", FOURTEEN],
  ]],
  ["testnet3", [
    ["testnet-seed.bitcoin.jonasschnelli.ch", DEFAULT_BITS],
    ["seed.tbtc.petertodd.net", DEFAULT_BITS],
    ["testnet-seed.bluematt.me", [0x9n]],
    ["seed.testnet.achownodes.xyz", FOURTEEN],
  ]],
  ["testnet4", [
    ["seed.testnet4.bitcoin.sprovoost.nl", DEFAULT_BITS],
    ["seed.testnet4.wiz.biz", DEFAULT_BITS],
  ]],
  ["signet", [
    ["seed.signet.bitcoin.sprovoost.nl", DEFAULT_BITS],
    ["seed.signet.achownodes.xyz", FOURTEEN],
  ]],
]);

/** The seeds that Bitcoin Core ships for a chain; empty if there are none, as for custom signets. */
export function chainSeeds({ name, magic }: Chain): ChainSeed[] {
  const isShipped = findChain(name)?.magic === magic;
  return (isShipped ? SEEDS.get(name) ?? [] : []).map(([name, serviceBits]) => ({ name, serviceBits }));
}

/** The seed with a name, if Bitcoin Core ships it. */
export function shippedSeed(name: string): ChainSeed | undefined {
  const wanted = normalName(name);
  for (const [name, serviceBits] of [...SEEDS.values()].flat()) {
    if (name === wanted) return { name, serviceBits };
  }
  return undefined;
}
