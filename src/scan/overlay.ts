/**
 * Targets on networks with their own names: Tor and I2P.
 *
 * @module
 */

import { type Host, parseHost } from "../address/host.ts";
import { I2P_PORT } from "../address/i2p.ts";
import { overlayOf } from "../net/special_names.ts";
import type { TargetContext } from "./target.ts";

type Overlay = "onion" | "i2p";

/** Why a network cannot be reached, and what to do. */
function whyNoWay(network: Overlay, { onion, proxy, i2psam }: TargetContext["optionNames"]): string {
  return network === "onion"
    ? "the name is a Tor onion service, which is never looked up in DNS (RFC 7686): give the SOCKS5 proxy of Tor with " +
      `${onion}, often 127.0.0.1:9050, or one for everything with ${proxy}`
    : "the name is an I2P name, which is never looked up in DNS: give the SAM bridge of an I2P router with " +
      `${i2psam}, often 127.0.0.1:7656`;
}

/** What to do about a name of a network that cannot lead to a node. */
const NO_NODE: { readonly [N in Overlay]: string } = {
  onion: "an onion name has 56 characters before .onion",
  i2p: "only I2P names ending in .b32.i2p are supported: look up the name in your router's address book",
};

/**
 * The host of a Tor or I2P name; `undefined` for any other name.
 *
 * @param refuse Makes the error for a reason.
 * @throws {AddressError} when the name is malformed.
 */
export function overlayHost(
  name: string,
  { networks, optionNames }: TargetContext,
  refuse: (reason: string) => Error,
): Host | undefined {
  const network = overlayOf(name);
  if (network === undefined) return undefined;
  if (!networks.includes(network)) throw refuse(whyNoWay(network, optionNames));
  const host = parseHost(name.replace(/\.$/, ""));
  if (host === undefined) throw refuse(NO_NODE[network]);
  return host;
}

/**
 * The port of every I2P address.
 *
 * @param written The port as given, if any.
 */
export function i2pPort(written: string | undefined, refuse: (reason: string) => Error): number {
  if (written !== undefined && written !== String(I2P_PORT)) {
    throw refuse(`an I2P address has no port: leave out :${written}`);
  }
  return I2P_PORT;
}
