/**
 * The v1 transport: each message behind a header of 24 bytes in the clear.
 *
 * ```text
 *  0      4                      16       20         24
 *  | magic | message type, NULs   | length | checksum | payload …
 * ```
 *
 * Source: Bitcoin Core `net.cpp` (`V1Transport`), `protocol.h` (`CMessageHeader`).
 *
 * @module
 */

import { checksum } from "../crypto/checksum.ts";
import { type Chain, chainByMagic } from "../wire/chains.ts";
import { escapeBytes } from "../wire/escape.ts";
import { MAX_KEPT_PAYLOAD, payloadLimit } from "../wire/messages.ts";
import { TransportError } from "./errors.ts";
import { Outbox } from "./outbox.ts";
import { type Frame, MAX_PAYLOAD_SIZE, MAX_RECEIVED_BYTES, type Transport } from "./transport.ts";

/** How many bytes a v1 header has. */
export const HEADER_SIZE = 24;

const MAGIC_SIZE = 4;
const MESSAGE_TYPE_SIZE = 12;
const FIRST_PAYLOAD_CAPACITY = 256;

const NOTHING = new Uint8Array();

/** A message of which the header is known, and part of the payload. */
interface Incoming {
  readonly messageType: string;
  readonly size: number;
  readonly checksum: number;
  /** Room for what has come of a payload that is kept; it grows with what comes, not with what is announced. */
  payload: Uint8Array<ArrayBuffer> | null;
  /** How many bytes of the payload have come. */
  received: number;
}

/** The v1 transport of one connection. */
export class V1Transport implements Transport {
  readonly #chain: Chain;
  readonly #keepsAll: boolean;
  /** The part of a header that has come, where it did not come in one piece. */
  #header: DataView<ArrayBuffer> | null = null;
  #headerLength = 0;
  #incoming: Incoming | null = null;
  #bytesReceived = 0;
  readonly #outbox = new Outbox();

  /**
   * Starts at the first byte of a connection to a node of `chain`. With `keepsAll` payloads of messages that nobody
   * reads are kept too, up to {@linkcode MAX_KEPT_PAYLOAD} bytes.
   */
  constructor(chain: Chain, keepsAll = false) {
    this.#chain = chain;
    this.#keepsAll = keepsAll;
  }

  /** No v1 connection has one. */
  get sessionId(): null {
    return null;
  }

  *receive(bytes: Uint8Array): Generator<Frame, void, void> {
    const end = Math.min(bytes.length, MAX_RECEIVED_BYTES - this.#bytesReceived);
    for (let offset = 0; offset < end;) {
      const taken = this.#incoming === null
        ? this.#takeHeader(bytes, offset, end)
        : this.#takePayload(this.#incoming, bytes, offset, end);
      offset += taken;
      this.#bytesReceived += taken;
      const complete = this.#takeComplete();
      if (complete !== null) yield complete;
    }
    if (end < bytes.length) {
      throw new TransportError(
        "message_flood",
        `Expected the handshake within ${MAX_RECEIVED_BYTES} bytes, the peer sent more`,
      );
    }
  }

  isIntact(frame: Frame): boolean | Promise<boolean> {
    if (frame.payload === null) return true;
    const actual = checksum(frame.payload);
    return typeof actual === "number" ? actual === frame.checksum : actual.then((sum) => sum === frame.checksum);
  }

  send(messageType: string, payload: Uint8Array<ArrayBuffer>): void | Promise<void> {
    const add = (sum: number) => this.#outbox.add(writeMessage(this.#chain, messageType, payload, sum));
    const sum = checksum(payload);
    return typeof sum === "number" ? add(sum) : sum.then(add);
  }

  takeOutput(): Uint8Array<ArrayBuffer> {
    return this.#outbox.take();
  }

  /** Nothing is secret. */
  [Symbol.dispose](): void {}

  /** Reads a header where it stands, or adds to it if it comes in pieces; returns how many bytes were taken. */
  #takeHeader(bytes: Uint8Array, offset: number, end: number): number {
    const before = this.#headerLength;
    if (before === 0 && end - offset >= HEADER_SIZE) {
      const header = new DataView(bytes.buffer, bytes.byteOffset + offset, HEADER_SIZE);
      this.#checkMagic(header);
      this.#incoming = readHeader(header, this.#keepsAll);
      return HEADER_SIZE;
    }
    const header = this.#header ??= new DataView(new ArrayBuffer(HEADER_SIZE));
    const taken = Math.min(HEADER_SIZE - before, end - offset);
    new Uint8Array(header.buffer).set(bytes.subarray(offset, offset + taken), before);
    this.#headerLength += taken;
    if (before < MAGIC_SIZE && this.#headerLength >= MAGIC_SIZE) this.#checkMagic(header);
    if (this.#headerLength === HEADER_SIZE) {
      this.#headerLength = 0;
      this.#incoming = readHeader(header, this.#keepsAll);
    }
    return taken;
  }

  #checkMagic(header: DataView): void {
    const magic = header.getUint32(0);
    if (magic === this.#chain.magic) return;
    const came = `0x${magic.toString(16).padStart(8, "0")}`;
    const expected = `Expected the magic of ${this.#chain.name}, 0x${this.#chain.magic.toString(16).padStart(8, "0")}`;
    if (this.#bytesReceived >= HEADER_SIZE) {
      throw new TransportError("malformed_message", `${expected}, as in the messages before, got ${came}`);
    }
    const other = chainByMagic(magic);
    throw other === undefined
      ? new TransportError("not_bitcoin", `${expected}, got ${came} ("${escapeBytes(bytesOf(header, 0, MAGIC_SIZE))}")`)
      : new TransportError("wrong_network", `${expected}, got that of ${other.name}, ${came}`);
  }

  /** Adds to the payload, or skips it; returns how many bytes were taken. */
  #takePayload(incoming: Incoming, bytes: Uint8Array, offset: number, end: number): number {
    const taken = Math.min(incoming.size - incoming.received, end - offset);
    if (incoming.payload !== null) {
      const part = bytes.subarray(offset, offset + taken);
      incoming.payload = grow(incoming.payload, incoming.received + taken, incoming.size);
      incoming.payload.set(part, incoming.received);
    }
    incoming.received += taken;
    return taken;
  }

