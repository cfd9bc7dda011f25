/**
 * How to reach the peers of each network: what a {@linkcode Dialer} opens connections with.
 *
 * @module
 */

import type { Address } from "../address/address.ts";
import type { Network } from "../address/network.ts";
import type { Connection, Io } from "./io.ts";

/** Opens a connection to an address of its network; rejects when `signal` aborts. */
export type Route = (address: Address, signal: AbortSignal) => Promise<Connection>;

/** The route to each network that can be reached. */
export type Routes = { readonly [N in Network]?: Route };

/** Routes to the networks that plain sockets can connect to, without a proxy. */
export function directRoutes(io: Pick<Io, "connect">): Routes {
  const direct: Route = (address, signal) => io.connect(address, signal);
  return { ipv4: direct, ipv6: direct, cjdns: direct };
}
