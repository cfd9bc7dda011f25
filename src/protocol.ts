/**
 * One end of a connection without its socket: {@linkcode Session} combines transport, codecs and handshake; bytes in,
 * bytes and events out. Nothing here does I/O or has a clock or randomness of its own.
 *
 * A session's transport is {@linkcode V1Transport}, {@linkcode V2Transport} (BIP 324), or
 * {@linkcode DetectingTransport}, which accepts either from an initiator. {@linkcode Handshake} is the state machine
 * alone, messages in and messages out. {@linkcode Pump} moves bytes between a session and a connection: its example is
 * a whole client. {@linkcode nextEvent} is for callers that move the bytes themselves.
 *
 * Made for Deno, whose ciphers and `Uint8Array.fromHex` it uses; what runs in any runtime is in
 * `@bitcoin-p2p/handshake/wire`.
 *
 * @module
 */

export type { ChecksumEvent, MessageEvent, ProgressEvent, SessionEvent } from "./session/events.ts";
export { MAX_HANDSHAKE_BYTES, Session, type SessionOptions } from "./session/session.ts";
export { nextEvent, Pump } from "./net/pump.ts";

export { HandshakeError, type HandshakeErrorCode } from "./handshake/errors.ts";
export {
  type DamagedMessage,
  Handshake,
  type HandshakeOptions,
  type HandshakeProgress,
  type HandshakeRole,
  type HandshakeState,
  MAX_HANDSHAKE_MESSAGES,
} from "./handshake/handshake.ts";

export { TransportError, type TransportErrorCode } from "./transport/errors.ts";
export type { Frame, Transport, TransportType } from "./transport/transport.ts";
export { V1Transport } from "./transport/v1.ts";
export { type DetectingOptions, DetectingTransport } from "./transport/v1_or_v2.ts";
export { MAX_DECOYS, type V2Options, V2Transport } from "./transport/v2.ts";

export { checksum } from "./crypto/checksum.ts";
export type { RandomBytes } from "./crypto/ellswift.ts";
