/**
 * `reject`: says why a message was refused. Bitcoin Core sent it up to 0.19; old nodes and those of other
 * implementations and coins still do.
 *
 * Source: BIP 61; Bitcoin Core 0.19 `net_processing.cpp` (`ProcessMessage`, `MAX_REJECT_MESSAGE_LENGTH`).
 *
 * @module
 */

import { compactSizeLength, readCompactSize, writeCompactSize } from "./compact_size.ts";
import { escapeBytes } from "./escape.ts";
import { PayloadReader } from "./reader.ts";
import { PayloadWriter } from "./writer.ts";

/** The longest message type that a `reject` may name, in bytes. */
const MAX_REJECTED_TYPE_LENGTH = 12;

/** The longest reason, in bytes. */
export const MAX_REJECT_REASON_LENGTH = 111;

/** The codes of BIP 61, in its words. */
const REJECT_CODES: ReadonlyMap<number, string> = new Map([
  [0x01, "malformed"],
  [0x10, "invalid"],
  [0x11, "obsolete"],
  [0x12, "duplicate"],
  [0x40, "nonstandard"],
  [0x41, "dust"],
  [0x42, "insufficientfee"],
  [0x43, "checkpoint"],
]);

/** Says why a message was refused. */
export interface RejectMessage {
  /** The message type. */
  readonly type: "reject";
  /** The type of the refused message, 0 to 12 bytes of any value. */
  readonly message: Uint8Array;
  /** The code of the reason; unsigned 8 bits. */
  readonly ccode: number;
  /** The reason in words, 0 to 111 bytes of any value. */
  readonly reason: Uint8Array;
  /** The hash of the refused block or transaction; empty for any other message. */
  readonly data: Uint8Array;
}

/**
 * Reads a `reject`.
 *
 * @throws {WireError} when a field other than the data is missing, or one is too long.
 */
export function decodeReject(payload: Uint8Array): RejectMessage {
  const reader = new PayloadReader(payload);
  const message = readBytes(reader, "reject.message", MAX_REJECTED_TYPE_LENGTH);
  const ccode = reader.uint8("reject.ccode");
  const reason = readBytes(reader, "reject.reason", MAX_REJECT_REASON_LENGTH);
  return { type: "reject", message, ccode, reason, data: reader.bytes(reader.remaining, "reject.data") };
}

/**
 * Writes a `reject`.
 *
 * @throws {WireError} when a field cannot hold its value.
 */
export function encodeReject({ message, ccode, reason, data }: RejectMessage): Uint8Array<ArrayBuffer> {
  const lengths = compactSizeLength(message.length) + compactSizeLength(reason.length);
  const writer = new PayloadWriter(lengths + message.length + 1 + reason.length + data.length);
  writeCompactSize(writer, message.length, "the length of reject.message");
  writer.bytes(message, "reject.message");
  writer.uint8(ccode, "reject.ccode");
  writeCompactSize(writer, reason.length, "the length of reject.reason");
  writer.bytes(reason, "reject.reason");
  writer.bytes(data, "reject.data");
  return writer.finish();
}

/** Code and reason on one line, escaped, as in `0x11 obsolete, "Version must be 70012 or greater"`. */
export function describeReject({ ccode, reason }: RejectMessage): string {
  const code = `0x${ccode.toString(16).padStart(2, "0")}`;
  const meaning = REJECT_CODES.get(ccode);
  return `${meaning === undefined ? code : `${code} ${meaning}`}, "${escapeBytes(reason)}"`;
}

function readBytes(reader: PayloadReader, field: string, max: number): Uint8Array {
  return reader.bytes(readCompactSize(reader, `the length of ${field}`, max), field);
}
