/**
 * The fields of a message's payload, as a dissector shows them.
 *
 * Source: Bitcoin Core `net_processing.cpp` (`ProcessMessage`); BIP 61, 130, 133, 152, 155, 330, 339, 434.
 *
 * @module
 */

import { formatAddress } from "../../address/address.ts";
import { MAX_KEY_SIZE, readKey, writeKeyOfBytes } from "../../address/key.ts";
import { type AddrMessageType, AddrReader } from "../../wire/addr_reader.ts";
import { readCompactSize } from "../../wire/compact_size.ts";
import { WireError } from "../../wire/errors.ts";
import { escapeBytes } from "../../wire/escape.ts";
import { type NetworkAddress, readNetworkAddress } from "../../wire/network_address.ts";
import { PayloadReader } from "../../wire/reader.ts";
import { serviceNames } from "../../wire/services.ts";

/** The name of a field, and its value as printable ASCII. */
export type Field = readonly [name: string, value: string];

/** How many bytes are shown of data that is not decoded. */
const MAX_SHOWN_BYTES = 32;

/** How many entries of a list are shown. */
const MAX_SHOWN_ENTRIES = 4;

/** Size of a hash, in bytes. */
const HASH_SIZE = 32;

/** Reads one field after another; those read so far are kept if the next one is missing. */
type Dissector = (reader: PayloadReader) => Iterable<Field>;

const DISSECTORS: { readonly [messageType: string]: Dissector } = {
  version: dissectVersion,
  ping: dissectNonce,
  pong: dissectNonce,
  sendcmpct: dissectSendcmpct,
  feefilter: dissectFeefilter,
  sendtxrcncl: dissectSendtxrcncl,
  feature: dissectFeature,
  reject: dissectReject,
  inv: dissectInventory,
  getdata: dissectInventory,
  notfound: dissectInventory,
  getheaders: dissectLocator,
  getblocks: dissectLocator,
  addr: (reader) => dissectAddresses("addr", reader),
  addrv2: (reader) => dissectAddresses("addrv2", reader),
  headers: dissectCount,
};

/**
 * The fields of a message, in order. Bytes after the last known field, or that cannot be decoded, are shown as such.
 */
export function fieldsOf(messageType: string, payload: Uint8Array): Field[] {
  const reader = new PayloadReader(payload);
  const fields: Field[] = [];
  const dissect = Object.hasOwn(DISSECTORS, messageType) ? DISSECTORS[messageType] : undefined;
  try {
    for (const field of dissect?.(reader) ?? []) fields.push(field);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return [...fields, ["malformed", error.message]];
  }
  if (reader.remaining > 0) fields.push([fields.length > 0 ? "rest" : "payload", hexOfRest(reader)]);
  return fields;
}

function* dissectVersion(reader: PayloadReader): Generator<Field> {
  yield ["protocolVersion", `${reader.int32("protocolVersion")}`];
  yield ["services", describeServices(reader.uint64("services"))];
  yield ["timestamp", describeTime(reader.int64("timestamp"))];
  yield ["addrRecv", describeAddress(readNetworkAddress(reader, "addrRecv"))];
  // An old node's message may end before any of these.
  if (reader.remaining > 0) {
    yield ["addrFrom", describeAddress(readNetworkAddress(reader, "addrFrom"))];
    yield ["nonce", hex64(reader.uint64("nonce"))];
  }
  if (reader.remaining > 0) yield ["userAgent", readText(reader, "userAgent")];
  if (reader.remaining > 0) yield ["startHeight", `${reader.int32("startHeight")}`];
  if (reader.remaining > 0) yield ["relay", `${reader.uint8("relay")}`];
}

function* dissectNonce(reader: PayloadReader): Generator<Field> {
  if (reader.remaining > 0) yield ["nonce", hex64(reader.uint64("nonce"))];
}

/** BIP 152. */
function* dissectSendcmpct(reader: PayloadReader): Generator<Field> {
  yield ["announce", `${reader.uint8("announce")}`];
  yield ["version", `${reader.uint64("version")}`];
}

/** BIP 133. */
function* dissectFeefilter(reader: PayloadReader): Generator<Field> {
  yield ["feerate", `${reader.int64("feerate")} sat/kvB`];
}

/** BIP 330. */
function* dissectSendtxrcncl(reader: PayloadReader): Generator<Field> {
  yield ["version", `${reader.uint32("version")}`];
  yield ["salt", hex64(reader.uint64("salt"))];
}

