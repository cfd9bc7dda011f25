/**
 * Addresses as keys: bytes that are equal if the addresses are, short enough to keep a million of them in one array, and
 * a whole number of 32-bit words.
 *
 *     size      what
 *        1      the id that BIP 155 gives the network; 0x82 for IPv6 with a zone
 *        1      zero
 *        2      the port, big endian
 *       16      IPv4 (mapped into IPv6), IPv6 or CJDNS;
 *    or 32      onion (the public key), I2P (the hash), IPv6 and its zone (in ASCII, zeros after it)
 *
 * @module
 */

import type { Address } from "./address.ts";
import { AddressError } from "./errors.ts";
import { hostBytes, hostOf, notOf, zoneOf } from "./host.ts";
import { parseIpv4, readIpv4, writeMappedIpv4 } from "./ip.ts";
import { type Network, networkOfId, NETWORKS } from "./network.ts";

/** Offset of the host's bytes in a key. */
export const KEY_HOST_OFFSET = 4;

/** Size of the longest key, in bytes. */
export const MAX_KEY_SIZE = KEY_HOST_OFFSET + 32;

const MIN_KEY_SIZE = KEY_HOST_OFFSET + 16;

/** Flag in the first byte of a key with a zone. */
const ZONE_FLAG = 0x80;

/**
 * Writes the key of an address to `target` at `offset`, which must have room for {@linkcode MAX_KEY_SIZE} bytes;
 * returns the key's size.
 *
 * @throws {AddressError} when the host is not an address of its network.
 */
export function writeKey(address: Address, target: Uint8Array, offset: number): number {
  const { network, host, port } = address;
  const { id } = NETWORKS[network];
  if (network === "ipv4") {
    // The common case, without allocating an object.
    const ipv4 = parseIpv4(host);
    if (ipv4 === undefined) throw notOf(address);
    writeMappedIpv4(ipv4, target, offset + KEY_HOST_OFFSET);
    return writeHeader(target, offset, id, port);
  }
  target.set(hostBytes(address), offset + KEY_HOST_OFFSET);
  const zone = zoneOf(host);
  if (zone === undefined) return writeHeader(target, offset, id, port);
  for (let i = 0; i < 16; i++) target[offset + MIN_KEY_SIZE + i] = zone.charCodeAt(i);
  return writeHeader(target, offset, id | ZONE_FLAG, port);
}

/**
 * As {@linkcode writeKey}, for an address given as the BIP 155 ID of its network and its BIP 155 bytes, in `source` at
 * `sourceOffset`. IPv6 must not be IPv4 mapped into it.
 */
export function writeKeyOfBytes(
  id: number,
  source: Uint8Array,
  sourceOffset: number,
  port: number,
  target: Uint8Array,
  offset: number,
): number {
  const at = offset + KEY_HOST_OFFSET;
  if (id === NETWORKS.ipv4.id) {
    writeMappedIpv4(readIpv4(source, sourceOffset), target, at);
  } else {
    const size = sizeOf(id) - KEY_HOST_OFFSET;
    for (let i = 0; i < size; i++) target[at + i] = source[sourceOffset + i] ?? 0;
  }
  return writeHeader(target, offset, id, port);
}

/**
 * Reads the address whose key is in `source` at `offset`.
 *
 * @throws {AddressError} when there is no key.
 */
export function readKey(source: Uint8Array, offset: number): Address {
  const network = keyNetwork(source, offset);
  const port = keyPort(source, offset);
  const bytes = source.subarray(offset + KEY_HOST_OFFSET, offset + keySize(source, offset));
  if (!hasZone(source[offset] ?? 0)) return { ...hostOf(network, bytes), port };
  const { host } = hostOf(network, bytes.subarray(0, 16));
  const zone = bytes.subarray(16);
  const end = zone.indexOf(0);
  return { network, host: `${host}%${String.fromCharCode(...zone.subarray(0, end))}`, port };
}

/** The size of the key in `source` at `offset`, in bytes. */
export function keySize(source: Uint8Array, offset: number): number {
  return sizeOf(source[offset] ?? 0);
}

/**
 * The network of the key in `source` at `offset`.
 *
 * @throws {AddressError} when there is no key.
 */
export function keyNetwork(source: Uint8Array, offset: number): Network {
  const first = source[offset] ?? 0;
  const network = networkOfId(first & ~ZONE_FLAG);
  if (network === undefined) throw new AddressError(`expected the key of an address, got a first byte of ${first}`);
  return network;
}

/** The port of the key in `source` at `offset`. */
export function keyPort(source: Uint8Array, offset: number): number {
  return (source[offset + 2] ?? 0) << 8 | (source[offset + 3] ?? 0);
}

function hasZone(first: number): boolean {
  return (first & ZONE_FLAG) !== 0;
}

function writeHeader(target: Uint8Array, offset: number, first: number, port: number): number {
  target[offset] = first;
  target[offset + 1] = 0;
  target[offset + 2] = port >> 8;
  target[offset + 3] = port;
  return sizeOf(first);
}

function sizeOf(first: number): number {
  return first === NETWORKS.onion.id || first === NETWORKS.i2p.id || hasZone(first) ? MAX_KEY_SIZE : MIN_KEY_SIZE;
}
