/**
 * Negotiating with a proxy before a connection is the peer's: a state machine without I/O, and this, which moves its
 * bytes.
 *
 * @module
 */

import { BufferPool } from "./buffer_pool.ts";
import { DialError, isPeerGone, toDialError } from "./errors.ts";
import type { Connection } from "./io.ts";

/** A client that asks a proxy for one connection: bytes in, bytes out; errors are thrown. */
export interface Negotiation {
  /** Whether the proxy has accepted us: it is then the peer that is waited for, until the end. */
  readonly awaitsPeer: boolean;
  /** What came after the proxy's last reply, which is from the peer; `null` until then. */
  readonly rest: Uint8Array | null;
  /** Takes the bytes to send; empty when there are none. */
  takeOutput(): Uint8Array;
  /**
   * Takes received bytes, in any pieces; they may be overwritten afterwards.
   *
   * @throws {DialError} when the proxy refuses, or speaks another protocol.
   */
  receive(bytes: Uint8Array): void;
}

/** More than a proxy's replies; whatever else comes with them is from the peer. */
const BUFFERS = new BufferPool(2048);

/**
 * Negotiates over a connection to a proxy. Resolves to the connection to the peer: the same one, beginning with what
 * the peer has already sent.
 *
 * @throws {DialError} what the negotiation throws; `proxy_unreachable` when the proxy closes the connection.
 */
export async function negotiate(connection: Connection, negotiation: Negotiation): Promise<Connection> {
  const buffer = BUFFERS.take();
  try {
    for (;;) {
      await writeAll(connection, negotiation.takeOutput());
      const { rest } = negotiation;
      if (rest !== null) return rest.length === 0 ? connection : new BegunConnection(rest, connection);
      const length = await readSome(connection, buffer);
      negotiation.receive(buffer.subarray(0, length));
    }
  } finally {
    BUFFERS.giveBack(buffer);
  }
}

async function writeAll(connection: Connection, bytes: Uint8Array): Promise<void> {
  try {
    for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await connection.write(rest));
  } catch (error) {
    // What the proxy sent before may still be there to read, and decides.
    if (!isPeerGone(error)) throw unreachable(error);
  }
}

async function readSome(connection: Connection, buffer: Uint8Array): Promise<number> {
  let length: number | null;
  try {
    length = await connection.read(buffer);
  } catch (error) {
    throw unreachable(error);
  }
  if (length === null) throw new DialError("proxy_unreachable", "closed the connection instead of answering");
  return length;
}

/** An operating system error of the connection to the proxy, as such; any other error unchanged. */
export function unreachable(error: unknown): unknown {
  const reason = toDialError(error);
  if (!(reason instanceof DialError)) return error;
  return new DialError("proxy_unreachable", reason.message.replace("by peer", "by the proxy"), { cause: error });
}

/** A connection whose first bytes have been read. */
class BegunConnection implements Connection {
  #beginning: Uint8Array;
  readonly #connection: Connection;

  constructor(beginning: Uint8Array, connection: Connection) {
    this.#beginning = beginning;
    this.#connection = connection;
  }

  read(buffer: Uint8Array): Promise<number | null> {
    if (this.#beginning.length === 0) return this.#connection.read(buffer);
    const part = this.#beginning.subarray(0, buffer.length);
    buffer.set(part);
    this.#beginning = this.#beginning.subarray(part.length);
    return Promise.resolve(part.length);
  }

  write(bytes: Uint8Array): Promise<number> {
    return this.#connection.write(bytes);
  }

  close(): void {
    this.#connection.close();
  }
}
