/**
 * Chains of other coins, known only by their magic so that an error can name them. Some of their nodes listen on
 * Bitcoin's port, or have learned addresses of Bitcoin nodes.
 *
 * Source: `chainparams.cpp` of Bitcoin ABC (`netMagic`; Bitcoin Cash Node and Bitcoin SV have the same), Bitcoin SV,
 * Litecoin Core, Dogecoin Core, Dash Core, zcashd, Groestlcoin Core and Bitcoin Gold. A test chain is missing here if
 * it has the magic of one of Bitcoin's, as Groestlcoin's testnet has that of testnet3.
 *
 * @module
 */

import type { Chain } from "./chains.ts";

/** All of them, main chains first. */
export const FOREIGN_CHAINS: readonly Pick<Chain, "name" | "magic">[] = [
  // Chosen by Bitcoin Cash in 2017, and kept by eCash and Bitcoin SV.
  { name: "Bitcoin Cash, eCash or Bitcoin SV", magic: 0xe3e1f3e8 },
  { name: "Litecoin", magic: 0xfbc0b6db },
  { name: "Dogecoin", magic: 0xc0c0c0c0 },
  { name: "Dash", magic: 0xbf0c6bbd },
  { name: "Zcash", magic: 0x24e92764 },
  { name: "Groestlcoin", magic: 0xf9beb4d4 },
  { name: "Bitcoin Gold", magic: 0xe1476d44 },
  { name: "testnet of Bitcoin Cash, eCash or Bitcoin SV", magic: 0xf4e5f3f4 },
  { name: "Bitcoin SV scaling testnet", magic: 0xfbcec4f9 },
  { name: "Litecoin testnet", magic: 0xfdd2c8f1 },
  { name: "Dogecoin testnet", magic: 0xfcc1b7dc },
  { name: "Dash testnet", magic: 0xcee2caff },
  { name: "Zcash testnet", magic: 0xfa1af9bf },
];
