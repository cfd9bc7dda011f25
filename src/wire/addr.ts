/**
 * `getaddr` and its answers: `addr` and, for those who have sent `sendaddrv2`, `addrv2`.
 *
 * Source: BIP 155; Bitcoin Core `net_processing.cpp` (`ProcessAddrs`) and `protocol.h` (`CAddress`).
 *
 * @module
 */

import type { Address } from "../address/address.ts";
import { hostBytes } from "../address/host.ts";
import { NETWORKS } from "../address/network.ts";
import { type AddrMessageType, AddrReader, MAX_ADDR_ENTRIES, MAX_ADDRV2_SIZE } from "./addr_reader.ts";
import { writeCompactSize } from "./compact_size.ts";
import { WireError } from "./errors.ts";
import { PayloadWriter } from "./writer.ts";

/** Size of an entry of `addr`, in bytes: time, services, IP address, port. */
const ADDR_ENTRY_SIZE = 4 + 8 + 16 + 2;

/** Size of the longest entry of `addrv2`, in bytes: time, services, network ID, length, address, port. */
const MAX_ADDRV2_ENTRY_SIZE = 4 + 9 + 1 + 3 + MAX_ADDRV2_SIZE + 2;

/** The longest `addr` payload that 1,000 entries can take, in bytes. */
export const MAX_ADDR_PAYLOAD = 3 + MAX_ADDR_ENTRIES * ADDR_ENTRY_SIZE;

/** The longest `addrv2` payload that 1,000 entries can take, in bytes. */
export const MAX_ADDRV2_PAYLOAD = 3 + MAX_ADDR_ENTRIES * MAX_ADDRV2_ENTRY_SIZE;

/** Asks for addresses of other nodes; it has no payload. */
export interface GetaddrMessage {
  /** The message type. */
  readonly type: "getaddr";
}

/** Says, between `version` and `verack`, that the sender understands `addrv2`; it has no payload. */
export interface SendaddrV2Message {
  /** The message type. */
  readonly type: "sendaddrv2";
}

/** Addresses of other nodes, as bytes that are valid throughout: {@linkcode AddrReader} reads them. */
export interface AddrMessage {
  /** The message type. */
  readonly type: AddrMessageType;
  /** How many entries there are, 0 to 1,000. */
  readonly count: number;
  /** The payload; bytes after the last entry mean nothing. */
  readonly payload: Uint8Array;
}

/** An entry of {@linkcode addrMessage}. */
export interface AddrEntry {
  /** When the node was last seen, seconds since 1970; unsigned 32 bits. */
  readonly time: number;
  /** The node's services; 64 bits. */
  readonly services: bigint;
  /** Its address; in `addr` an IP address. */
  readonly address: Address;
}

/**
 * Reads an `addr`; bytes after the last entry are ignored.
 *
 * @throws {WireError} when any entry is malformed, as {@linkcode AddrReader} says.
 */
export function decodeAddr(payload: Uint8Array): AddrMessage {
  return decode("addr", payload);
}

/** The same for `addrv2`. */
export function decodeAddrV2(payload: Uint8Array): AddrMessage {
  return decode("addrv2", payload);
}

/** Writes an `addr` or `addrv2`: its payload as it is. */
export function encodeAddr({ payload }: AddrMessage): Uint8Array<ArrayBuffer> {
  return new Uint8Array(payload);
}

/**
 * Makes a message of entries.
 *
 * @throws {WireError} `out_of_range` when there are over 1,000 entries, a number does not fit, or an address in `addr` is
 * no IP address.
 * @throws {AddressError} when a host is not an address of its network.
 */
export function addrMessage(type: AddrMessageType, entries: readonly AddrEntry[]): AddrMessage {
  const count = entries.length;
  if (count > MAX_ADDR_ENTRIES) {
    throw new WireError(
      "out_of_range",
      `Cannot write ${type}: expected at most ${MAX_ADDR_ENTRIES} entries, got ${count}`,
    );
  }
  const writer = new PayloadWriter(3 + count * (4 + 9 + 1 + 1 + 32 + 2));
  writeCompactSize(writer, count, `${type}.count`);
  for (const [i, entry] of entries.entries()) {
    if (type === "addr") writeAddrEntry(writer, entry, `addr[${i}]`);
    else writeAddrV2Entry(writer, entry, `addrv2[${i}]`);
  }
  return { type, count, payload: writer.finish() };
}

function decode(type: AddrMessageType, payload: Uint8Array): AddrMessage {
  const reader = new AddrReader(type, payload);
  while (reader.next());
  return { type, count: reader.count, payload };
}

function writeAddrEntry(writer: PayloadWriter, { time, services, address }: AddrEntry, field: string): void {
  const { network } = address;
  if (network !== "ipv4" && network !== "ipv6") {
    throw new WireError("out_of_range", `Cannot write ${field}: expected an IP address, got ${address.host}`);
  }
  writer.uint32(time, `${field}.time`);
  writer.uint64(services, `${field}.services`);
  writer.bytes(hostBytes(address), `${field}.ip`);
  writer.uint16BigEndian(address.port, `${field}.port`);
}

function writeAddrV2Entry(writer: PayloadWriter, { time, services, address }: AddrEntry, field: string): void {
  const { id, size } = NETWORKS[address.network];
  writer.uint32(time, `${field}.time`);
  if (services < 0x1_0000_0000n) writeCompactSize(writer, Number(services), `${field}.services`);
  else {
    writer.uint8(0xff, `${field}.services`);
    writer.uint64(services, `${field}.services`);
  }
  writer.uint8(id, `${field}.network`);
  writeCompactSize(writer, size, `${field}.size`);
  // The bytes of an IPv4 address are the last four of those it is mapped to.
  writer.bytes(hostBytes(address).subarray(-size), `${field}.address`);
  writer.uint16BigEndian(address.port, `${field}.port`);
}
