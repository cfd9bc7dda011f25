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
import { type Chain, nameOfOther } from "../wire/chains.ts";
import { escapeBytes } from "../wire/escape.ts";
import { TransportError } from "./errors.ts";
import { readMessageType, writeMessageType } from "./message_type.ts";
import { Outbox } from "./outbox.ts";
import { keepsPayload } from "./payload.ts";
import { type Frame, MAX_RECEIVED_BYTES, type Transport } from "./transport.ts";

/** How many bytes a v1 header has. */
export const HEADER_SIZE = 24;

const MAGIC_SIZE = 4;
const FIRST_PAYLOAD_CAPACITY = 256;

/** What says how long a payload is. */
const HEADER = { name: "header", verb: "announces" };

const NOTHING = new Uint8Array();

const NO_VIEW = new DataView(NOTHING.buffer);

/** A message of which the header is known; its payload has room for what has come, not for what is announced. */
type Incoming = { -readonly [K in keyof Frame]: Frame[K] };

/** The v1 transport of one connection. */
export class V1Transport implements Transport {
  readonly #chain: Chain;
  readonly #keepsAll: boolean;
  /** What is being read, up to `#offset`. */
  #input: Uint8Array = NOTHING;
  #view: DataView = NO_VIEW;
  #offset = 0;
  /** The part of a header that has come, where it did not come in one piece. */
  #header: DataView<ArrayBuffer> | null = null;
  #headerLength = 0;
  #incoming: Incoming | null = null;
  /** How many bytes of the incoming message's payload have come. */
  #payloadLength = 0;
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

  receive(bytes: Uint8Array): void {
    this.#input = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#offset = 0;
  }

  takeFrame(): Frame | null {
    const { length } = this.#input;
    const end = Math.min(length, this.#offset + MAX_RECEIVED_BYTES - this.#bytesReceived);
    while (this.#offset < end) {
      const taken = this.#incoming === null ? this.#takeHeader(end) : this.#takePayload(this.#incoming, end);
      this.#offset += taken;
      this.#bytesReceived += taken;
      const complete = this.#takeComplete();
      if (complete !== null) return complete;
    }
    if (end < length) {
      throw new TransportError(
        "message_flood",
        `Expected the handshake within ${MAX_RECEIVED_BYTES} bytes, the peer sent more`,
      );
    }
    this.#input = NOTHING;
    this.#view = NO_VIEW;
    return null;
  }

  isIntact(frame: Frame): boolean | Promise<boolean> {
    if (frame.payload === null) return true;
    const actual = checksum(frame.payload);
    return typeof actual === "number" ? actual === frame.checksum : equal(actual, frame.checksum);
  }

  send(messageType: string, payload: Uint8Array<ArrayBuffer>): void | Promise<void> {
    const sum = checksum(payload);
    return typeof sum === "number" ? this.#add(messageType, payload, sum) : this.#addWith(messageType, payload, sum);
  }

  takeOutput(): Uint8Array<ArrayBuffer> {
    return this.#outbox.take();
  }

  /** Nothing is secret. */
  [Symbol.dispose](): void {}

  async #addWith(messageType: string, payload: Uint8Array<ArrayBuffer>, sum: Promise<number>): Promise<void> {
    this.#add(messageType, payload, await sum);
  }

