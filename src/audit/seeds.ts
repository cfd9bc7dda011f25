/**
 * The DNS seeds that Bitcoin Core ships, and which subdomains for service bits each of them has.
 *
 * @module
 */

import { type Chain, findChain } from "../wire/chains.ts";
import { serviceFlags } from "../wire/services.ts";

/** A seed to audit. */
export interface AuditedSeed {
  /** Its name. */
  readonly name: string;
  /** The service bits to ask its subdomains for: 9 asks `x9.` before the name. */
  readonly serviceBits: readonly bigint[];
}

/** NETWORK and WITNESS: what Bitcoin Core asks every seed for (`SeedsServiceFlags` in its `protocol.h`). */
const DEFAULT_BITS: readonly bigint[] = [serviceFlags("NETWORK", "WITNESS")];

const FOUR: readonly bigint[] = [0x1n, 0x5n, 0x9n, 0xdn];

const FOURTEEN: readonly bigint[] = [
  ...[0x1n, 0x5n, 0x9n, 0x49n, 0x809n, 0x849n, 0xdn],
  ...[0x400n, 0x404n, 0x408n, 0x448n, 0xc08n, 0xc48n, 0x40cn],
];

/**
 * Each seed with the bits that its operator supports; `DEFAULT_BITS` where that is not said.
 *
 * Source: the names and the remarks beside them in Bitcoin Core's `kernel/chainparams.cpp` at 58a7869f.
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

/** The seeds of a chain as Bitcoin Core ships them; none for a chain that has none, as any signet but the default one. */
export function chainSeeds({ name, magic }: Chain): AuditedSeed[] {
  const isShipped = findChain(name)?.magic === magic;
  return (isShipped ? SEEDS.get(name) ?? [] : []).map(([name, serviceBits]) => ({ name, serviceBits }));
}

/**
 * The seed of a name, with the bits that its operator supports if Bitcoin Core ships it, else with NETWORK and WITNESS.
 */
export function auditedSeed(name: string): AuditedSeed {
  const known = [...SEEDS.values()].flat().find(([known]) => known === normalName(name));
  return { name, serviceBits: known?.[1] ?? DEFAULT_BITS };
}

/** A name of a seed. */
export interface QueriedName {
  /** The name. */
  readonly name: string;
  /** The bits that all its peers should have; `null` for the seed itself. */
  readonly serviceBits: bigint | null;
}

/**
 * The names of a seed that an audit asks for, its own first: the subdomain of peers with all of some bits is `x`, these
 * bits in hex, and the seed.
 */
export function queriedNames({ name, serviceBits }: AuditedSeed): QueriedName[] {
  const subdomains = serviceBits.map((bits) => ({ name: `x${bits.toString(16)}.${name}`, serviceBits: bits }));
  return [{ name, serviceBits: null }, ...subdomains];
}

/** What two ways to write one name have in common: no capitals, no last dot (RFC 4343). */
export function normalName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}
