/**
 * Entries of `addr` and `addrv2`, valid and invalid, encoded by hand. All addresses in them are for documentation, or in
 * networks that nobody dials without a proxy: no test that asks a hostile peer goes on to somebody else.
 *
 * Source: BIP 155.
 *
 * @module
 */

import { parseIp } from "../../../address/ip.ts";
import { message, type Part } from "../parts.ts";
import { NOW } from "../versions.ts";

/** The bytes of an address, by its BIP 155 network ID. */
export interface AddressBytes {
  /** The network ID. */
  readonly id: number;
  /** The address. */
  readonly bytes: readonly number[];
  /** The length that the entry announces, in CompactSize; that of the bytes by default. */
  readonly length?: readonly number[];
}

/** The other fields of an entry. */
export interface EntryFields {
  /** When the node was last seen, in seconds since 1970. */
  readonly time?: number;
  /** The services, in CompactSize for `addrv2` and 8 bytes for `addr`. */
  readonly services?: readonly number[];
  /** The port. */
  readonly port?: number;
}

/** An hour before the moment at which the peers' clock stands still. */
const RECENT = Number(NOW) - 3600;

/** The CompactSize of a length, in the shortest form. */
export function compactSize(value: number): readonly number[] {
  if (value < 0xfd) return [value];
  return value <= 0xffff ? [0xfd, ...little(value, 2)] : [0xfe, ...little(value, 4)];
}

/** An integer in little-endian bytes. */
export function little(value: number, size: number): readonly number[] {
  return Array.from({ length: size }, (_, i) => Math.floor(value / 2 ** (8 * i)) & 0xff);
}

/** An entry of `addrv2`. */
export function entryV2(
  { id, bytes, length = compactSize(bytes.length) }: AddressBytes,
  fields: EntryFields = {},
): number[] {
  const { time = RECENT, services = [0xfd, 0x09, 0x0c], port = 8333 } = fields;
  return [...little(time, 4), ...services, id, ...length, ...bytes, port >> 8, port & 0xff];
}

/** An entry of `addr`, with an IP address as text. */
export function entryV1(ip: string, fields: EntryFields = {}): number[] {
  const { time = RECENT, services = [0x09, 0x0c, 0, 0, 0, 0, 0, 0], port = 8333 } = fields;
  return [...little(time, 4), ...services, ...ipBytes(ip), port >> 8, port & 0xff];
}

/** The 16 bytes of an IP address. */
export function ipBytes(ip: string): readonly number[] {
  return [...parseIp(ip) ?? []];
}

/** The `n`th different IPv4 address. */
export function ipv4(n: number): AddressBytes {
  return { id: 1, bytes: [192, 0, 2, n & 0xff] };
}

/** The `n`th different IPv6 address. */
export function ipv6(n: number): AddressBytes {
  return { id: 2, bytes: ipBytes(`2001:db8::${n.toString(16)}`) };
}

/** The `n`th different address of a network with this many bytes. */
export function overlay(id: number, n: number, size = 32): AddressBytes {
  return { id, bytes: [0xfc, ...little(n, 4), ...new Array<number>(size - 5).fill(7)] };
}

/** `count` different entries of `addrv2`. */
export function manyV2(count: number, from = 0): number[][] {
  return Array.from({ length: count }, (_, i) => entryV2(ipv4(from + i), { port: 1024 + ((from + i) >> 8) }));
}

/** `count` different entries of `addr`. */
export function manyV1(count: number): number[][] {
  return Array.from({ length: count }, (_, i) => entryV1(`192.0.2.${i & 0xff}`, { port: 1024 + (i >> 8) }));
}

/** An `addrv2` message; it announces as many entries as it has, unless `count` has other bytes. */
export function addrV2(entries: readonly (readonly number[])[], count = compactSize(entries.length)): Part {
  return message("addrv2", Uint8Array.from([...count, ...entries.flat()]));
}

/** The same for `addr`. */
export function addr(entries: readonly (readonly number[])[], count = compactSize(entries.length)): Part {
  return message("addr", Uint8Array.from([...count, ...entries.flat()]));
}
