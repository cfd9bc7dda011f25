/**
 * A simulated peer's end of one connection, for sending messages and raw bytes.
 *
 * @module
 */

import { checksum } from "../crypto/checksum.ts";
import { type IpAddress, ipAddress } from "../address/address.ts";
import type { Clock, Connection } from "../net/io.ts";
import { encodeV1, V1Transport } from "../transport/v1.ts";
import type { Chain } from "../wire/chains.ts";
import { decodeMessage, encodeMessage, type Message } from "../wire/messages.ts";

const READ_BUFFER_SIZE = 4096;

/** An accepted connection, as far as a script needs one; every `Deno.TcpConn` is one. */
export interface AcceptedConnection extends Connection {
  /** The initiator's address. */
  readonly remoteAddr: { readonly hostname: string; readonly port: number };
  /** Sends a FIN; reading is still possible. */
  closeWrite(): Promise<void>;
  /** Sets whether small segments are sent at once. */
  setNoDelay(noDelay?: boolean): void;
  /** Closes with a RST, if the connection can. */
  reset?(): void;
}

/** One accepted connection. */
export class PeerLink {
  /** The initiator's address. */
  readonly remote: IpAddress;
  readonly #connection: AcceptedConnection;
  readonly #clock: Clock;
  readonly #closed: AbortSignal;

  /** `closed` aborts when the simulated peer shuts down. */
  constructor(connection: AcceptedConnection, clock: Clock, closed: AbortSignal) {
    const { hostname, port } = connection.remoteAddr;
    this.remote = ipAddress(hostname, port);
    this.#connection = connection;
    this.#clock = clock;
    this.#closed = closed;
  }

  /** Our clock, in seconds since 1970. */
  get now(): bigint {
    return this.#clock.unixTime();
  }

  /** The received bytes, as they come. */
  async *bytes(): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
    const buffer = new Uint8Array(READ_BUFFER_SIZE);
    for (;;) {
      const length = await this.#connection.read(buffer);
      if (length === null) return;
      yield buffer.slice(0, length);
    }
  }

  /** The received v1 messages of `chain`, whatever their checksums. */
  async *messages(chain: Chain): AsyncGenerator<Message, void, void> {
    const transport = new V1Transport(chain);
    for await (const bytes of this.bytes()) {
      transport.receive(bytes);
      for (let frame; (frame = transport.takeFrame()) !== null;) yield decodeMessage(frame.messageType, frame.payload);
    }
  }

  /** Sends a v1 message of `chain`. */
  async send(chain: Chain, message: Message): Promise<void> {
    const { messageType, payload } = encodeMessage(message);
    await this.sendBytes(encodeV1(chain, messageType, payload, await checksum(payload)));
  }

  /** Sends bytes as they are. */
  async sendBytes(bytes: Uint8Array): Promise<void> {
    for (let sent = 0; sent < bytes.length;) sent += await this.#connection.write(bytes.subarray(sent));
  }

  /** Sends bytes in pieces of `size`, each in its own segment, with a pause of `pause` milliseconds between them. */
  async sendInPieces(bytes: Uint8Array, size: number, pause = 0): Promise<void> {
    this.#connection.setNoDelay(true);
    for (let sent = 0; sent < bytes.length; sent += size) {
      if (sent > 0 && pause > 0) await this.wait(pause);
      await this.sendBytes(bytes.subarray(sent, sent + size));
    }
  }

  /** Ends our side of the stream with a FIN; what the initiator sends can still be read. */
  async finish(): Promise<void> {
    await this.#connection.closeWrite();
  }

  /**
   * Ends the connection with a RST.
   *
   * @throws {Deno.errors.NotSupported} on a `Deno.TcpConn`, which cannot do this.
   */
  reset(): void {
    if (this.#connection.reset === undefined) {
      throw new Deno.errors.NotSupported("Cannot reset the connection: it does not support that");
    }
    this.#connection.reset();
  }

  /** Resolves after `milliseconds`; rejects if the simulated peer shuts down first. */
  wait(milliseconds: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const stop = () => {
      cancel();
      reject(new Deno.errors.Interrupted("the simulated peer shut down"));
    };
    const cancel = this.#clock.schedule(() => {
      this.#closed.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    if (this.#closed.aborted) stop();
    else this.#closed.addEventListener("abort", stop);
    return promise;
  }

  /** Waits for the initiator to close, ignoring what it sends until then. */
  async waitForClose(): Promise<void> {
    for await (const _ of this.bytes());
  }
}
