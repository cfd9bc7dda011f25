/**
 * The networks of the internet.
 *
 * @module
 */

import type { IpNetwork, Network } from "../address/network.ts";

/** The networks whose addresses are in DNS. */
export function familiesOf(networks: readonly Network[]): IpNetwork[] {
  return networks.filter((network) => network === "ipv4" || network === "ipv6");
}