  /** The message that is whole now, if one is. */
  #takeComplete(): Frame | null {
    const incoming = this.#incoming;
    if (incoming === null || incoming.received < incoming.size) return null;
    this.#incoming = null;
    const { messageType, size, payload, checksum } = incoming;
    return { messageType, size, payload, checksum };
  }
}

/**
 * One v1 message: header and payload.
 *
 * @throws {RangeError} when `messageType` is not 1 to 12 characters from 0x20 to 0x7e.
 */
export async function encodeV1(
  chain: Chain,
  messageType: string,
  payload: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  return writeMessage(chain, messageType, payload, await checksum(payload));
}

function writeMessage(
  chain: Chain,
  messageType: string,
  payload: Uint8Array<ArrayBuffer>,
  sum: number,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_SIZE + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, chain.magic);
  writeMessageType(messageType, bytes.subarray(MAGIC_SIZE));
  view.setUint32(16, payload.length, true);
  view.setUint32(20, sum);
  bytes.set(payload, HEADER_SIZE);
  return bytes;
}

/** Reads a whole header; checks the length before anything is allocated for it. */
function readHeader(header: DataView, keepsAll: boolean): Incoming {
  const messageType = readMessageType(bytesOf(header, MAGIC_SIZE, MESSAGE_TYPE_SIZE));
  const size = header.getUint32(16, true);
  if (size > MAX_PAYLOAD_SIZE) {
    throw new TransportError(
      "oversized_message",
      `Expected a payload of at most ${MAX_PAYLOAD_SIZE} bytes, the header of ${messageType} announces ${size}`,
    );
  }
  const limit = payloadLimit(messageType);
  if (limit?.overlong === "malformed" && size > limit.maxSize) {
    throw new TransportError(
      "malformed_message",
      `Expected a ${messageType} of at most ${limit.maxSize} bytes, its header announces ${size}`,
    );
  }
  const kept = size <= (limit?.maxSize ?? (keepsAll ? MAX_KEPT_PAYLOAD : -1));
  return { messageType, size, checksum: header.getUint32(20), payload: kept ? NOTHING : null, received: 0 };
}

/**
 * Writes a message type into 12 zero bytes.
 *
 * @throws {RangeError} when `messageType` is not 1 to 12 characters from 0x20 to 0x7e.
 */
export function writeMessageType(messageType: string, bytes: Uint8Array): void {
  if (!/^[\x20-\x7e]{1,12}$/.test(messageType)) {
    throw new RangeError(`Cannot encode a message: expected a type of 1 to 12 ASCII characters, got ${messageType}`);
  }
  for (let i = 0; i < messageType.length; i++) bytes[i] = messageType.charCodeAt(i);
}

/** Reads 12 bytes: the message type without the NULs that fill it up, escaped; NULs inside stay. */
export function readMessageType(bytes: Uint8Array): string {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0) length--;
  return escapeBytes(bytes.subarray(0, length));
}

function bytesOf(header: DataView, offset: number, length: number): Uint8Array {
  return new Uint8Array(header.buffer, header.byteOffset + offset, length);
}

/** `buffer` with room for `needed` bytes: doubled, but never more than `most`. */
function grow(buffer: Uint8Array<ArrayBuffer>, needed: number, most: number): Uint8Array<ArrayBuffer> {
  if (needed <= buffer.length) return buffer;
  const grown = new Uint8Array(Math.min(most, Math.max(needed, 2 * buffer.length, FIRST_PAYLOAD_CAPACITY)));
  grown.set(buffer);
  return grown;
}
