/**
 * `version`: the first message of each side, with which a node says who it is.
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

/** The longest `version` payload that is read, in bytes; a current node's has about 100. */
export const MAX_VERSION_SIZE = 4096;

/** The protocol version announced unless told otherwise: the first with `wtxidrelay` (BIP 339) and `sendaddrv2` (BIP 155). */
export const DEFAULT_PROTOCOL_VERSION = 70016;

/** Peers below this are refused (`MIN_PEER_PROTO_VERSION` in Bitcoin Core's `node/protocol_version.h`). */
export const MIN_PROTOCOL_VERSION = 31800;

/** Room for all fields but the user agent's own bytes; the length in front of it takes 3 at most. */
const FIXED_FIELDS_SIZE = 4 + 8 + 8 + 2 * NETWORK_ADDRESS_SIZE + 8 + 3 + 4 + 1;

/** Up to `addrRecv` every node sends every field. An old node's message may end before any later one, which is then `null`. */
export interface VersionMessage {
  /** The message type. */
  readonly type: "version";
  /** Highest protocol version the sender speaks; signed 32 bits. */
  readonly protocolVersion: number;
  /** What the sender can do; 64 bits, see {@linkcode serviceNames}. */
  readonly services: bigint;
  /** The sender's clock, seconds since 1970; signed 64 bits. */
  readonly timestamp: bigint;
  /** The receiver as the sender sees it. */
  readonly addrRecv: NetworkAddress;
  /** Once the sender's own address; all zero today. Since version 106. */
  readonly addrFrom: NetworkAddress | null;
  /** Random, fresh for each connection, to notice a connection to oneself; unsigned 64 bits. Since version 106. */
  readonly nonce: bigint | null;
  /** BIP 14 user agent, 0 to 256 bytes of any value. Since version 106. */
  readonly userAgent: Uint8Array | null;
  /** Height of the sender's best chain; signed 32 bits. Since version 209. */
  readonly startHeight: number | null;
  /** Whether the sender wants transactions announced; absent means yes (BIP 37). Since version 70001. */
  readonly relay: boolean | null;
}

/**
 * Reads the payload as Bitcoin Core does: bytes after `relay` are ignored, and any `relay` byte but 0 is true.
 *
 * @throws {WireError} when a mandatory field is missing, any field is cut short, or the user agent is too long.
 */
export function decodeVersion(payload: Uint8Array): VersionMessage {
  const reader = new PayloadReader(payload);
  const protocolVersion = reader.int32("version.protocolVersion");
  const services = reader.uint64("version.services");
  const timestamp = reader.int64("version.timestamp");
  const addrRecv = readNetworkAddress(reader, "version.addrRecv");
  // Whoever sends addrFrom sends the nonce too.
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
 * Writes the payload, up to the first field that is `null`; `addrFrom` and `nonce` go together.
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
      `Cannot write version.userAgent: expected at most ${MAX_USER_AGENT_LENGTH} bytes, current length is ${userAgent.length}`,
    );
  }
  writeCompactSize(writer, userAgent.length, "the length of version.userAgent");
  writer.bytes(userAgent, "version.userAgent");
}
