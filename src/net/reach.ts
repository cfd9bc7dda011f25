/**
 * Which networks can be reached, and with which proxies.
 *
 * @module
 */

import { type Network, NETWORK_NAMES } from "../address/network.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Socks5Proxy } from "./socks_proxy.ts";

/** How to reach the networks that need a proxy or a bridge. */
export interface RouteSettings {
  /** The proxy for every connection except those to I2P; without one connections are made directly. */
  readonly proxy?: Socks5Proxy | undefined;
  /** Tor's proxies; onion services are shared among them. By default `proxy`. */
  readonly onion?: readonly Socks5Proxy[] | undefined;
  /** The SAM bridge of an I2P router. */
  readonly i2psam?: Endpoint | undefined;
  /** Whether this machine is on CJDNS, so that addresses in fc00::/8 are CJDNS addresses; false by default. */
  readonly cjdns?: boolean | undefined;
}

/** The networks that can be reached. */
export function reachableNetworks({ proxy, onion = [], i2psam, cjdns = false }: RouteSettings): Network[] {
  const reachable: { readonly [N in Network]: boolean } = {
    ipv4: true,
    ipv6: true,
    onion: proxy !== undefined || onion.length > 0,
    i2p: i2psam !== undefined,
    cjdns,
  };
  return NETWORK_NAMES.filter((network) => reachable[network]);
}