/** BIP 434. */
function* dissectFeature(reader: PayloadReader): Generator<Field> {
  yield ["featureId", readText(reader, "featureId")];
  yield ["featureData", readHex(reader, "featureData")];
}

/** BIP 61. */
function* dissectReject(reader: PayloadReader): Generator<Field> {
  yield ["message", readText(reader, "message")];
  yield ["ccode", `0x${reader.uint8("ccode").toString(16).padStart(2, "0")}`];
  yield ["reason", readText(reader, "reason")];
}

function* dissectInventory(reader: PayloadReader): Generator<Field> {
  const count = readCompactSize(reader, "count");
  yield ["count", `${count}`];
  for (let i = 0; i < Math.min(count, MAX_SHOWN_ENTRIES); i++) {
    yield [`[${i}]`, `type ${reader.uint32("type")}, ${readHash(reader, "hash")}`];
  }
}

function* dissectLocator(reader: PayloadReader): Generator<Field> {
  yield ["protocolVersion", `${reader.uint32("protocolVersion")}`];
  const count = readCompactSize(reader, "count");
  yield ["count", `${count}`];
  for (let i = 0; i < Math.min(count, MAX_SHOWN_ENTRIES); i++) yield [`[${i}]`, readHash(reader, "hash")];
}

/** BIP 155. What comes after the entries shown is not looked at. */
function* dissectAddresses(type: AddrMessageType, reader: PayloadReader): Generator<Field> {
  const payload = reader.bytes(reader.remaining, "payload");
  const entries = new AddrReader(type, payload);
  yield ["count", `${entries.count}`];
  for (let i = 0; i < MAX_SHOWN_ENTRIES && entries.next(); i++) yield [`[${i}]`, describeEntry(entries, payload)];
}

function* dissectCount(reader: PayloadReader): Generator<Field> {
  yield ["count", `${readCompactSize(reader, "count")}`];
}

function describeServices(services: bigint): string {
  return `${hex64(services)} (${serviceNames(services).join(", ") || "NONE"})`;
}

/** Seconds since 1970, with the date if they are in range. */
function describeTime(seconds: bigint): string {
  const date = new Date(Number(seconds) * 1000);
  return `${seconds}${Number.isNaN(date.getTime()) ? "" : ` (${date.toISOString().replace(".000", "")})`}`;
}

function describeAddress(address: NetworkAddress): string {
  return `${formatAddress(address)}, services ${describeServices(address.services)}`;
}

function describeEntry(entry: AddrReader, payload: Uint8Array): string {
  const services = describeServices(BigInt(entry.servicesHigh) << 32n | BigInt(entry.servicesLow));
  return `${describePeer(entry, payload)}, services ${services}, seen ${describeTime(BigInt(entry.time))}`;
}

/** An entry's address, or its bytes if it has none that this program knows. */
function describePeer({ networkId, offset, size, port }: AddrReader, payload: Uint8Array): string {
  if (networkId === 0) return `${shortHex(payload.subarray(offset, offset + size))} port ${port}`;
  const key = new Uint8Array(MAX_KEY_SIZE);
  writeKeyOfBytes(networkId, payload, offset, port, key, 0);
  return formatAddress(readKey(key, 0));
}

/** Bytes after their length, as text. */
function readText(reader: PayloadReader, field: string): string {
  return escapeBytes(reader.bytes(readCompactSize(reader, `the length of ${field}`), field));
}

/** Bytes after their length, in hex. */
function readHex(reader: PayloadReader, field: string): string {
  return shortHex(reader.bytes(readCompactSize(reader, `the length of ${field}`), field));
}

/** A hash in the usual notation, last byte first. */
function readHash(reader: PayloadReader, field: string): string {
  return reader.bytes(HASH_SIZE, field).toReversed().toHex();
}

function hexOfRest(reader: PayloadReader): string {
  return shortHex(reader.bytes(reader.remaining, "rest"));
}

function shortHex(bytes: Uint8Array): string {
  const shown = bytes.subarray(0, MAX_SHOWN_BYTES).toHex();
  return bytes.length > MAX_SHOWN_BYTES ? `${shown}... (${bytes.length} bytes)` : shown;
}

function hex64(value: bigint): string {
  return `0x${value.toString(16).padStart(16, "0")}`;
}
