/**
 * A message type as both transports carry it: 12 bytes, filled up with NULs.
 *
 * @module
 */

import { escapeBytes } from "../wire/escape.ts";
import { NEGOTIATION_MESSAGE_TYPES } from "../wire/messages.ts";

/** How many bytes a message type has. */
export const MESSAGE_TYPE_SIZE = 12;

/** The message types that most connections begin with, with their 12 bytes as three numbers. */
const KNOWN_TYPES = ["version", "verack", ...NEGOTIATION_MESSAGE_TYPES, "ping", "reject"].map((messageType) => {
  const bytes = new Uint8Array(MESSAGE_TYPE_SIZE);
  writeMessageType(messageType, bytes, 0);
  const view = new DataView(bytes.buffer);
  return { messageType, words: [view.getUint32(0), view.getUint32(4), view.getUint32(8)] };
});

/**
 * Writes a message type into 12 zero bytes from `offset` on.
 *
 * @throws {RangeError} when `messageType` is not 1 to 12 characters from 0x20 to 0x7e.
 */
export function writeMessageType(messageType: string, bytes: Uint8Array, offset: number): void {
  if (!/^[\x20-\x7e]{1,12}$/.test(messageType)) {
    throw new RangeError(`Cannot encode a message: expected a type of 1 to 12 ASCII characters, got ${messageType}`);
  }
  for (let i = 0; i < messageType.length; i++) bytes[offset + i] = messageType.charCodeAt(i);
}

/** Reads 12 bytes from `offset` on: the message type without the NULs that fill it up, escaped; NULs inside stay. */
export function readMessageType(bytes: DataView, offset: number): string {
  const known = knownMessageType(bytes, offset);
  if (known !== undefined) return known;
  let length = MESSAGE_TYPE_SIZE;
  while (length > 0 && bytes.getUint8(offset + length - 1) === 0) length--;
  return escapeBytes(new Uint8Array(bytes.buffer, bytes.byteOffset + offset, length));
}

/** Whether it is one of the message types that connections begin with. */
export function isCommonType(messageType: string): boolean {
  return KNOWN_TYPES.some((known) => known.messageType === messageType);
}

/** The name, if it is one of those that most messages have: these are not made anew for each message. */
function knownMessageType(bytes: DataView, offset: number): string | undefined {
  return KNOWN_TYPES.find(({ words }) => words.every((word, i) => bytes.getUint32(offset + 4 * i) === word))
    ?.messageType;
}
