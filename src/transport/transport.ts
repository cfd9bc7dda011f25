/**
 * What every transport does: bytes of a connection to messages, and messages to bytes. No transport does I/O.
 *
 * @module
 */

/** What a connection is spoken in. */
export type TransportType = "v1" | "v2";

/** A message as it crossed the wire, its payload not yet read. */
export interface Frame {
  /** The message type, escaped by {@linkcode escapeBytes}: a name that is in any table stands as it is. */
  readonly messageType: string;
  /** The announced length of the payload, in bytes. */
  readonly size: number;
  /** The payload, a copy of its own; `null` where nobody reads it, and it was skipped. */
  readonly payload: Uint8Array<ArrayBuffer> | null;
  /** The checksum that came with it, in network byte order; `null` where the transport authenticates instead. */
  readonly checksum: number | null;
}

/** One end of a connection's byte stream. */
export interface Transport extends Disposable {
  /** Which transport it is; `null` until the peer has shown which one it speaks. */
  readonly type: TransportType | null;
  /** What tells the connection from all others, the same at both ends; `null` until, and unless, there is such a thing. */
  readonly sessionId: string | null;

  /**
   * Takes the next bytes, which must not change until {@linkcode Transport.takeFrame} has nothing more to give; those
   * before them must be read to that point.
   */
  receive(bytes: Uint8Array): void;

  /**
   * The next message that the bytes received complete, `null` when there are none left. It reads no further than to the
   * end of that message, so what comes behind it cannot spoil it.
   *
   * @throws {TransportError} at the byte that breaks the protocol or a limit; the transport is of no use then.
   */
  takeFrame(): Frame | null;

  /**
   * Queues a message to send. It is in the output as soon as the transport can send it: at once, or when keys have been
   * exchanged.
   *
   * @param checksum That of the payload, in network byte order; `null` where the transport authenticates instead.
   */
  send(messageType: string, payload: Uint8Array, checksum: number | null): void;

  /**
   * The bytes to write now, of messages and of the transport's own; empty when there are none, and never the same twice.
   * To be asked for when the connection is up, after each {@linkcode Transport.send} and each
   * {@linkcode Transport.receive}.
   */
  takeOutput(): Uint8Array<ArrayBuffer>;

  /**
   * Takes the end of the peer's side; not there where that says nothing of what came before.
   *
   * @throws {TransportError} when that was no beginning of a connection.
   */
  end?(): void;

  /** Overwrites what is secret. The transport is of no use then. */
  [Symbol.dispose](): void;
}

/** The longest payload that a peer may announce, in bytes (`MAX_PROTOCOL_MESSAGE_LENGTH` in Bitcoin Core's `net.h`). */
export const MAX_PAYLOAD_SIZE = 4_000_000;
