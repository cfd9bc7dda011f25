/**
 * The DNS seeds that Bitcoin Core ships, with their subdomains for service bits.
 *
 * @module
 */

import { type Chain, findChain } from "../wire/chains.ts";
import { serviceFlags } from "../wire/services.ts";

/** A seed to audit. */
export interface AuditedSeed {
  /** Its name. */
  readonly name: string;
  /** The service bits of the subdomains to query: 9 stands for `x9.` before the name. */
  readonly serviceBits: readonly bigint[];
}

/** NETWORK and WITNESS, which Bitcoin Core asks every seed for (`SeedsServiceFlags` in its `protocol.h`). */
const DEFAULT_BITS: readonly bigint[] = [serviceFlags("NETWORK", "WITNESS")];

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
export function chainSeeds({ name, magic }: Chain): AuditedSeed[] {
  const isShipped = findChain(name)?.magic === magic;
  return (isShipped ? SEEDS.get(name) ?? [] : []).map(([name, serviceBits]) => ({ name, serviceBits }));
}

/**
 * The seed with the given name, and the bits that its operator supports if Bitcoin Core ships it, otherwise NETWORK and
 * WITNESS.
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
 * The names of a seed that an audit resolves, its own first: the subdomain for service bits is `x`, the bits in hex,
 * and the seed's name.
 */
export function queriedNames({ name, serviceBits }: AuditedSeed): QueriedName[] {
  const subdomains = serviceBits.map((bits) => ({ name: `x${bits.toString(16)}.${name}`, serviceBits: bits }));
  return [{ name, serviceBits: null }, ...subdomains];
}

/** A name in lower case and without its trailing dot, for comparison (RFC 4343). */
export function normalName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}
