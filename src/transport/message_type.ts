/**
 * A message type as both transports carry it: 12 bytes, padded with NULs.
 *
 * @module
 */

import { escapeBytes } from "../wire/escape.ts";
import { NEGOTIATION_MESSAGE_TYPES } from "../wire/messages.ts";

/** Size of a message type, in bytes. */
export const MESSAGE_TYPE_SIZE = 12;

/** The message types that connections usually begin with, their 12 bytes as three numbers. */
const KNOWN_TYPES = ["version", "verack", ...NEGOTIATION_MESSAGE_TYPES, "ping", "reject"].map((messageType) => {
  const bytes = new Uint8Array(MESSAGE_TYPE_SIZE);
  writeMessageType(messageType, bytes, 0);
  const view = new DataView(bytes.buffer);
  return { messageType, words: [view.getUint32(0), view.getUint32(4), view.getUint32(8)] };
});

/**
 * Writes a message type into 12 zero bytes at `offset`.
 *
 * @throws {RangeError} when `messageType` is not 1 to 12 characters from 0x20 to 0x7e.
 */
export function writeMessageType(messageType: string, bytes: Uint8Array, offset: number): void {
  if (!/^[\x20-\x7e]{1,12}$/.test(messageType)) {
    throw new RangeError(`Cannot encode a message: expected a type of 1 to 12 ASCII characters, got ${messageType}`);
  }
  for (let i = 0; i < messageType.length; i++) bytes[offset + i] = messageType.charCodeAt(i);
}

/** Reads the message type from 12 bytes at `offset`: without its NUL padding, and escaped; NULs inside stay. */
export function readMessageType(bytes: DataView, offset: number): string {
  const known = knownMessageType(bytes, offset);
  if (known !== undefined) return known;
  let length = MESSAGE_TYPE_SIZE;
  while (length > 0 && bytes.getUint8(offset + length - 1) === 0) length--;
  return escapeBytes(new Uint8Array(bytes.buffer, bytes.byteOffset + offset, length));
}

/** Whether it is one of the message types that connections usually begin with. */
export function isCommonType(messageType: string): boolean {
  return KNOWN_TYPES.some((known) => known.messageType === messageType);
}

/** The name, if it is a common one: no new string is made for these. */
function knownMessageType(bytes: DataView, offset: number): string | undefined {
  return KNOWN_TYPES.find(({ words }) => words.every((word, i) => bytes.getUint32(offset + 4 * i) === word))
    ?.messageType;
}
