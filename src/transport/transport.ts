/**
 * The interface of all transports, which turn a connection's bytes into messages and back, without I/O.
 *
 * @module
 */

/** The transport protocols. */
export type TransportType = "v1" | "v2";

/** A message as received, its payload not yet decoded. */
export interface Frame {
  /** The message type, escaped by {@linkcode escapeBytes}; known names contain nothing to escape. */
  readonly messageType: string;
  /** The announced length of the payload, in bytes. */
  readonly size: number;
  /** A copy of the payload; `null` if it was skipped. */
  readonly payload: Uint8Array<ArrayBuffer> | null;
  /** The checksum that came with it, in network byte order; `null` if the transport authenticates messages instead. */
  readonly checksum: number | null;
}

/** One end of a connection's byte stream. */
export interface Transport extends Disposable {
  /** Which transport it is; `null` until it is known what the peer speaks. */
  readonly type: TransportType | null;
  /** Identifies the connection, the same at both ends; `null` until there is one, and always in v1. */
  readonly sessionId: string | null;

  /**
   * Takes the next bytes. Call it only when {@linkcode Transport.takeFrame} has returned `null`, and do not change the
   * bytes until it does so again.
   */
  receive(bytes: Uint8Array): void;

  /**
   * The next complete message, or `null` when more bytes are needed. It reads no further than the end of that message,
   * so what follows cannot affect it.
   *
   * @throws {TransportError} at the byte that breaks the protocol or a limit; the transport cannot be used after that.
   */
  takeFrame(): Frame | null;

  /**
   * Queues a message to send. It is in the output as soon as the transport can send it: at once, or once keys are
   * exchanged.
   *
   * @param checksum The payload's checksum, in network byte order; `null` if the transport authenticates messages
   * instead.
   */
  send(messageType: string, payload: Uint8Array, checksum: number | null): void;

  /**
   * Takes the bytes to write now, of messages and of the transport itself; empty when there are none. To be called once
   * the connection is established, and after each {@linkcode Transport.send} and {@linkcode Transport.receive}.
   */
  takeOutput(): Uint8Array<ArrayBuffer>;

  /**
   * Takes the end of the peer's stream; absent if that never changes how earlier bytes are read.
   *
   * @throws {TransportError} when what came before is not the beginning of a connection.
   */
  end?(): void;

  /** Overwrites secrets. The transport cannot be used after that. */
  [Symbol.dispose](): void;
}

/** The longest payload that a peer may announce, in bytes (`MAX_PROTOCOL_MESSAGE_LENGTH` in Bitcoin Core's `net.h`). */
export const MAX_PAYLOAD_SIZE = 4_000_000;
