/** Addresses of every network. */

import { type Address, ipAddress } from "../../src/address/address.ts";
import type { IpHost } from "../../src/address/host.ts";

/** One of each network, and a link-local one with a zone. The names are those of Bitcoin Core's `net_tests.cpp`. */
export const ONE_OF_EACH: readonly Address[] = [
  { network: "ipv4", host: "192.0.2.1", port: 8333 },
  { network: "ipv6", host: "2001:db8::1", port: 18_333 },
  { network: "ipv6", host: "fe80::1%eth0", port: 8333 },
  { network: "onion", host: "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion", port: 65_535 },
  { network: "i2p", host: "ukeu3k5oycgaauneqgtnvselmt4yemvoilkln7jpvamvfx7dnkdq.b32.i2p", port: 0 },
  { network: "cjdns", host: "fc00:1:2:3:4:5:6:7", port: 8333 },
];

/** The hosts with these IP addresses. */
export function ipHosts(...ips: readonly string[]): IpHost[] {
  return ips.map((ip) => {
    const { network, host } = ipAddress(ip, 0);
    return { network, host };
  });
}
