/**
 * The ways to the peers of each network: what a {@linkcode Dialer} asks for a connection.
 *
 * @module
 */

import type { Address } from "../address/address.ts";
import type { Network } from "../address/network.ts";
import type { Connection, Io } from "./io.ts";

/** Opens a connection to an address of its network; rejects when `signal` aborts. */
export type Route = (address: Address, signal: AbortSignal) => Promise<Connection>;

/** The route to each network that there is one to. */
export type Routes = { readonly [N in Network]?: Route };

/** The networks whose addresses this machine's own sockets take, without anyone in between. */
export function directRoutes(io: Pick<Io, "connect">): Routes {
  const direct: Route = (address, signal) => io.connect(address, signal);
  return { ipv4: direct, ipv6: direct, cjdns: direct };
}
