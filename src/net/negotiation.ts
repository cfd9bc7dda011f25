/**
 * What is said to a proxy before a connection is the peer's: a machine without I/O says it, and this moves its bytes.
 *
 * @module
 */

import { DialError, isPeerGone, toDialError } from "./errors.ts";
import type { Connection } from "./io.ts";

/** A client of a proxy that asks for one connection. Bytes go in and out; whatever the proxy refuses is thrown. */
export interface Negotiation {
  /** Whether the proxy has let us in, so that it is the peer that is waited for. */
  readonly awaitsPeer: boolean;
  /** What came after the proxy's last word, which is the peer's; `null` until then. */
  readonly rest: Uint8Array | null;
  /** The bytes to send, each once; none when there are none. */
  takeOutput(): Uint8Array;
  /**
   * Takes bytes that came, in any pieces; they may be overwritten afterwards.
   *
   * @throws {DialError} when the proxy refuses, or speaks something else.
   */
  receive(bytes: Uint8Array): void;
}

/** More than the replies of a proxy; what else comes with them is the beginning of what the peer says. */
const BUFFER_SIZE = 2048;

/**
 * Negotiates over a connection to a proxy. Resolves to the connection to the peer: the same one, with what the peer has
 * said already in front.
 *
 * @throws {DialError} what the negotiation throws; `proxy_unreachable` when the proxy closes the connection.
 */
export async function negotiate(connection: Connection, negotiation: Negotiation): Promise<Connection> {
  const buffer = new Uint8Array(BUFFER_SIZE);
  for (;;) {
    await writeAll(connection, negotiation.takeOutput());
    const { rest } = negotiation;
    if (rest !== null) return rest.length === 0 ? connection : new BegunConnection(rest, connection);
    const length = await readSome(connection, buffer);
    negotiation.receive(buffer.subarray(0, length));
  }
}

async function writeAll(connection: Connection, bytes: Uint8Array): Promise<void> {
  try {
    for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await connection.write(rest));
  } catch (error) {
    // What it said before may be there to read, and decides.
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
  if (length === null) throw new DialError("proxy_unreachable", "it closed the connection instead of an answer");
  return length;
}

/** What the operating system says of the connection to the proxy; any other error as it is. */
function unreachable(error: unknown): unknown {
  const reason = toDialError(error);
  if (!(reason instanceof DialError)) return error;
  return new DialError("proxy_unreachable", reason.message.replace("by peer", "by the proxy"), { cause: error });
}

/** A connection of which the first bytes have been read. */
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
