/**
 * The responder's transport when the initiator may speak v1 or v2.
 *
 * ```text
 *    detecting ── the 16 bytes that v1 begins with ──► v1
 *        │
 *        └── any other byte ──► v2, which answers at once
 * ```
 *
 * Source: BIP 324, "Overview and design", the responder; Bitcoin Core `net.cpp` (`ProcessReceivedMaybeV1Bytes`).
 *
 * @module
 */

import type { RandomBytes } from "../crypto/ellswift.ts";
import { FUNCTION } from "../wire/argument.ts";
import { CHAIN, type Chain } from "../wire/chains.ts";
import { ByteBuffer } from "./byte_buffer.ts";
import type { Frame, Transport, TransportType } from "./transport.ts";
import { V1Transport } from "./v1.ts";
import { V1_BEGINNING_SIZE, v1Beginning } from "./v1_beginning.ts";
import { V2Transport } from "./v2.ts";

const NOTHING = new Uint8Array();

/** How to start a {@linkcode DetectingTransport}. */
export interface DetectingOptions {
  /** The chain of both nodes. */
  readonly chain: Chain;
  /** Fresh random bytes, for a key and garbage. */
  readonly randomBytes: RandomBytes;
}

/** The transport of one inbound connection, on which the other end speaks first. */
export class DetectingTransport implements Transport {
  readonly #options: DetectingOptions;
  readonly #beginning = new ByteBuffer(V1_BEGINNING_SIZE);
  #detected: V1Transport | V2Transport | null = null;
  /** Bytes after the beginning, to be read after it. */
  #rest: Uint8Array = NOTHING;

  /**
   * Starts at the first byte of a connection.
   *
   * @throws {TypeError} when an option has the wrong type.
   */
  constructor(options: DetectingOptions) {
    CHAIN.check("chain", options.chain);
    FUNCTION.check("randomBytes", options.randomBytes);
    this.#options = options;
  }

  /** The transport that the initiator speaks; `null` until it is known. */
  get type(): TransportType | null {
    return this.#detected?.type ?? null;
  }

  /** The v2 session ID, once there is one. */
  get sessionId(): string | null {
    return this.#detected?.sessionId ?? null;
  }

  receive(bytes: Uint8Array): void {
    if (this.#detected !== null) return this.#detected.receive(bytes);
    this.#rest = bytes.subarray(this.#beginning.add(bytes));
    this.#detected = this.#detect();
    this.#detected?.receive(this.#beginning.bytes);
  }

  takeFrame(): Frame | null {
    const frame = this.#detected?.takeFrame() ?? null;
    if (frame !== null || this.#detected === null || this.#rest.length === 0) return frame;
    this.#detected.receive(this.#rest);
    this.#rest = NOTHING;
    return this.#detected.takeFrame();
  }

  /**
   * As {@linkcode Transport.send}, once the initiator has spoken.
   *
   * @throws {TypeError} before that.
   */
  send(messageType: string, payload: Uint8Array, checksum: number | null): void {
    if (this.#detected === null) throw new TypeError("Cannot send a message: the initiator must speak first");
    this.#detected.send(messageType, payload, checksum);
  }

  takeOutput(): Uint8Array<ArrayBuffer> {
    return this.#detected?.takeOutput() ?? NOTHING;
  }

  /** Overwrites the keys, if there are any. */
  [Symbol.dispose](): void {
    this.#detected?.[Symbol.dispose]();
  }

  #detect(): V1Transport | V2Transport | null {
    const { bytes, isFull } = this.#beginning;
    const { chain, randomBytes } = this.#options;
    const v1 = v1Beginning(chain);
    if (!bytes.every((byte, i) => byte === v1[i])) return new V2Transport({ chain, initiating: false, randomBytes });
    return isFull ? new V1Transport(chain) : null;
  }
}
