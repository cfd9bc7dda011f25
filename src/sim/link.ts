/**
 * A simulated peer's end of one connection: messages and raw bytes, as a script wants to send them.
 *
 * @module
 */

import type { SocketAddress } from "../net/address.ts";
import type { Clock } from "../net/io.ts";
import { V1Transport } from "../transport/v1.ts";
import type { Chain } from "../wire/chains.ts";
import { decodeMessage, encodeMessage, type Message } from "../wire/messages.ts";

const READ_BUFFER_SIZE = 4096;

/** One accepted connection. */
export class Link {
  /** The initiator's address. */
  readonly remote: SocketAddress;
  readonly #connection: Deno.TcpConn;
  readonly #clock: Clock;
  readonly #closed: AbortSignal;

  /** `closed` aborts when the simulated peer shuts down. */
  constructor(connection: Deno.TcpConn, clock: Clock, closed: AbortSignal) {
    const { hostname, port } = connection.remoteAddr;
    this.remote = { ip: hostname, port };
    this.#connection = connection;
    this.#clock = clock;
    this.#closed = closed;
  }

  /** Our clock, in seconds since 1970. */
  get now(): bigint {
    return this.#clock.unixTime();
  }

  /** The bytes that come, as they come. */
  async *bytes(): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
    const buffer = new Uint8Array(READ_BUFFER_SIZE);
    for (;;) {
      const length = await this.#connection.read(buffer);
      if (length === null) return;
      yield buffer.slice(0, length);
    }
  }

  /** The messages that come, as v1 messages of `chain`. */
  async *messages(chain: Chain): AsyncGenerator<Message, void, void> {
    const transport = new V1Transport(chain);
    for await (const bytes of this.bytes()) {
      for (const { messageType, payload } of transport.receive(bytes)) yield decodeMessage(messageType, payload);
    }
  }

  /** Sends a message as a v1 message of `chain`. */
  async send(chain: Chain, message: Message): Promise<void> {
    const { messageType, payload } = encodeMessage(message);
    await this.sendBytes(await new V1Transport(chain).encode(messageType, payload));
  }

  /** Sends bytes as they are. */
  async sendBytes(bytes: Uint8Array): Promise<void> {
    for (let sent = 0; sent < bytes.length;) sent += await this.#connection.write(bytes.subarray(sent));
  }

  /** Resolves after so many milliseconds; rejects when the simulated peer shuts down before. */
  wait(milliseconds: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const stop = () => reject(new Deno.errors.Interrupted("the simulated peer shut down"));
    const cancel = this.#clock.schedule(() => {
      this.#closed.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    this.#closed.addEventListener("abort", () => (cancel(), stop()), { once: true });
    return promise;
  }

  /** Waits for the initiator to close, whatever it sends until then. */
  async waitForClose(): Promise<void> {
    for await (const _ of this.bytes());
  }
}
