/**
 * Addresses of any network, with their port, as text: `1.2.3.4:8333`, `[2001:db8::1]:8333`, `<56 characters>.onion:8333`,
 * `<52 characters>.b32.i2p:0`.
 *
 * @module
 */

import { AddressError } from "./errors.ts";
import { type Host, parseHost, parseIpHost } from "./host.ts";
import type { IpNetwork } from "./network.ts";

/** Where to connect to. */
export interface Address extends Host {
  /** The port, 0 to 65535; of an I2P address always 0. */
  readonly port: number;
}

/** An unresolved name with its port, for a proxy to resolve. */
export interface NameAddress {
  /** Always `null`: a name belongs to no network. */
  readonly network: null;
  /** The name. */
  readonly host: string;
  /** The port, 1 to 65535. */
  readonly port: number;
}

/** The address of a peer or, through a proxy, its name. */
export type PeerAddress = Address | NameAddress;

/** An address with an IP address. */
export interface IpAddress extends Address {
  /** The IP version. */
  readonly network: IpNetwork;
}

/**
 * The address with an IP address and a port.
 *
 * @throws {AddressError} when `ip` is not an IP address.
 */
export function ipAddress(ip: string, port: number): IpAddress {
  const host = parseIpHost(ip);
  if (host === undefined) throw new AddressError(`expected an IP address, got ${ip}`);
  return { ...host, port };
}

/**
 * The canonical text of an address, or of a name with its port.
 *
 * @example
 * ```ts
 * import { formatAddress } from "@bitcoin-p2p/handshake/wire";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatAddress({ network: "ipv6", host: "2001:db8::1", port: 8333 }), "[2001:db8::1]:8333");
 * ```
 */
export function formatAddress({ network, host, port }: PeerAddress): string {
  return network === "ipv6" || network === "cjdns" ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * Parses an address with its port, as {@linkcode formatAddress} writes it or with any other form of the host.
 * `undefined` for any other text; `cjdns` as for {@linkcode parseHost}.
 *
 * @throws {AddressError} as {@linkcode parseHost} does.
 */
export function parseAddress(text: string, options: { readonly cjdns?: boolean } = {}): Address | undefined {
  const [, bracketed, unbracketed, portText] = /^(?:\[([^\]]*:[^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(portText);
  const host = parseHost(bracketed ?? unbracketed ?? "", options);
  return host === undefined || port > 65535 ? undefined : { ...host, port };
}
