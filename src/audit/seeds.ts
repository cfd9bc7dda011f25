/**
 * Seeds to audit, with their subdomains for service bits.
 *
 * @module
 */

import { type ChainSeed, DEFAULT_BITS, shippedSeed } from "../scan/chain_seeds.ts";

/** A seed to audit: its name, and the service bits of the subdomains to query. */
export type AuditedSeed = ChainSeed;

/**
 * The seed with the given name, and the bits that its operator supports if Bitcoin Core ships it, otherwise NETWORK and
 * WITNESS.
 */
export function auditedSeed(name: string): AuditedSeed {
  return { name, serviceBits: shippedSeed(name)?.serviceBits ?? DEFAULT_BITS };
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
