/**
 * `version`: the first message of each side, in which a node introduces itself.
 *
 * Source: Bitcoin Core `net_processing.cpp` (`ProcessMessage`, `PushNodeVersion`); BIP 14 (user agent), BIP 37 (relay),
 * BIP 60 (which fields are mandatory).
 *
 * @module
 */

import { readCompactSize, writeCompactSize } from "./compact_size.ts";
import { WireError } from "./errors.ts";
import {
  NETWORK_ADDRESS_SIZE,
  type NetworkAddress,
  readNetworkAddress,
  writeNetworkAddress,
} from "./network_address.ts";
import { PayloadReader } from "./reader.ts";
import { MAX_USER_AGENT_LENGTH } from "./user_agent.ts";
import { PayloadWriter } from "./writer.ts";

/** The longest `version` payload that is decoded, in bytes; a current node's has about 100. */
export const MAX_VERSION_SIZE = 4096;

/** The protocol version announced by default: the first with `wtxidrelay` (BIP 339) and `sendaddrv2` (BIP 155). */
export const DEFAULT_PROTOCOL_VERSION = 70016;

/** Peers below this are refused (`MIN_PEER_PROTO_VERSION` in Bitcoin Core's `node/protocol_version.h`). */
export const MIN_PROTOCOL_VERSION = 31800;

/** Size of all fields except the bytes of the user agent, whose length takes 3 bytes at most. */
const FIXED_FIELDS_SIZE = 4 + 8 + 8 + 2 * NETWORK_ADDRESS_SIZE + 8 + 3 + 4 + 1;

/**
 * Every node sends the fields up to `addrRecv`. An old node's message may end before any later one; missing fields are
 * `null`.
 */
export interface VersionMessage {
  /** The message type. */
  readonly type: "version";
  /** The highest protocol version that the sender supports; signed 32 bits. */
  readonly protocolVersion: number;
  /** The sender's services; 64 bits, see {@linkcode serviceNames}. */
  readonly services: bigint;
  /** The sender's clock, seconds since 1970; signed 64 bits. */
  readonly timestamp: bigint;
  /** The receiver's address as the sender sees it. */
  readonly addrRecv: NetworkAddress;
  /** The sender's address, but all zero in current nodes. Since version 106. */
  readonly addrFrom: NetworkAddress | null;
  /** Random for each connection, to detect a connection to ourselves; unsigned 64 bits. Since version 106. */
  readonly nonce: bigint | null;
  /** BIP 14 user agent, 0 to 256 bytes of any value. Since version 106. */
  readonly userAgent: Uint8Array | null;
  /** Height of the sender's best chain; signed 32 bits. Since version 209. */
  readonly startHeight: number | null;
  /** Whether the sender wants transactions announced; absent means yes (BIP 37). Since version 70001. */
  readonly relay: boolean | null;
}

/**
 * Decodes the payload as Bitcoin Core does: bytes after `relay` are ignored, and any non-zero `relay` byte is true.
 *
 * @throws {WireError} when a mandatory field is missing, any field is cut short, or the user agent is too long.
 */
export function decodeVersion(payload: Uint8Array): VersionMessage {
  const reader = new PayloadReader(payload);
  const protocolVersion = reader.int32("version.protocolVersion");
  const services = reader.uint64("version.services");
  const timestamp = reader.int64("version.timestamp");
  const addrRecv = readNetworkAddress(reader, "version.addrRecv");
  // A node that sends addrFrom also sends the nonce.
  const isLong = reader.remaining > 0;
  const addrFrom = isLong ? readNetworkAddress(reader, "version.addrFrom") : null;
  const nonce = isLong ? reader.uint64("version.nonce") : null;
  const userAgent = reader.remaining > 0 ? readUserAgent(reader) : null;
  const startHeight = reader.remaining > 0 ? reader.int32("version.startHeight") : null;
  const relay = reader.remaining > 0 ? reader.uint8("version.relay") !== 0 : null;
  return {
    type: "version",
    protocolVersion,
    services,
    timestamp,
    addrRecv,
    addrFrom,
    nonce,
    userAgent,
    startHeight,
    relay,
  };
}

/**
 * Encodes the payload, up to the first field that is `null`; `addrFrom` and `nonce` go together.
 *
 * @throws {WireError} `out_of_range` or `limit_exceeded` when a field cannot hold its value.
 */
export function encodeVersion(message: VersionMessage): Uint8Array<ArrayBuffer> {
  const { addrFrom, nonce, userAgent, startHeight, relay } = message;
  const writer = new PayloadWriter(FIXED_FIELDS_SIZE + (userAgent?.length ?? 0));
  writer.int32(message.protocolVersion, "version.protocolVersion");
  writer.uint64(message.services, "version.services");
  writer.int64(message.timestamp, "version.timestamp");
  writeNetworkAddress(writer, message.addrRecv, "version.addrRecv");
  if (addrFrom === null || nonce === null) return writer.finish();
  writeNetworkAddress(writer, addrFrom, "version.addrFrom");
  writer.uint64(nonce, "version.nonce");
  if (userAgent === null) return writer.finish();
  writeUserAgent(writer, userAgent);
  if (startHeight === null) return writer.finish();
  writer.int32(startHeight, "version.startHeight");
  if (relay === null) return writer.finish();
  writer.uint8(relay ? 1 : 0, "version.relay");
  return writer.finish();
}

function readUserAgent(reader: PayloadReader): Uint8Array {
  const length = readCompactSize(reader, "the length of version.userAgent", MAX_USER_AGENT_LENGTH);
  return reader.bytes(length, "version.userAgent");
}

function writeUserAgent(writer: PayloadWriter, userAgent: Uint8Array): void {
  if (userAgent.length > MAX_USER_AGENT_LENGTH) {
    throw new WireError(
      "limit_exceeded",
      `Cannot write version.userAgent: expected at most ${MAX_USER_AGENT_LENGTH} bytes, got ${userAgent.length}`,
    );
  }
  writeCompactSize(writer, userAgent.length, "the length of version.userAgent");
  writer.bytes(userAgent, "version.userAgent");
}
