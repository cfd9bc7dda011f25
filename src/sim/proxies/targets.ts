/**
 * The peers that a simulated proxy connects to, and forwarding bytes to them.
 *
 * @module
 */

import { type Address, parseAddress } from "../../address/address.ts";
import type { PeerLink } from "../link.ts";
import type { LinkReader } from "./link_reader.ts";

/**
 * The peers that can be reached, by what the client asks for: `<56 characters>.onion:8333`, `<52 characters>.b32.i2p:0`, `192.0.2.1:8333`,
 * `[2001:db8::1]:8333` or `node.example:8333`; the value is the IP address and port to connect to instead.
 */
export type ProxyTargets = ReadonlyMap<string, string>;

/** The same with parsed addresses. */
export type ParsedTargets = ReadonlyMap<string, Address>;

/**
 * Parses the addresses to connect to.
 *
 * @throws {RangeError} if one is not an IP address with a port, or if what the client asks for has no port.
 */
export function parseTargets(targets: ProxyTargets): ParsedTargets {
  return new Map(Array.from(targets, ([name, text]) => {
    if (!/:\d+$/.test(name)) throw new RangeError(`Invalid target: expected a host and a port, got ${name}`);
    const address = parseAddress(text);
    if (address?.network !== "ipv4" && address?.network !== "ipv6") {
      throw new RangeError(`Invalid address of target ${name}: expected an IP address and a port, got ${text}`);
    }
    return [name, address];
  }));
}

/** Forwards bytes in both directions until both the client and the peer have ended their streams. */
export async function relay(link: PeerLink, reader: LinkReader, peer: Deno.TcpConn): Promise<void> {
  await Promise.all([toPeer(reader, peer), toClient(peer, link)]);
}

async function toPeer(reader: LinkReader, peer: Deno.TcpConn): Promise<void> {
  for await (const bytes of reader.rest()) {
    for (let sent = 0; sent < bytes.length;) sent += await peer.write(bytes.subarray(sent));
  }
  await peer.closeWrite();
}

async function toClient(peer: Deno.TcpConn, link: PeerLink): Promise<void> {
  const buffer = new Uint8Array(16_384);
  for (let length; (length = await peer.read(buffer)) !== null;) await link.sendBytes(buffer.subarray(0, length));
  await link.finish();
}
