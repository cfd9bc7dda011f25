/**
 * Socket addresses as text: `1.2.3.4:8333`, `[2001:db8::1]:8333`.
 *
 * @module
 */

import { formatIp, isIpv4Mapped, parseIp, parseIpv4, UNSPECIFIED_IP } from "../address/ip.ts";

/** The kind of network an address belongs to, as in `getpeerinfo`. */
export type Network = "ipv4" | "ipv6";

/** Where to connect to. */
export interface SocketAddress {
  /** IPv4 or IPv6 address in canonical text; IPv4-mapped IPv6 is IPv4. */
  readonly ip: string;
  /** TCP port, 1 to 65535. */
  readonly port: number;
}

/** The canonical text of an IP address, `undefined` when `text` is none. */
export function canonicalIp(text: string): string | undefined {
  // The one way to write an IPv4 address is the canonical one.
  if (networkOf(text) === "ipv4") return parseIpv4(text) === undefined ? undefined : text;
  const bytes = parseIp(text);
  return bytes && formatIp(bytes);
}

/** Which family a canonical IP address is of. */
export function networkOf(ip: string): Network {
  return ip.includes(":") ? "ipv6" : "ipv4";
}

/** `ip:port`, with brackets around IPv6. */
export function formatSocketAddress({ ip, port }: SocketAddress): string {
  return networkOf(ip) === "ipv6" ? `[${ip}]:${port}` : `${ip}:${port}`;
}

/**
 * Why no node can be at a canonical IP address, as a phrase; `undefined` when one can.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { whyUndialable } from "./address.ts";
 *
 * assertEquals(whyUndialable("224.0.0.1"), "a multicast address");
 * assertEquals(whyUndialable("127.0.0.1"), undefined);
 * ```
 */
export function whyUndialable(ip: string): string | undefined {
  const bytes = networkOf(ip) === "ipv4" ? undefined : parseIp(ip);
  const ipv4 = bytes === undefined ? parseIpv4(ip) : ipv4Of(bytes);
  if (ipv4 !== undefined) {
    const first = ipv4 >>> 24;
    if (first === 0) return "an unspecified address"; // RFC 1122, section 3.2.1.3
    if (ipv4 === 0xffff_ffff) return "the broadcast address";
    return first >= 224 && first <= 239 ? "a multicast address" : undefined; // RFC 5771
  }
  if (bytes === undefined) return "no IP address";
  if (ip === UNSPECIFIED_IP) return "an unspecified address"; // RFC 4291, section 2.5.2
  return bytes[0] === 0xff ? "a multicast address" : undefined; // RFC 4291, section 2.7
}

/** The IPv4 address that is mapped into the 16 bytes, as one number; `undefined` where none is. */
function ipv4Of(bytes: Uint8Array<ArrayBuffer>): number | undefined {
  return isIpv4Mapped(bytes) ? new DataView(bytes.buffer).getUint32(12) : undefined;
}
