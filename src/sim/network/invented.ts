/**
 * Invented addresses of every network. They look like those of real nodes, but no packet goes there.
 *
 * @module
 */

import type { Address } from "../../address/address.ts";
import { hostOf } from "../../address/host.ts";
import { I2P_PORT } from "../../address/i2p.ts";
import { formatIp, mapIpv4 } from "../../address/ip.ts";
import type { Network } from "../../address/network.ts";
import { sha3_256 } from "../../crypto/sha3.ts";

/** 30.0.0.0/8: IPv4 has no unassigned routable block, but this one is rarely announced. */
const IPV4_PREFIX = 30 * 2 ** 24;

/** 3fff::/20 is for documentation (RFC 9637), and yet it counts as routable. */
const IPV6_PREFIX = 0x3fff_0000;

/**
 * The `n`th invented address of a network, with this port unless it is in I2P: up to 2^16 of them, all different, in 256
 * network groups of IPv4 and 4,096 of IPv6.
 */
export function inventAddress(network: Network, n: number, port: number): Address {
  return { ...inventHost(network, n), port: network === "i2p" ? I2P_PORT : port };
}

function inventHost(network: Network, n: number): ReturnType<typeof hostOf> {
  switch (network) {
    case "ipv4":
      // The network group changes first, so that a few addresses are in as many groups.
      return { network, host: formatIp(mapIpv4(IPV4_PREFIX + ((n & 0xff) << 16) + ((n >>> 8) << 8) + 1)) };
    case "ipv6": {
      const bytes = new Uint8Array(16);
      const view = new DataView(bytes.buffer);
      view.setUint32(0, IPV6_PREFIX + (n & 0xfff));
      view.setUint32(4, (n >>> 12) << 16);
      view.setUint8(15, 1);
      return { network, host: formatIp(bytes) };
    }
    case "cjdns":
      return hostOf(network, Uint8Array.of(0xfc, ...digest(network, n).subarray(0, 15)));
    default:
      return hostOf(network, digest(network, n));
  }
}

function digest(network: Network, n: number): Uint8Array {
  return sha3_256(new TextEncoder().encode(`${network} ${n}`));
}