  #add(messageType: string, payload: Uint8Array<ArrayBuffer>, sum: number): void {
    this.#outbox.add(writeMessage(this.#chain, messageType, payload, sum));
  }

  /** Reads a header where it stands, or adds to it if it comes in pieces; returns how many bytes were taken. */
  #takeHeader(end: number): number {
    const bytes = this.#view;
    const offset = this.#offset;
    const before = this.#headerLength;
    if (before === 0 && end - offset >= HEADER_SIZE) {
      this.#checkMagic(bytes, offset);
      this.#incoming = readHeader(bytes, offset, this.#keepsAll);
      this.#payloadLength = 0;
      return HEADER_SIZE;
    }
    const header = this.#header ??= new DataView(new ArrayBuffer(HEADER_SIZE));
    const taken = Math.min(HEADER_SIZE - before, end - offset);
    new Uint8Array(header.buffer).set(bytesOf(bytes, offset, taken), before);
    this.#headerLength += taken;
    if (before < MAGIC_SIZE && this.#headerLength >= MAGIC_SIZE) this.#checkMagic(header, 0);
    if (this.#headerLength === HEADER_SIZE) {
      this.#headerLength = 0;
      this.#payloadLength = 0;
      this.#incoming = readHeader(header, 0, this.#keepsAll);
    }
    return taken;
  }

  #checkMagic(bytes: DataView, offset: number): void {
    const magic = bytes.getUint32(offset);
    if (magic === this.#chain.magic) return;
    const came = `0x${magic.toString(16).padStart(8, "0")}`;
    const expected = `Expected the magic of ${this.#chain.name}, 0x${this.#chain.magic.toString(16).padStart(8, "0")}`;
    if (this.#bytesReceived >= HEADER_SIZE) {
      throw new TransportError("malformed_message", `${expected}, as in the messages before, got ${came}`);
    }
    const other = nameOfOther(magic, this.#chain);
    throw other === undefined
      ? new TransportError(
        "not_bitcoin",
        `${expected}, got ${came} ("${escapeBytes(bytesOf(bytes, offset, MAGIC_SIZE))}")`,
      )
      : new TransportError("wrong_network", `${expected}, got that of ${other}, ${came}`);
  }

  /** Adds to the payload, or skips it; returns how many bytes were taken. */
  #takePayload(incoming: Incoming, end: number): number {
    const before = this.#payloadLength;
    const taken = Math.min(incoming.size - before, end - this.#offset);
    if (incoming.payload !== null) {
      const part = this.#input.subarray(this.#offset, this.#offset + taken);
      incoming.payload = grow(incoming.payload, before + taken, incoming.size);
      incoming.payload.set(part, before);
    }
    this.#payloadLength += taken;
    return taken;
  }

  /** The message that is whole now, if one is. */
  #takeComplete(): Frame | null {
    const incoming = this.#incoming;
    if (incoming === null || this.#payloadLength < incoming.size) return null;
    this.#incoming = null;
    return incoming;
  }
}

async function equal(actual: Promise<number>, expected: number | null): Promise<boolean> {
  return await actual === expected;
}

/**
 * One v1 message: header and payload.
 *
 * @throws {RangeError} when `messageType` is not 1 to 12 characters from 0x20 to 0x7e.
 */
export async function encodeV1(
  chain: Pick<Chain, "magic">,
  messageType: string,
  payload: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  return writeMessage(chain, messageType, payload, await checksum(payload));
}

function writeMessage(
  chain: Pick<Chain, "magic">,
  messageType: string,
  payload: Uint8Array<ArrayBuffer>,
  sum: number,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(new ArrayBuffer(HEADER_SIZE + payload.length));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, chain.magic);
  writeMessageType(messageType, bytes, MAGIC_SIZE);
  view.setUint32(16, payload.length, true);
  view.setUint32(20, sum);
  bytes.set(payload, HEADER_SIZE);
  return bytes;
}

/** Reads the header at `offset`; checks the length before anything is allocated for it. */
function readHeader(bytes: DataView, offset: number, keepsAll: boolean): Incoming {
  const messageType = readMessageType(bytes, offset + MAGIC_SIZE);
  const size = bytes.getUint32(offset + 16, true);
  const kept = keepsPayload(messageType, size, keepsAll, HEADER);
  return { messageType, size, payload: kept ? NOTHING : null, checksum: bytes.getUint32(offset + 20) };
}

function bytesOf({ buffer, byteOffset }: DataView, offset: number, length: number): Uint8Array {
  return new Uint8Array(buffer, byteOffset + offset, length);
}

/** `buffer` with room for `needed` bytes: doubled, but never more than `most`. */
function grow(buffer: Uint8Array<ArrayBuffer>, needed: number, most: number): Uint8Array<ArrayBuffer> {
  if (needed <= buffer.length) return buffer;
  const grown = new Uint8Array(Math.min(most, Math.max(needed, 2 * buffer.length, FIRST_PAYLOAD_CAPACITY)));
  grown.set(buffer);
  return grown;
}
