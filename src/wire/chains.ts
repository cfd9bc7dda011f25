/**
 * The chains a peer can be on, with the magic that its v1 messages begin with and its default port.
 *
 * Source: Bitcoin Core `kernel/chainparams.cpp`; Namecoin Core for `namecoin`.
 *
 * @module
 */

import { integer, objectWith, type Rule, STRING, type ValueRule } from "./argument.ts";
import { FOREIGN_CHAINS } from "./foreign_chains.ts";

/** A network of nodes that share a block chain. */
export interface Chain {
  /** The name, as in Bitcoin Core's documentation. */
  readonly name: string;
  /** Other names for it; `main`, `test` and `regtest` are those of Bitcoin Core's `-chain`. */
  readonly aliases: readonly string[];
  /** The first four bytes of each v1 message, as one number in network byte order: `f9 be b4 d9` is 0xf9beb4d9. */
  readonly magic: number;
  /** The default TCP port. */
  readonly port: number;
}

/** A TCP port. */
export const PORT: ValueRule<number> = integer(1, 65_535);

/** A chain. */
export const CHAIN: Rule = objectWith("a chain, as MAINNET is", {
  name: STRING,
  magic: integer(0, 0xffff_ffff),
  port: PORT,
});

/** Bitcoin's main chain. */
export const MAINNET: Chain = { name: "mainnet", aliases: ["main"], magic: 0xf9beb4d9, port: 8333 };

/**
 * The default signet. Its magic is the first four bytes of the double SHA-256 of its challenge, serialized as a script
 * with its length (BIP 325).
 */
export const SIGNET: Chain = { name: "signet", aliases: [], magic: 0x0a03cf40, port: 38333 };

/** All supported chains, {@linkcode MAINNET} first. */
export const CHAINS: readonly Chain[] = [
  MAINNET,
  { name: "testnet3", aliases: ["testnet", "test"], magic: 0x0b110907, port: 18333 },
  // BIP 94.
  { name: "testnet4", aliases: [], magic: 0x1c163f28, port: 48333 },
  SIGNET,
  { name: "regtest", aliases: ["regnet"], magic: 0xfabfb5da, port: 18444 },
  { name: "namecoin", aliases: [], magic: 0xf9beb4fe, port: 8334 },
];

const KNOWN_MAGICS = [...CHAINS, ...FOREIGN_CHAINS];

/** The chain with that name or alias; `undefined` if there is none. */
export function findChain(name: string): Chain | undefined {
  return CHAINS.find((chain) => chain.name === name || chain.aliases.includes(name));
}

/** The chain, possibly of another coin, whose messages begin with `magic`; `undefined` if it is unknown. */
export function chainByMagic(magic: number): Pick<Chain, "name" | "magic"> | undefined {
  return KNOWN_MAGICS.find((chain) => chain.magic === magic);
}

/** The name, for error messages, of a chain with another magic than `ours`; `undefined` if it is unknown. */
export function nameOfOther(magic: number, ours: Chain): string | undefined {
  const name = chainByMagic(magic)?.name;
  return name === ours.name ? `the default ${name}` : name;
}

/** A magic in hex, in wire order: `0xf9beb4d9`. */
export function formatMagic(magic: number): string {
  return `0x${magic.toString(16).padStart(8, "0")}`;
}
