/**
 * The bytes that hostile peers send: valid and invalid messages, encoded by hand where the codecs would refuse.
 *
 * @module
 */

import type { IpAddress } from "../../address/address.ts";
import { checksum } from "../../crypto/checksum.ts";
import { encodeV1, HEADER_SIZE } from "../../transport/v1.ts";
import { type Chain, MAINNET } from "../../wire/chains.ts";
import { UNSPECIFIED_ADDRESS, writeNetworkAddress } from "../../wire/network_address.ts";
import { writeCompactSize } from "../../wire/compact_size.ts";
import { PayloadWriter } from "../../wire/writer.ts";

/** Makes bytes when they are sent, as they contain the peer's clock. */
export type Part = (now: bigint) => Promise<Uint8Array>;

/** Faults in the header of a message. */
export interface HeaderFaults {
  /** The chain whose magic it begins with; mainnet's by default. */
  readonly chain?: Pick<Chain, "magic">;
  /** The length that it announces. */
  readonly size?: number;
  /** Whether the checksum is wrong. */
  readonly badChecksum?: boolean;
}

/** The fields of a `version` on the wire; by default those of a current node. */
export interface VersionBytes {
  /** Signed 32 bits. */
  readonly protocolVersion?: number;
  /** 64 bits. */
  readonly services?: bigint;
  /** Seconds since 1970, signed 64 bits; the peer's clock by default. */
  readonly timestamp?: bigint;
  /** The peer's clock minus the true one, in seconds. */
  readonly clockOffset?: bigint;
  /** The receiver's address; unspecified by default, with port 0. */
  readonly addrRecv?: IpAddress;
  /** The nonce; unsigned 64 bits. */
  readonly nonce?: bigint;
  /** The bytes of the user agent. */
  readonly userAgent?: Uint8Array;
  /** The bytes before the user agent; its length as CompactSize by default. */
  readonly userAgentLength?: readonly number[];
  /** Signed 32 bits. */
  readonly startHeight?: number;
  /** One byte. */
  readonly relay?: number;
  /** The length of the payload, which is truncated or padded with zeros. */
  readonly size?: number;
}

/** The default user agent. */
export const USER_AGENT = "/hostile:1.0/";

/** The default length of {@linkcode version}'s payload, in bytes. */
export const VERSION_SIZE = 85 + 1 + USER_AGENT.length;

/** Room for everything but the user agent. */
const FIXED_FIELDS_SIZE = 96;

/** The bytes of a text in UTF-8. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** The given bytes, or those of a text. */
export function raw(content: string | readonly number[] | Uint8Array): Part {
  const bytes = typeof content === "string" ? utf8(content) : Uint8Array.from(content);
  return () => Promise.resolve(bytes);
}

/** A v1 message. A type given as bytes is used as is, padded with NULs. */
export function message(
  messageType: string | readonly number[],
  payload: Uint8Array<ArrayBuffer> = new Uint8Array(),
  { chain = MAINNET, size, badChecksum = false }: HeaderFaults = {},
): Part {
  return async () => {
    const bytes = encodeV1(chain, "x", payload, await checksum(payload));
    bytes.fill(0, 4, 16).set(typeof messageType === "string" ? utf8(messageType) : messageType, 4);
    if (size !== undefined) new DataView(bytes.buffer).setUint32(16, size, true);
    if (badChecksum) bytes[20] = (bytes[20] ?? 0) ^ 0xff;
    return bytes;
  };
}

/** A message with a payload of `size` zeros. */
export function zeros(messageType: string, size: number): Part {
  return (now) => message(messageType, new Uint8Array(size))(now);
}

/** The header of a message that announces `size` bytes, without any of them. */
export function header(messageType: string, size: number): Part {
  return message(messageType, undefined, { size });
}

/** A `version` message. */
export function version(fields: VersionBytes = {}, faults: HeaderFaults = {}): Part {
  return (now) => message("version", versionPayload(fields, now), faults)(now);
}

/** A `verack`. */
export const verack: Part = message("verack");

/** A `ping` with a nonce. */
export function ping(nonce: bigint): Part {
  return message("ping", nonceBytes(nonce));
}

/** The bytes of a nonce, followed by `trailing` zeros. */
export function nonceBytes(nonce: bigint, trailing = 0): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8 + trailing);
  new DataView(bytes.buffer).setBigUint64(0, nonce, true);
  return bytes;
}

/** The first `count` bytes of a part; a negative number counts from its end. */
export function first(count: number, part: Part): Part {
  return async (now) => (await part(now)).subarray(0, count);
}

/** The same part `count` times. */
export function times(count: number, part: Part): readonly Part[] {
  return new Array<Part>(count).fill(part);
}

/** `count` ignored messages, `total` bytes in all. */
export function filler(count: number, total: number): readonly Part[] {
  const each = Math.floor(total / count);
  const rest = total - each * (count - 1);
  return [...times(count - 1, zeros("filler", each - HEADER_SIZE)), zeros("filler", rest - HEADER_SIZE)];
}

function versionPayload(fields: VersionBytes, now: bigint): Uint8Array<ArrayBuffer> {
  const { services = 0xc09n, userAgent = utf8(USER_AGENT), userAgentLength, addrRecv = UNSPECIFIED_ADDRESS } = fields;
  const writer = new PayloadWriter(FIXED_FIELDS_SIZE + userAgent.length);
  writer.int32(fields.protocolVersion ?? 70016, "protocolVersion");
  writer.uint64(services, "services");
  writer.int64(fields.timestamp ?? now + (fields.clockOffset ?? 0n), "timestamp");
  writeNetworkAddress(writer, { services: 0n, ...addrRecv }, "addrRecv");
  writeNetworkAddress(writer, { ...UNSPECIFIED_ADDRESS, services }, "addrFrom");
  writer.uint64(fields.nonce ?? 0x5eed_5eed_5eed_5eedn, "nonce");
  if (userAgentLength === undefined) writeCompactSize(writer, userAgent.length, "length of userAgent");
  else writer.bytes(Uint8Array.from(userAgentLength), "length of userAgent");
  writer.bytes(userAgent, "userAgent");
  writer.int32(fields.startHeight ?? 940_000, "startHeight");
  writer.uint8(fields.relay ?? 1, "relay");
  const payload = writer.finish();
  const sized = new Uint8Array(fields.size ?? payload.length);
  sized.set(payload.subarray(0, sized.length));
  return sized;
}
