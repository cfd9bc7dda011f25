/**
 * Chains of other coins, known by their magics alone, so that an error can name them. Nodes of theirs are the likeliest
 * strays: some listen on Bitcoin's port, or have learned addresses of Bitcoin nodes.
 *
 * Source: `chainparams.cpp` of Bitcoin ABC (`netMagic`; Bitcoin Cash Node and Bitcoin SV have the same), Bitcoin SV,
 * Litecoin Core, Dogecoin Core, Dash Core, zcashd, Groestlcoin Core and Bitcoin Gold. Where a test chain is not here its
 * magic is that of one of Bitcoin's own, such as Groestlcoin's testnet and testnet3.
 *
 * @module
 */

import type { Chain } from "./chains.ts";

/** All of them, main chains first. */
export const FOREIGN_CHAINS: readonly Pick<Chain, "name" | "magic">[] = [
  // Bitcoin Cash chose it in 2017, and eCash and Bitcoin SV have kept it.
  { name: "Bitcoin Cash, eCash or Bitcoin SV", magic: 0xe3e1f3e8 },
  { name: "Litecoin", magic: 0xfbc0b6db },
  { name: "Dogecoin", magic: 0xc0c0c0c0 },
  { name: "Dash", magic: 0xbf0c6bbd },
  { name: "Zcash", magic: 0x24e92764 },
  { name: "Groestlcoin", magic: 0xf9beb4d4 },
  { name: "Bitcoin Gold", magic: 0xe1476d44 },
  { name: "the testnet of Bitcoin Cash, eCash or Bitcoin SV", magic: 0xf4e5f3f4 },
  { name: "the scaling testnet of Bitcoin SV", magic: 0xfbcec4f9 },
  { name: "the testnet of Litecoin", magic: 0xfdd2c8f1 },
  { name: "the testnet of Dogecoin", magic: 0xfcc1b7dc },
  { name: "the testnet of Dash", magic: 0xcee2caff },
  { name: "the testnet of Zcash", magic: 0xfa1af9bf },
];
