/**
 * The contents of a v2 packet: a message type, as a short ID or as a zero byte and 12 bytes as in v1, and a payload.
 *
 * Source: BIP 324, "v2 Bitcoin P2P message structure" and `message_type_ids.md` there; Bitcoin Core `net.cpp`
 * (`V2_MESSAGE_IDS`).
 *
 * @module
 */

import { escapeBytes } from "../wire/escape.ts";
import { payloadLimit, type PayloadLimits } from "../wire/messages.ts";
import { MESSAGE_TYPE_SIZE, readMessageType, writeMessageType } from "./message_type.ts";
import { keepsPayload } from "./payload.ts";
import type { Frame } from "./transport.ts";

/** Maximum size of a message type, in bytes. */
export const LONG_TYPE_SIZE: number = 1 + MESSAGE_TYPE_SIZE;

/** Where a message states the length of its payload. */
const PACKET = { name: "packet", verb: "has" };

/** The message types with a short ID. */
const SHORT_IDS: ReadonlyMap<string, number> = new Map([
  ["addr", 1],
  ["block", 2],
  ["blocktxn", 3],
  ["cmpctblock", 4],
  ["feefilter", 5],
  ["filteradd", 6],
  ["filterclear", 7],
  ["filterload", 8],
  ["getblocks", 9],
  ["getblocktxn", 10],
  ["getdata", 11],
  ["getheaders", 12],
  ["headers", 13],
  ["inv", 14],
  ["mempool", 15],
  ["merkleblock", 16],
  ["notfound", 17],
  ["ping", 18],
  ["pong", 19],
  ["sendcmpct", 20],
  ["tx", 21],
  ["getcfilters", 22],
  ["cfilter", 23],
  ["getcfheaders", 24],
  ["cfheaders", 25],
  ["getcfcheckpt", 26],
  ["cfcheckpt", 27],
  ["addrv2", 28],
  ["feature", 37], // BIP 434
]);

const TYPES_BY_ID: ReadonlyMap<number, string> = new Map([...SHORT_IDS].map(([messageType, id]) => [id, messageType]));

/**
 * The contents of a packet for a message, in parts.
 *
 * @throws {RangeError} when `messageType` is not 1 to 12 characters from 0x20 to 0x7e.
 */
export function encodeContents(messageType: string, payload: Uint8Array): readonly Uint8Array[] {
  const id = SHORT_IDS.get(messageType);
  if (id !== undefined) return [Uint8Array.of(id), payload];
  const type = new Uint8Array(LONG_TYPE_SIZE);
  writeMessageType(messageType, type, 1);
  return [type, payload];
}

/**
 * Whether a packet must be kept whole to be decoded; otherwise its first {@linkcode LONG_TYPE_SIZE} bytes are enough.
 *
 * @param beginning Those bytes, or the whole contents.
 * @param size How many bytes there are in all.
 */
export function needsPayload(beginning: Uint8Array, size: number, limits: PayloadLimits = payloadLimit): boolean {
  const { messageType, length } = decodeType(beginning);
  const limit = limits(messageType);
  return limit !== undefined && size - length <= limit.maxSize;
}

/**
 * Decodes the contents of a packet.
 *
 * @param beginning The whole contents, or the first {@linkcode LONG_TYPE_SIZE} bytes unless {@linkcode needsPayload}.
 * @param size How many bytes there are in all.
 * @param limits Which payloads are kept.
 * @throws {TransportError} when the payload is too long, as in v1.
 */
export function decodeContents(
  beginning: Uint8Array<ArrayBuffer>,
  size: number,
  limits: PayloadLimits = payloadLimit,
): Frame {
  const { messageType, length } = decodeType(beginning);
  const payloadSize = size - length;
  const kept = keepsPayload(messageType, payloadSize, limits, PACKET);
  return { messageType, size: payloadSize, payload: kept ? beginning.slice(length) : null, checksum: null };
}

/**
 * The message type that the contents begin with, and its length in bytes. A message type that Bitcoin Core refuses is
 * escaped, and so never equals the name of a known message.
 */
function decodeType(contents: Uint8Array): { messageType: string; length: number } {
  const [id] = contents;
  if (id === undefined) return { messageType: "", length: 0 };
  // An unassigned ID is shown as an escaped byte, even if it is printable.
  if (id !== 0) return { messageType: TYPES_BY_ID.get(id) ?? `\\x${id.toString(16).padStart(2, "0")}`, length: 1 };
  if (contents.length < LONG_TYPE_SIZE) return { messageType: escapeBytes(contents), length: contents.length };
  const view = new DataView(contents.buffer, contents.byteOffset, LONG_TYPE_SIZE);
  return { messageType: readMessageType(view, 1), length: LONG_TYPE_SIZE };
}
