/**
 * A node's address without its port: an IP address, or a name in an overlay network.
 *
 * @module
 */

import { AddressError } from "./errors.ts";
import { formatI2p, isI2pName, parseI2p } from "./i2p.ts";
import { formatIp, isIpv4Mapped, parseIp, parseIpv4 } from "./ip.ts";
import type { IpNetwork, Network } from "./network.ts";
import { formatOnion, isOnionName, onionKey, parseOnion } from "./onion.ts";

/** An address without a port, of any network. */
export interface Host {
  /** The network that it belongs to. */
  readonly network: Network;
  /**
   * The canonical text, without brackets: `1.2.3.4`, `2001:db8::1`, `fe80::1%eth0`, `<56 characters>.onion`, `<52
   * characters>.b32.i2p`. Two hosts of a network are equal if their texts are.
   */
  readonly host: string;
}

/** A host with an IP address. */
export interface IpHost extends Host {
  /** The IP version. */
  readonly network: IpNetwork;
}

/** The first byte of every CJDNS address. Source: CJDNS's whitepaper, Bitcoin Core `netaddress.h` (`CJDNS_PREFIX`). */
export const CJDNS_PREFIX = 0xfc;

/** The longest interface name on Linux, macOS and BSD (`IF_NAMESIZE`); Windows uses numbers. */
const MAX_ZONE_LENGTH = 15;

/**
 * Parses an address without port or brackets. IPv4-mapped IPv6 becomes IPv4. `undefined` for any other text, such as a
 * DNS name. With `cjdns`, addresses in fc00::/8 are CJDNS, otherwise IPv6.
 *
 * @example
 * ```ts
 * import { parseHost } from "@bitcoin-p2p/handshake/wire";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseHost("::ffff:1.2.3.4"), { network: "ipv4", host: "1.2.3.4" });
 * assertEquals(parseHost("FE80::1%eth0"), { network: "ipv6", host: "fe80::1%eth0" });
 * assertEquals(parseHost("fc00::1", { cjdns: true }), { network: "cjdns", host: "fc00::1" });
 * assertEquals(parseHost("seed.example"), undefined);
 * ```
 *
 * @throws {AddressError} when its zone, or a name ending in `.onion` or `.b32.i2p`, is invalid.
 */
export function parseHost(text: string, options: { readonly cjdns?: boolean } = {}): Host | undefined {
  const ip = parseIpHost(text);
  if (ip !== undefined) return options.cjdns ? asCjdns(ip) : ip;
  if (isOnionName(text)) return hostOf("onion", parseOnion(text));
  if (isI2pName(text)) return hostOf("i2p", parseI2p(text));
  return undefined;
}

/**
 * Parses an IP address, with its zone if it has one, as {@linkcode parseHost} does; `undefined` for any other text.
 *
 * @throws {AddressError} when the zone is invalid.
 */
export function parseIpHost(text: string): IpHost | undefined {
  if (text.includes(":") || text.includes("%")) return parseIpv6Host(text);
  // An IPv4 address has only one form, which is the canonical one.
  return parseIpv4(text) === undefined ? undefined : { network: "ipv4", host: text };
}

/** The IPv4 or IPv6 host with the given 16 bytes, as in `version` and `addr`. */
export function ipHost(bytes: Uint8Array): IpHost {
  return { network: isIpv4Mapped(bytes) ? "ipv4" : "ipv6", host: formatIp(bytes) };
}

/** The host with the given bytes: 16 for IP (IPv4 mapped into IPv6) and CJDNS, otherwise 32. */
export function hostOf(network: Network, bytes: Uint8Array): Host {
  switch (network) {
    case "onion":
      return { network, host: formatOnion(bytes) };
    case "i2p":
      return { network, host: formatI2p(bytes) };
    default:
      return { network, host: formatIp(bytes) };
  }
}

/**
 * The bytes of a host, without its zone: 16 for IP (IPv4 mapped into IPv6) and CJDNS, otherwise 32.
 *
 * @throws {AddressError} when the text is not an address of the network.
 */
export function hostBytes(host: Host): Uint8Array<ArrayBuffer> {
  const { network, host: text } = host;
  if (network === "onion" && isOnionName(text)) return onionKey(text);
  if (network === "i2p" && isI2pName(text)) return parseI2p(text);
  const bytes = parseIp(withoutZone(text));
  const isRight = network === "cjdns" || bytes !== undefined && network === (isIpv4Mapped(bytes) ? "ipv4" : "ipv6");
  if (bytes === undefined || !isRight) throw notOf(host);
  return bytes;
}

/** The error for a host whose text is not an address of its network. */
export function notOf({ network, host }: Host): AddressError {
  return new AddressError(`${host} is not a valid ${network} address`);
}

/** The zone of a link-local address, the name or number of a network interface; `undefined` if there is none. */
export function zoneOf(host: string): string | undefined {
  const percent = host.indexOf("%");
  return percent === -1 ? undefined : host.slice(percent + 1);
}

/** The host without its zone. */
export function withoutZone(host: string): string {
  const percent = host.indexOf("%");
  return percent === -1 ? host : host.slice(0, percent);
}

/** Whether the 16 bytes are in fe80::/10, a different network on each interface (RFC 4291, section 2.5.6). */
export function isLinkLocal(bytes: Uint8Array): boolean {
  return bytes[0] === 0xfe && ((bytes[1] ?? 0) & 0xc0) === 0x80;
}

/** A CJDNS host if it is in fc00::/8; any other host unchanged. */
function asCjdns(host: IpHost): Host {
  return hostBytes(host)[0] === CJDNS_PREFIX ? { network: "cjdns", host: host.host } : host;
}

function parseIpv6Host(text: string): IpHost | undefined {
  const bytes = parseIp(withoutZone(text));
  if (bytes === undefined) return undefined;
  const zone = zoneOf(text);
  if (zone !== undefined) {
    checkZone(zone, bytes);
    return { network: "ipv6", host: `${formatIp(bytes)}%${zone}` };
  }
  return ipHost(bytes);
}

/** Zones are written as in RFC 4007, section 11. */
function checkZone(zone: string, bytes: Uint8Array): void {
  if (!isLinkLocal(bytes)) {
    throw new AddressError("only a link-local address (fe80::/10) can have a zone: leave out the part from % on");
  }
  if (zone.length > MAX_ZONE_LENGTH || !/^[\w.~+-]+$/.test(zone)) {
    throw new AddressError(
      `a zone is the name or number of a network interface, 1 to ${MAX_ZONE_LENGTH} characters, as in fe80::1%eth0`,
    );
  }
}
