/**
 * Names in Tor and I2P.
 *
 * @module
 */

import { ONE_OF_EACH } from "./addresses.ts";

const hostIn = (network: string) => ONE_OF_EACH.find((address) => address.network === network)?.host ?? "";

/** The name of an onion service. */
export const ONION = hostIn("onion");

/** The name of an I2P destination. */
export const I2P = hostIn("i2p");
