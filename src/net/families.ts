/**
 * The IP address families.
 *
 * @module
 */

import type { IpNetwork, Network } from "../address/network.ts";

/** Those of `networks` whose addresses are in DNS. */
export function familiesOf(networks: readonly Network[]): IpNetwork[] {
  return networks.filter((network) => network === "ipv4" || network === "ipv6");
}
