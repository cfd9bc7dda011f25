/**
 * `ping` and its answer `pong`.
 *
 * Source: BIP 31; Bitcoin Core `net_processing.cpp`.
 *
 * @module
 */

import { PayloadReader } from "./reader.ts";
import { PayloadWriter } from "./writer.ts";

/** Asks for a {@linkcode PongMessage}, to see whether the peer is alive. */
export interface PingMessage {
  /** The message type. */
  readonly type: "ping";
  /**
   * What the `pong` must repeat; unsigned 64 bits. Up to protocol version 60000 a ping has none and is not answered.
   */
  readonly nonce: bigint | null;
}

/** Answers a {@linkcode PingMessage}. */
export interface PongMessage {
  /** The message type. */
  readonly type: "pong";
  /** The nonce of the `ping`; unsigned 64 bits. */
  readonly nonce: bigint;
}

/**
 * Reads a `ping`; bytes after the nonce are ignored.
 *
 * @throws {WireError} `truncated` when there are 1 to 7 bytes.
 */
export function decodePing(payload: Uint8Array): PingMessage {
  return { type: "ping", nonce: payload.length === 0 ? null : new PayloadReader(payload).uint64("ping.nonce") };
}

/** Writes a `ping`. */
export function encodePing(message: PingMessage): Uint8Array<ArrayBuffer> {
  return message.nonce === null ? new Uint8Array() : encodeNonce(message.nonce, "ping.nonce");
}

/**
 * Reads a `pong`; bytes after the nonce are ignored.
 *
 * @throws {WireError} `truncated` when there are fewer than 8 bytes.
 */
export function decodePong(payload: Uint8Array): PongMessage {
  return { type: "pong", nonce: new PayloadReader(payload).uint64("pong.nonce") };
}

/** Writes a `pong`. */
export function encodePong(message: PongMessage): Uint8Array<ArrayBuffer> {
  return encodeNonce(message.nonce, "pong.nonce");
}

function encodeNonce(nonce: bigint, field: string): Uint8Array<ArrayBuffer> {
  const writer = new PayloadWriter(8);
  writer.uint64(nonce, field);
  return writer.finish();
}
