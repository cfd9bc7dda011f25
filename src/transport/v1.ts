/**
 * The v1 transport: messages in the clear, each with a header of 24 bytes.
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

import { CHAIN, type Chain, formatMagic, nameOfOther } from "../wire/chains.ts";
import { escapeBytes } from "../wire/escape.ts";
import { payloadLimit, type PayloadLimits } from "../wire/messages.ts";
import { TransportError } from "./errors.ts";
import { readMessageType, writeMessageType } from "./message_type.ts";
import { Outbox } from "./outbox.ts";
import { keepsPayload } from "./payload.ts";
import type { Frame, Transport } from "./transport.ts";

/** Size of a v1 header, in bytes. */
export const HEADER_SIZE = 24;

const MAGIC_SIZE = 4;
const FIRST_PAYLOAD_CAPACITY = 256;

/** Where a message states the length of its payload. */
const HEADER = { name: "header", verb: "announces" };

const NOTHING = new Uint8Array();

const NO_VIEW = new DataView(NOTHING.buffer);

/**
 * A message whose header has been read; memory for its payload grows with what has arrived, not with what is announced.
 */
type Incoming = { -readonly [K in keyof Frame]: Frame[K] };

/** The v1 transport of one connection. */
export class V1Transport implements Transport {
  readonly #chain: Chain;
  readonly #limits: PayloadLimits;
  /** The bytes being read, up to `#offset`. */
  #input: Uint8Array = NOTHING;
  #view: DataView = NO_VIEW;
  #offset = 0;
  /** The part of a header received so far, if it did not arrive in one piece. */
  #header: DataView<ArrayBuffer> | null = null;
  #headerLength = 0;
  #incoming: Incoming | null = null;
  /** How many bytes of the incoming message's payload have arrived. */
  #payloadLength = 0;
  /** Whether a header has been read. */
  #begun = false;
  readonly #outbox = new Outbox();

  /**
   * Starts at the first byte of a connection to a node on `chain`; `limits` say which payloads are kept.
   *
   * @throws {TypeError} when `chain` is not a chain.
   */
  constructor(chain: Chain, limits: PayloadLimits = payloadLimit) {
    CHAIN.check("chain", chain);
    this.#chain = chain;
    this.#limits = limits;
  }

  /** Always `v1`. */
  get type(): "v1" {
    return "v1";
  }

  /** Always `null`. */
  get sessionId(): null {
    return null;
  }

  receive(bytes: Uint8Array): void {
    this.#input = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#offset = 0;
  }

  takeFrame(): Frame | null {
    const end = this.#input.length;
    while (this.#offset < end) {
      this.#offset += this.#incoming === null ? this.#takeHeader(end) : this.#takePayload(this.#incoming, end);
      const complete = this.#takeComplete();
      if (complete !== null) return complete;
    }
    this.#input = NOTHING;
    this.#view = NO_VIEW;
    return null;
  }

  /**
   * As {@linkcode Transport.send}.
   *
   * @throws {RangeError} when `messageType` is not 1 to 12 characters from 0x20 to 0x7e.
   * @throws {TypeError} without a checksum.
   */
  send(messageType: string, payload: Uint8Array, checksum: number | null): void {
    if (checksum === null) throw new TypeError(`Cannot send ${messageType}: expected the checksum of its payload`);
    this.#outbox.add(encodeV1(this.#chain, messageType, payload, checksum));
  }

  takeOutput(): Uint8Array<ArrayBuffer> {
    return this.#outbox.take();
  }

  /** Does nothing: there are no secrets. */
  [Symbol.dispose](): void {}

  /** Reads a header in place, or collects its pieces; returns how many bytes were taken. */
  #takeHeader(end: number): number {
    const bytes = this.#view;
    const offset = this.#offset;
    const before = this.#headerLength;
    if (before === 0 && end - offset >= HEADER_SIZE) {
      this.#checkMagic(bytes, offset);
      this.#startMessage(bytes, offset);
      return HEADER_SIZE;
    }
    const header = this.#header ??= new DataView(new ArrayBuffer(HEADER_SIZE));
    const taken = Math.min(HEADER_SIZE - before, end - offset);
    new Uint8Array(header.buffer).set(bytesOf(bytes, offset, taken), before);
    this.#headerLength += taken;
    if (this.#headerLength >= MAGIC_SIZE) this.#checkMagic(header, 0);
    if (this.#headerLength === HEADER_SIZE) {
      this.#headerLength = 0;
      this.#startMessage(header, 0);
    }
    return taken;
  }

  /** Reads the header at `offset`; checks the length before allocating anything. */
  #startMessage(bytes: DataView, offset: number): void {
    this.#begun = true;
    this.#payloadLength = 0;
    const messageType = readMessageType(bytes, offset + MAGIC_SIZE);
    const size = bytes.getUint32(offset + 16, true);
    const kept = keepsPayload(messageType, size, this.#limits, HEADER);
    this.#incoming = { messageType, size, payload: kept ? NOTHING : null, checksum: bytes.getUint32(offset + 20) };
  }

  #checkMagic(bytes: DataView, offset: number): void {
    const magic = bytes.getUint32(offset);
    if (magic === this.#chain.magic) return;
    const came = formatMagic(magic);
    const expected = `Expected the magic of ${this.#chain.name}, ${formatMagic(this.#chain.magic)}`;
    if (this.#begun) {
      throw new TransportError("malformed_message", `${expected}, as in earlier messages, got ${came}`);
    }
    const other = nameOfOther(magic, this.#chain);
    throw other === undefined
      ? new TransportError(
        "not_bitcoin",
        `${expected}, got ${came} ("${escapeBytes(bytesOf(bytes, offset, MAGIC_SIZE))}")`,
      )
      : new TransportError("wrong_network", `${expected}, got that of ${other}, ${came}`);
  }

  /** Appends to the payload, or skips it; returns how many bytes were taken. */
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

  /** The message, if it is now complete. */
  #takeComplete(): Frame | null {
    const incoming = this.#incoming;
    if (incoming === null || this.#payloadLength < incoming.size) return null;
    this.#incoming = null;
    return incoming;
  }
}

/**
 * One v1 message: header and payload.
 *
 * @param checksum The payload's checksum, in network byte order.
 * @throws {RangeError} when `messageType` is not 1 to 12 characters from 0x20 to 0x7e.
 */
export function encodeV1(
  chain: Pick<Chain, "magic">,
  messageType: string,
  payload: Uint8Array,
  checksum: number,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(new ArrayBuffer(HEADER_SIZE + payload.length));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, chain.magic);
  writeMessageType(messageType, bytes, MAGIC_SIZE);
  view.setUint32(16, payload.length, true);
  view.setUint32(20, checksum);
  bytes.set(payload, HEADER_SIZE);
  return bytes;
}

function bytesOf({ buffer, byteOffset }: DataView, offset: number, length: number): Uint8Array {
  return new Uint8Array(buffer, byteOffset + offset, length);
}

/** `buffer` with room for `needed` bytes: doubled, up to `most`. */
function grow(buffer: Uint8Array<ArrayBuffer>, needed: number, most: number): Uint8Array<ArrayBuffer> {
  if (needed <= buffer.length) return buffer;
  const grown = new Uint8Array(Math.min(most, Math.max(needed, 2 * buffer.length, FIRST_PAYLOAD_CAPACITY)));
  grown.set(buffer);
  return grown;
}
